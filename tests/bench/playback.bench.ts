/**
 * `npm run bench -- playback [--quick]`: how fast and how exactly recordings are sought, and how well sixteen of them
 * stay in step, on real Electron.
 *
 * Eighteen simulated cameras are recorded (main stream, 1280×720 at 15 frames/s); then they stop, for they are no
 * part of what is measured, and Review plays sixteen of them. What is on the screen is read from the pixels of the pictures. The peer finds the same
 * instants in the same files: an `ffmpeg -ss` for each, to the first decoded picture.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ConsoleUnderTest } from "../e2e/console-under-test.ts";
import { readRuntime } from "../e2e/runtime.ts";
import { percentile } from "./picture-stamps.ts";
import { seekByFfmpeg } from "./playback/ffmpeg-seeks.ts";
import { spreadOf } from "./playback/in-step.ts";
import { goBack, stopCameras, openReview, seekAll, type Seek } from "./playback/review-page.ts";
import { takeShown } from "./playback/watch-playback.ts";

const cameras = 18;
/** Every ninth camera, from the fifth on, sends H.265, which Chromium does not decode without the system's help. */
const called = [6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18];
const tiles = 16;
const frameMs = 1_000 / 15;
const isQuick = process.argv.includes("--quick");
const recordMs = isQuick ? 14_000 : 80_000;
const playMs = isQuick ? 8_000 : 60_000;
const seeks = 30;
const limits = { seekP95Ms: 150, exact: seeks, syncMs: Math.round(frameMs) };

const userDataDir = await mkdtemp(join(tmpdir(), "watchfloor-bench-"));
const under = await ConsoleUnderTest.launch({ userDataDir, args: ["--demo", `--cameras=${cameras}`] });
let letCamerasGo = (): void => undefined;
try {
  const { page } = under;
  await openReview(under, called, recordMs);
  letCamerasGo = await stopCameras(under);

  await page.keyboard.press("Enter");
  const one = await seekAll(page, seeks, recordMs, frameMs);
  await page.keyboard.press("Escape");
  const all = isQuick ? [] : await seekAll(page, seeks, recordMs, frameMs);

  await goBack(page, playMs + 6_000);
  await page.keyboard.press("Space");
  await pause(1_500);
  await page.evaluate(takeShown);
  await pause(playMs);
  const { shown } = await page.evaluate(takeShown);
  await page.keyboard.press("Space");
  const spread = spreadOf(shown, frameMs);
  console.log(`in step: ${JSON.stringify(spread)}`);

  const peerMs = await seekByFfmpeg(userDataDir, one);
  const firstMs = (found: readonly Seek[]): number[] => found.flatMap(({ exactMs }) => exactMs ?? []);
  const ours = {
    seekP50Ms: Math.round(percentile(firstMs(one), 0.5)),
    seekP95Ms: Math.round(percentile(firstMs(one), 0.95)),
    exact: firstMs(one).length,
    ...(all.length > 0 ? { seekAllP95Ms: Math.round(percentile(firstMs(all), 0.95)) } : {}),
    syncMs: spread.maxMs,
    syncP95Ms: spread.p95Ms,
    pictures: shown.length,
  };
  const peerP95Ms = peerMs === undefined ? undefined : Math.round(percentile(peerMs, 0.95));
  const pass =
    ours.exact >= limits.exact &&
    ours.seekP95Ms <= limits.seekP95Ms &&
    spread.tiles === tiles &&
    ours.syncMs <= limits.syncMs;
  const { electron, chromium } = readRuntime();
  const line = {
    bench: "playback",
    ours,
    peer:
      peerP95Ms === undefined
        ? { name: "ffmpeg -ss (not on this computer)" }
        : { name: "ffmpeg -ss, one process a seek", seekP95Ms: peerP95Ms },
    ratio: peerP95Ms === undefined ? {} : { seek: ours.seekP95Ms / peerP95Ms },
    limits,
    pass,
    runtime: { electron, chromium, tiles, seconds: playMs / 1_000 },
  };
  console.log(JSON.stringify(line));
  process.exitCode = pass ? 0 : 1;
} finally {
  letCamerasGo();
  await under.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
