/**
 * The ruler over a large index: any screen's answer from the reader thread, and panning in real Electron.
 *
 * 64 cameras × 30 days × a file a minute and 5 M events; `--quick` three days and 200,000 events. A screen is the lanes
 * and the events of 1, 16 or 64 cameras, a minute to a year wide, asked as the page asks. The peer answers the same
 * screens by plain statements over the files and the events, without hours, days and counts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreClient } from "../../electron/store/client.ts";
import { eventsPerLane } from "../../renderer/features/review/timeline-question.ts";
import { readRuntime } from "../e2e/runtime.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { fillIndex } from "./timeline/fill-index.ts";
import { panInElectron } from "./timeline/pan-in-electron.ts";
import { plainAnswers } from "./timeline/plain-answers.ts";
import { screens, type Screen } from "./timeline/screens.ts";

const isQuick = process.argv.includes("--quick");
const size = isQuick
  ? { cameras: 64, days: 3, events: 200_000 }
  : { cameras: 64, days: 30, events: 5_000_000 };
const limits = { p95Ms: 16, fps: 55 };

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;
const rounded = (value: number): number => Math.round(value * 100) / 100;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

function tell(title: string, asked: readonly Screen[], times: readonly number[]): void {
  const spans = [...new Set(asked.map(({ spanMs }) => spanMs))];
  say(title);
  for (const spanMs of spans) {
    const own = times.filter((_, index) => asked[index]?.spanMs === spanMs);
    const [median, p95, most] = [0.5, 0.95, 1].map((share) => percentile(own, share).toFixed(2));
    say(`  ${String(spanMs / 60_000).padStart(7)} min: median ${median} ms, p95 ${p95} ms, most ${most} ms`);
  }
}

const folder = await mkdtemp(join(tmpdir(), "watchfloor-timeline-"));
try {
  const path = join(folder, "site.sqlite3");
  const now = Date.now();
  const began = performance.now();
  const index = fillIndex(path, size, now);
  const filledS = Math.round((performance.now() - began) / 1_000);
  say(`${index.files} files in ${index.runs} runs, ${index.events} events, filled in ${filledS} s`);
  const asked = screens(index.channels, index, isQuick ? 12 : 40);

  const client = new StoreClient({
    log: new KeptLog(),
    workerFile: new URL("../../electron/store/worker.ts", import.meta.url),
    path,
    nativeBinding: undefined,
    backups: { folder: join(folder, "backups"), keep: 1 },
    onFailure: (error) => say(error.message),
  });
  await client.open();
  const times: number[] = [];
  // The first screens of each width warm the cache, as a person's first ones do.
  for (const screen of [...asked.slice(0, 24), ...asked]) {
    const streams = screen.channels.map((channelId) => ({ channelId, role: "main" as const }));
    const start = performance.now();
    await client.store.readTimelines(streams, { ...screen, now });
    await client.store.eventMarks({
      channelIds: screen.channels,
      fromAt: screen.from,
      toAt: screen.to,
      limit: eventsPerLane(screen.channels.length),
    });
    times.push(performance.now() - start);
  }
  await client.close();
  const ours = times.slice(24);
  tell("ours, from the call to the answer of the reader thread", asked, ours);

  const sample = asked.filter((_, each) => each % (isQuick ? 4 : 10) === 0);
  const plain = plainAnswers(path, sample, now);
  tell("plain statements over the rows", sample, plain);

  const pan = await panInElectron(folder);
  say(`panning ${pan.lanes} lanes for ${pan.seconds} s: ${pan.fps} pictures/s, longest ${pan.longestMs} ms`);
  const p95Ms = rounded(percentile(ours, 0.95));
  const peerP95 = rounded(percentile(plain, 0.95));
  const pass = p95Ms <= limits.p95Ms && pan.fps >= limits.fps;
  const { electron, chromium } = readRuntime();
  say(
    JSON.stringify({
      bench: "timeline",
      ours: { p95Ms, medianMs: rounded(percentile(ours, 0.5)), fps: pan.fps, longestFrameMs: pan.longestMs },
      peer: { name: "plain select over recording_file and event", p95Ms: peerP95 },
      ratio: { p95: rounded(p95Ms / peerP95) },
      limits,
      pass,
      runtime: { electron, chromium, files: index.files, events: index.events, screens: asked.length },
    }),
  );
  process.exitCode = pass ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
