/**
 * Bringing streams in: our media process for all cameras against one `ffmpeg -c copy` a camera.
 *
 * CPU-seconds per stream-minute and memory at 1, 16 and 64 streams of 640×360@10 over RTSP/TCP; the
 * cameras run in a process of their own. Both sides write fragmented MP4, ours a fragment a frame.
 */
import { fork, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { canMeasure, usageOf, type Usage } from "./ingest/usage.ts";

const isQuick = process.argv.includes("--quick");
const counts = isQuick ? [64] : [1, 16, 64];
const settleMs = isQuick ? 3_000 : 6_000;
const measureMs = isQuick ? 6_000 : 20_000;
const movflags = "frag_keyframe+empty_moov+default_base_moof";
const limits = { cpu: 0.7, memory: 0.25 };
const file = (name: string): string => fileURLToPath(new URL(`ingest/${name}`, import.meta.url));
const scenes = fileURLToPath(new URL("../../resources/scenes", import.meta.url));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Figures {
  readonly cpuSPerStreamMinute: number;
  readonly memoryMb: number;
  /** Whole frames handed on; only our side can tell. */
  readonly framesPerStreamS?: number;
}

async function ask(child: ChildProcess): Promise<unknown> {
  child.send("tell");
  const [answer] = await once(child, "message");
  return answer;
}

function field(answer: unknown, name: string): number {
  const value = typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined;
  if (typeof value !== "number") throw new TypeError(`no ${name} in the answer`);
  return value;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited 60 s for ${what}`);
    await pause(100);
  }
}

async function measure(pids: readonly number[], streams: number): Promise<Figures> {
  await pause(settleMs);
  const before: Usage = usageOf(pids);
  const start = performance.now();
  await pause(measureMs);
  const after = usageOf(pids);
  const minutes = (performance.now() - start) / 60_000;
  return {
    cpuSPerStreamMinute: (after.cpuS - before.cpuS) / minutes / streams,
    memoryMb: after.memoryMb,
  };
}

async function ours(uris: readonly string[]): Promise<Figures> {
  const child = fork(file("ours.ts"), uris, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  try {
    await until("all our streams to play", async () => field(await ask(child), "playing") === uris.length);
    const fragmentsBefore = field(await ask(child), "fragments");
    const start = performance.now();
    const figures = await measure([child.pid ?? 0], uris.length);
    const seconds = (performance.now() - start) / 1000;
    const frames = field(await ask(child), "fragments") - fragmentsBefore;
    return { ...figures, framesPerStreamS: frames / seconds / uris.length };
  } finally {
    const gone = once(child, "exit");
    child.kill();
    await gone;
  }
}

async function peer(uris: readonly string[], cameras: ChildProcess): Promise<Figures> {
  const children = uris.map((uri) =>
    spawn(
      "ffmpeg",
      `-nostdin -v error -rtsp_transport tcp -i ${uri} -map 0:v -c copy -f mp4 -movflags ${movflags} -y ${devNull}`.split(
        " ",
      ),
      { stdio: ["ignore", "ignore", "inherit"] },
    ),
  );
  const gone = children.map((child) => once(child, "exit"));
  try {
    await until("all ffmpegs to connect", async () => field(await ask(cameras), "connected") >= uris.length);
    // ffmpeg probes a stream for up to 5 s before it copies.
    await pause(isQuick ? 4_000 : 6_000);
    const pids = children.flatMap((child) => (child.exitCode === null && child.pid ? [child.pid] : []));
    if (pids.length < uris.length) throw new Error(`${uris.length - pids.length} ffmpegs ended early`);
    return await measure(pids, uris.length);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(gone);
  }
}

const hasPeer = spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;
const results: { streams: number; ours: Figures; peer: Figures | undefined }[] = [];
if (canMeasure) {
  const most = Math.max(...counts);
  const cameras = fork(file("cameras.ts"), [scenes, String(most)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [ready] = await once(cameras, "message");
  const uris: string[] = Reflect.get(Object(ready), "uris");
  try {
    for (const streams of counts) {
      const used = uris.slice(0, streams);
      const mine = await ours(used);
      const other = hasPeer ? await peer(used, cameras) : undefined;
      results.push({ streams, ours: mine, peer: other });
      const say = (figures: Figures | undefined): string =>
        figures === undefined
          ? "not installed"
          : `${figures.cpuSPerStreamMinute.toFixed(3)} CPU-s per stream-minute, ${figures.memoryMb.toFixed(0)} MB`;
      process.stdout.write(`${streams} streams: ours ${say(mine)}; ffmpeg each ${say(other)}\n`);
    }
  } finally {
    const gone = once(cameras, "exit");
    cameras.kill();
    await gone;
  }
}
const last = results.at(-1);
const round = (value: number): number => Math.round(value * 1000) / 1000;
const byCount = (side: "ours" | "peer"): Record<string, number> =>
  Object.fromEntries(
    results.flatMap(({ streams, [side]: figures }) =>
      figures === undefined
        ? []
        : [
            [`cpuSPerStreamMinute${streams}`, round(figures.cpuSPerStreamMinute)],
            [`memoryMb${streams}`, round(figures.memoryMb)],
          ],
    ),
  );
const ratio: { readonly cpu?: number; readonly memory?: number } =
  last?.peer === undefined
    ? {}
    : {
        cpu: round(last.ours.cpuSPerStreamMinute / last.peer.cpuSPerStreamMinute),
        memory: round(last.ours.memoryMb / last.peer.memoryMb),
      };
const framesPerStreamS = round(last?.ours.framesPerStreamS ?? 0);
// The scenes have 10 pictures a second: a side that loses some does not win by it.
const isWhole = last === undefined || framesPerStreamS >= 9.5;
const isPassed = isWhole && (ratio.cpu ?? 0) <= limits.cpu && (ratio.memory ?? 0) <= limits.memory;
const missing = canMeasure ? "ffmpeg is not installed" : "only Linux tells the figures of other processes";
process.stdout.write(
  `${JSON.stringify({
    bench: "ingest",
    ours: { ...byCount("ours"), streams: last?.streams ?? 0, framesPerStreamS },
    peer: {
      name: "ffmpeg -c copy, one a camera",
      ...(last?.peer === undefined ? { missing } : byCount("peer")),
    },
    ratio,
    limits,
    pass: isPassed,
    runtime: `Node ${process.versions.node}`,
  })}\n`,
);
process.exitCode = isPassed ? 0 : 1;
