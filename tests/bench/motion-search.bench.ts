/**
 * `npm run bench -- motion-search [--quick]`: an hour of one camera (1280×720, 15 pictures a second, six minutes with
 * `--quick`) searched for motion on real Electron, against ffmpeg decoding all of the same recordings.
 *
 * The recordings are made of the simulator's scenes; the search is the one of the review page, whole picture.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openWriter } from "../../electron/store/db.ts";
import { addRecordingFile } from "../../electron/store/recordings.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { projectRoot, readRuntime } from "../e2e/runtime.ts";
import { recordScenes, type RecordedMinute } from "./motion/recorded-scenes.ts";

const minutes = process.argv.includes("--quick") ? 6 : 60;
const limits = { time: 1 };
const env = { TZ: "UTC" };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A site with one camera that is known and no longer there. */
async function makeSite(userDataDir: string): Promise<ChannelId> {
  const under = await ConsoleUnderTest.launch({ userDataDir, args: ["--demo", "--cameras=1"], env });
  try {
    await under.page.locator('[data-tile] [data-state="live"]').waitFor({ timeout: 90_000 });
  } finally {
    await under.close();
  }
  const db = openWriter({ path: join(userDataDir, "site.sqlite3"), nativeBinding: undefined });
  try {
    const row: unknown = db.prepare("select id from channel limit 1").get();
    return ChannelId.parse(Object(row).id);
  } finally {
    db.close();
  }
}

function addToIndex(userDataDir: string, channelId: ChannelId, files: readonly RecordedMinute[]): void {
  const db = openWriter({ path: join(userDataDir, "site.sqlite3"), nativeBinding: undefined });
  try {
    // Each scene is another picture: a run of its own.
    for (const file of files) {
      addRecordingFile(db, { ...file, channelId, role: "main", run: `bench-${file.startAt}`, isOpen: false });
    }
  } finally {
    db.close();
  }
}

/** Searches a span as a person does; what the page says of it. */
async function search(
  under: ConsoleUnderTest,
  from: number,
  to: number,
): Promise<{ readonly seconds: number; readonly pictures: number; readonly moments: string }> {
  const { page } = under;
  const jump = async (at: number): Promise<void> => {
    await page.keyboard.press("t");
    const field = page.getByRole("textbox", { name: "Time" });
    await field.fill(new Date(at).toISOString().slice(0, 19).replace("T", " "));
    await field.press("Enter");
    await field.waitFor({ state: "hidden" });
  };
  await page.locator("main").waitFor();
  await page.keyboard.press("Control+3");
  await page.getByRole("slider", { name: "Time ruler" }).waitFor();
  await page.locator('main [data-channel="1"]').click();
  await jump(from);
  await page.keyboard.press("[");
  await jump(to);
  await page.keyboard.press("]");
  await page.keyboard.press("Shift+M");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  const outcome = page.getByRole("region", { name: "Moments with motion" });
  await outcome.waitFor();
  for (;;) {
    const state = await outcome.getAttribute("data-state");
    if (state !== "running") {
      const words = (await outcome.innerText()).split("\n")[0] ?? "";
      if (state !== "done") throw new Error(`the search ended as ${state}: ${words}`);
      const tookMs = Number(await outcome.getAttribute("data-took-ms"));
      return {
        seconds: tookMs / 1_000,
        pictures: Number(await outcome.getAttribute("data-pictures")),
        moments: words,
      };
    }
    await pause(100);
  }
}

/** Seconds in which ffmpeg decodes every picture of the files; undefined when there is none on this computer. */
async function decodeAll(userDataDir: string, files: readonly RecordedMinute[]): Promise<number | undefined> {
  if (spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status !== 0) return undefined;
  const list = join(userDataDir, "files.txt");
  await writeFile(list, files.map((file) => `file '${join(userDataDir, file.path)}'`).join("\n"));
  const started = performance.now();
  const child = spawn(
    "ffmpeg",
    ["-v", "fatal", "-f", "concat", "-safe", "0", "-i", list, "-map", "0:v", "-f", "null", "-"],
    { stdio: "ignore" },
  );
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`);
  return (performance.now() - started) / 1_000;
}

const userDataDir = await mkdtemp(join(tmpdir(), "watchfloor-bench-"));
try {
  const channelId = await makeSite(userDataDir);
  const minuteMs = 60_000;
  const from = Math.floor(Date.now() / minuteMs) * minuteMs - (minutes + 10) * minuteMs;
  const scenesFolder = join(projectRoot, "resources", "scenes");
  const files = await recordScenes(userDataDir, scenesFolder, { channelId, startAt: from, minutes });
  addToIndex(userDataDir, channelId, files);
  const under = await ConsoleUnderTest.launch({ userDataDir, env });
  let ours: Awaited<ReturnType<typeof search>>;
  try {
    ours = await search(under, from, from + minutes * minuteMs);
  } finally {
    await under.close();
  }
  const peerSeconds = await decodeAll(userDataDir, files);
  say(
    `${minutes} camera-minutes: ${ours.pictures} pictures decoded in ${ours.seconds.toFixed(1)} s; ${ours.moments}`,
  );
  say(
    peerSeconds === undefined
      ? "no ffmpeg on this computer: nothing to compare with"
      : `ffmpeg, every picture: ${peerSeconds.toFixed(1)} s`,
  );
  const isWhole = ours.pictures >= minutes * 30 - 1;
  const time = peerSeconds === undefined ? null : ours.seconds / peerSeconds;
  const pass = isWhole && (time === null || time <= limits.time);
  const { electron, chromium } = readRuntime();
  say(
    JSON.stringify({
      bench: "motion-search",
      ours: { seconds: ours.seconds, pictures: ours.pictures, minutes },
      peer:
        peerSeconds === undefined
          ? { name: "ffmpeg: missing on this computer" }
          : { name: "ffmpeg, every picture decoded", seconds: peerSeconds },
      ratio: { time },
      limits,
      pass,
      runtime: { electron, chromium },
    }),
  );
  process.exitCode = pass ? 0 : 1;
} finally {
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
