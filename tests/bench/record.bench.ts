/**
 * Recording: 64 × 1280×720@15 into files by one process, against one `ffmpeg -c copy -f segment` a camera in the
 * same run; and what `kill -9` costs, ten times. The cameras run in a process of their own and are not counted.
 */
import { fork, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { canMeasure, usageOf } from "./ingest/usage.ts";
import { framesOf } from "./record/file-frames.ts";
import { killTen } from "./record/kill-ten.ts";

const isQuick = process.argv.includes("--quick");
const cameras = 64;
const fps = 15;
const settleMs = isQuick ? 2_000 : 20_000;
const measureMs = isQuick ? 8_000 : 600_000;
const peerMs = isQuick ? 6_000 : 60_000;
/** One process may take 0.3 of a core and must not grow; the peer's ratios are those of bringing streams in. */
const limits = { cores: 0.3, lostFragments: 0, lostOnKillMs: 600, cpu: 0.8, memory: 0.35 };
const mostGrowthMb = isQuick ? 64 : 32;
const fork_ = (name: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(name, import.meta.url)), args, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const round = (value: number): number => Math.round(value * 1000) / 1000;

interface Told {
  readonly recording?: number;
  readonly runs?: number;
  readonly lost?: number;
  readonly closed?: string;
  readonly connected?: number;
}

function ask(child: ChildProcess, key: keyof Told): Promise<number> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      const value: unknown = Object(message)[key];
      if (typeof value !== "number") return;
      child.off("message", hear);
      resolve(value);
    };
    child.on("message", hear);
    child.send("tell");
  });
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited 60 s for ${what}`);
    await pause(100);
  }
}

interface Figures {
  readonly cores: number;
  readonly memoryMb: number;
  readonly memoryGrowthMb: number;
}

async function measure(pids: readonly number[], ms: number): Promise<Figures> {
  const before = usageOf(pids);
  const start = performance.now();
  await pause(ms);
  const after = usageOf(pids);
  const seconds = (performance.now() - start) / 1000;
  const cores = (after.cpuS - before.cpuS) / seconds;
  return { cores, memoryMb: after.memoryMb, memoryGrowthMb: after.memoryMb - before.memoryMb };
}

/** Counts a closed file's pictures and deletes it, so that ten minutes of 64 cameras need no 8 GB. */
class ClosedFiles {
  frames = 0;
  missing = 0;
  bytes = 0;
  torn = 0;
  readonly #ends = new Map<string, number>();
  readonly #root: string;
  constructor(root: string) {
    this.#root = root;
  }

  take(file: string): void {
    const whole = path.join(this.#root, file);
    const found = framesOf(whole, fps);
    const channel = file.split("/")[1] ?? "";
    const before = this.#ends.get(channel);
    const between = before === undefined ? 0 : Math.round((found.firstTicks - before) / (90_000 / fps));
    this.#ends.set(channel, found.endTicks);
    this.frames += found.frames;
    this.missing += found.missing + Math.max(0, between);
    this.torn += found.tornBytes > 0 ? 1 : 0;
    this.bytes += statSync(whole).size;
    unlinkSync(whole);
  }
}

async function ours(uris: readonly string[], root: string) {
  const files = new ClosedFiles(root);
  const child = fork_("record/ours.ts", [root, "", ...uris]);
  child.on("message", (message) => {
    const { closed } = Object(message) as Told;
    if (closed !== undefined) files.take(closed);
  });
  await until("all streams to be recorded", async () => (await ask(child, "recording")) === uris.length);
  await pause(settleMs);
  const figures = await measure([child.pid ?? 0], measureMs);
  const packets = await ask(child, "lost");
  const runs = await ask(child, "runs");
  const gone = once(child, "exit");
  child.send("stop");
  await gone;
  const seconds = files.frames / fps / uris.length;
  return { ...figures, files, lostFragments: files.missing + packets + (runs - uris.length), seconds };
}

async function peer(uris: readonly string[], cameraHost: ChildProcess, root: string): Promise<Figures> {
  const before = await ask(cameraHost, "connected");
  const form = "-f segment -segment_time 60 -segment_format mp4 -reset_timestamps 1";
  const options = "-segment_format_options movflags=frag_keyframe+empty_moov+default_base_moof";
  const children = uris.map((uri, number) =>
    spawn(
      "ffmpeg",
      [
        ...`-nostdin -v error -rtsp_transport tcp -i ${uri} -map 0:v -c copy ${form} ${options} -y`.split(
          " ",
        ),
        path.join(root, `${number}-%d.mp4`),
      ],
      { stdio: ["ignore", "ignore", "inherit"] },
    ),
  );
  const gone = children.map((child) => once(child, "exit"));
  try {
    await until(
      "all ffmpegs to connect",
      async () => (await ask(cameraHost, "connected")) >= before + uris.length,
    );
    await pause(6_000);
    const pids = children.flatMap((child) => (child.exitCode === null && child.pid ? [child.pid] : []));
    if (pids.length < uris.length) throw new Error(`${uris.length - pids.length} ffmpegs ended early`);
    return await measure(pids, peerMs);
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(gone);
  }
}

const hasPeer = spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;
const root = mkdtempSync(path.join(tmpdir(), "watchfloor-record-"));
const scenes = fileURLToPath(new URL("../../resources/scenes", import.meta.url));
const host = fork_("ingest/cameras.ts", [scenes, String(cameras), "main", "10"]);
const [ready] = await once(host, "message");
const uris: string[] = Reflect.get(Object(ready), "uris");
const say = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  const mine = canMeasure ? await ours(uris, root) : undefined;
  if (mine !== undefined) {
    const rate = mine.files.bytes / mine.seconds / 1e6;
    say(
      `ours: ${mine.cores.toFixed(3)} cores, ${mine.memoryMb.toFixed(0)} MB (${mine.memoryGrowthMb.toFixed(1)} MB more)`,
    );
    say(
      `${mine.files.frames} pictures, ${rate.toFixed(1)} MB/s, ${mine.lostFragments} lost, ${mine.files.torn} files torn`,
    );
  }
  const other = canMeasure && hasPeer ? await peer(uris, host, root) : undefined;
  if (other !== undefined)
    say(`ffmpeg each: ${other.cores.toFixed(3)} cores, ${other.memoryMb.toFixed(0)} MB`);
  const kills = await killTen(uris.slice(0, 4), root, fork_);
  say(
    `killed: ${kills.lostMs.map((ms) => Math.round(ms)).join(", ")} ms lost; ${kills.torn} torn, ${kills.missingRows} rows missing`,
  );
  const lostOnKillMs = Math.round(Math.max(...kills.lostMs));
  const ratio =
    mine !== undefined && other !== undefined
      ? { cpu: round(mine.cores / other.cores), memory: round(mine.memoryMb / other.memoryMb) }
      : {};
  const isPassed =
    (mine === undefined ||
      (mine.cores <= limits.cores &&
        mine.lostFragments === limits.lostFragments &&
        mine.files.torn === 0 &&
        mine.memoryGrowthMb <= mostGrowthMb)) &&
    lostOnKillMs <= limits.lostOnKillMs &&
    kills.torn === 0 &&
    kills.missingRows === 0 &&
    (ratio.cpu ?? 0) <= limits.cpu &&
    (ratio.memory ?? 0) <= limits.memory;
  const missing = canMeasure ? "ffmpeg is not installed" : "only Linux tells the figures of other processes";
  say(
    JSON.stringify({
      bench: "record",
      ours: {
        cores: round(mine?.cores ?? 0),
        lostFragments: mine?.lostFragments ?? 0,
        lostOnKillMs,
        memoryMb: round(mine?.memoryMb ?? 0),
        memoryGrowthMb: round(mine?.memoryGrowthMb ?? 0),
        seconds: round(mine?.seconds ?? 0),
        pictures: mine?.files.frames ?? 0,
        tornFiles: kills.torn + (mine?.files.torn ?? 0),
        missingRows: kills.missingRows,
      },
      peer: {
        name: "ffmpeg -c copy -f segment, one a camera",
        ...(other === undefined
          ? { missing }
          : { cores: round(other.cores), memoryMb: round(other.memoryMb) }),
      },
      ratio,
      limits,
      pass: isPassed,
      runtime: `Node ${process.versions.node}`,
    }),
  );
  process.exitCode = isPassed ? 0 : 1;
} finally {
  const gone = once(host, "exit");
  host.kill();
  await gone;
  rmSync(root, { recursive: true, force: true });
}
