import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { indexRecording } from "../../electron/drivers/recording-file/open-recording.ts";
import { RecordingIndex } from "../../electron/main/recording/recording-index.ts";
import type { StreamFragment } from "../../electron/media/fragment-stream.ts";
import { DiskGate } from "../../electron/media/recording/disk-gate.ts";
import { StreamRecorder } from "../../electron/media/recording/stream-recorder.ts";
import { WriteBudget } from "../../electron/media/recording/write-budget.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import type { MediaReport } from "../../shared/contract/media-port.ts";
import { ownLocation } from "../../shared/model/storage.ts";
import { exampleEpoch, picture } from "../fixtures/example-recording.ts";
import { FakeClock } from "../fixtures/fake-clock.ts";
import { KeptLog } from "../fixtures/silent-log.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { openMemoryStore } from "../store/open-memory-store.ts";

const gate = { channelId: ChannelId.parse("gate"), role: "main" as const };
const start = Date.UTC(2026, 9, 25, 0, 30);
const hourMs = 3_600_000;
const gop = 10;

/** So many pictures come, then the clock is set by so much; and perhaps the camera connects anew. */
interface Stretch {
  readonly pictures: number;
  readonly stepMs: number;
  /** The console's own clock is set, not the camera's. */
  readonly isConsole: boolean;
  readonly isAnew: boolean;
}

const stretches = fc.array(
  fc.record<Stretch>({
    pictures: fc.integer({ min: 1, max: 60 }),
    stepMs: fc.oneof(
      fc.constantFrom(-24 * hourMs, -hourMs, -1_500, 0, 1_500, hourMs, 24 * hourMs),
      fc.integer({ min: -20_000, max: 20_000 }),
    ),
    isConsole: fc.boolean(),
    isAnew: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A disk of which the test knows when it has written everything: its time is not the fake clock's. */
class WatchedGate extends DiskGate {
  writes = 0;

  override async run<T>(work: () => Promise<T>): Promise<T> {
    this.writes += 1;
    try {
      return await super.run(work);
    } finally {
      this.writes -= 1;
    }
  }
}

interface Recorded {
  readonly root: string;
  readonly reports: readonly MediaReport[];
  /** What came from the first keyframe of each connection on. */
  readonly offered: readonly StreamFragment[];
}

/** Records the stretches to real files, and the reports as they come to an index. */
async function record(root: string, all: readonly Stretch[]): Promise<Recorded> {
  const clock = new FakeClock(start);
  const disk = new WatchedGate();
  const reports: MediaReport[] = [];
  const recorder = new StreamRecorder({
    clock,
    log: new KeptLog(),
    site: "a".repeat(32),
    order: { ...gate, isWriting: true, from: 0, holdMs: 0, locationId: ownLocation, root },
    budget: new WriteBudget(1e9),
    gate: disk,
    maxHeldBytes: 0,
    report: (one) => reports.push(one),
  });
  const offered: StreamFragment[] = [];
  let index = 0;
  let setBy = 0;
  let epoch = exampleEpoch;
  recorder.onEpoch(epoch);
  for (const { pictures, stepMs, isConsole, isAnew } of all) {
    for (let n = 0; n < pictures; n += 1) {
      const fragment = { ...picture(index, { gop, capturedAt: start + setBy }), epoch: epoch.epoch };
      const isFirst = offered.every((one) => one.epoch !== epoch.epoch);
      if (!isFirst || fragment.isKeyframe) offered.push(fragment);
      recorder.onFragment(fragment, false);
      await clock.advance(100);
      if (index % gop === 0) {
        await waitUntil("the disk to have it", () => disk.writes === 0);
        recorder.tick();
      }
      index += 1;
    }
    setBy += stepMs;
    if (isConsole) clock.jump(stepMs);
    if (!isAnew) continue;
    const tries = { since: clock.now(), attempt: 1, retryAt: null, lastFrameAt: null };
    recorder.onStatus({ kind: "waiting", reason: "closed", detail: "cut", ...tries });
    epoch = { ...exampleEpoch, epoch: epoch.epoch + 1 };
    recorder.onEpoch(epoch);
  }
  await recorder.stop();
  return { root, reports, offered };
}

const said = <T extends MediaReport["type"]>({ reports }: Recorded, type: T) =>
  reports.filter((one): one is Extract<MediaReport, { type: T }> => one.type === type);

async function inFolder(check: (root: string) => Promise<void>): Promise<void> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-steps-"));
  try {
    await check(root);
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

test("every picture is in one file, once and in order, however the clocks of camera and console are set", async () => {
  await fc.assert(
    fc.asyncProperty(stretches, (all) =>
      inFolder(async (root) => {
        const recorded = await record(root, all);
        const opened = said(recorded, "recording-opened");
        expect(new Set(opened.map((one) => one.path)).size).toBe(opened.length);
        const bytes = Buffer.concat(opened.map((one) => fs.readFileSync(path.join(root, one.path))));
        let at = 0;
        for (const fragment of recorded.offered) {
          const found = bytes.indexOf(fragment.bytes, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + fragment.bytes.length;
        }
        expect(bytes.toString("latin1").split("moof")).toHaveLength(recorded.offered.length + 1);
        // Each file is whole, begins where it is said to, and its own times never go back.
        for (const one of opened) {
          const { keys, endAt } = await indexRecording(path.join(root, one.path));
          const times = [...keys.map(({ capturedAt }) => capturedAt), endAt];
          expect(times[0]).toBe(one.startAt);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
    ),
    { numRuns: 20 },
  );
});

test("the index has every file in order of its time, and says of a clock set forward that it was", async () => {
  await fc.assert(
    fc.asyncProperty(stretches, (all) =>
      inFolder(async (root) => {
        const recorded = await record(root, all);
        const site = openMemoryStore();
        try {
          const index = new RecordingIndex({
            clock: new FakeClock(start),
            store: site.store,
            devices: () => [],
          });
          for (const one of recorded.reports) {
            if (one.type === "recording-opened") await index.opened(one);
            if (one.type === "recording-closed") await site.store.growRecordingFiles([one], true);
            if (one.type === "recording-gap") await site.store.beginRecordingGap(one);
          }
          const opened = said(recorded, "recording-opened");
          const files = await site.store.listRecordingFiles(gate, 0, 10 * start);
          expect(files.map((one) => one.path).sort()).toEqual(opened.map((one) => one.path).sort());
          const starts = files.map(({ startAt }) => startAt);
          expect(starts).toEqual([...starts].sort((a, b) => a - b));
          const gaps = site.db.prepare("select from_at, to_at, cause from recording_gap").all() as Gap[];
          for (const { from_at: from, to_at: to } of gaps) expect(to ?? Infinity).toBeGreaterThan(from);
          // A run that begins later on the same connection does so because the clock was set forward.
          const steps = gaps.filter(({ cause }) => cause === "clock-step");
          expect(steps.map(({ to_at: to }) => to)).toEqual(expect.arrayContaining(forwardSteps(recorded)));
        } finally {
          site.close();
        }
      }),
    ),
    { numRuns: 20 },
  );
});

interface Gap {
  readonly from_at: number;
  readonly to_at: number | null;
  readonly cause: string;
}

/** Where a file begins more than a second after the end of the one before it, without a lost connection between. */
function forwardSteps(recorded: Recorded): number[] {
  const closed = new Map(said(recorded, "recording-closed").map((one) => [one.path, one.endAt]));
  const epochAt = (at: number): number | undefined =>
    recorded.offered.find((one) => Math.round(one.capturedAt) === at)?.epoch;
  const opened = said(recorded, "recording-opened");
  return opened.flatMap(({ startAt }, n) => {
    const before = opened[n - 1];
    if (before === undefined || epochAt(before.startAt) !== epochAt(startAt)) return [];
    return startAt - (closed.get(before.path) ?? startAt) > 1_000 ? [startAt] : [];
  });
}

test("the hour that summer time repeats is recorded twice and plays in order, for files go by UTC", () =>
  inFolder(async (root) => {
    // Central Europe, 2026-10-25: from 02:00 to 03:00 twice on the wall, 00:00 to 02:00 UTC.
    const through = { pictures: 400, stepMs: 0, isConsole: false, isAnew: false };
    const before = await record(root, [through]);
    // A camera that keeps local time is set back by that hour.
    const again = await record(path.join(root, "set-back"), [{ ...through, stepMs: -hourMs }, through]);
    expect(said(before, "recording-opened")).toHaveLength(1);
    const [first, second] = said(again, "recording-opened");
    expect((first?.startAt ?? 0) + 40_000 - hourMs).toBe(second?.startAt);
    expect(again.offered).toHaveLength(800);
  }));
