import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import {
  captureTimeNear,
  decodeFrameStamp,
  stampCells,
} from "../../../electron/simulator/scenes/frame-stamp.ts";
import type { ConsoleUnderTest } from "../../e2e/console-under-test.ts";
import { percentile } from "../picture-stamps.ts";
import { takeShown, watchPlayback, type ShownPicture } from "./watch-playback.ts";

/** One seek: the instant that was asked for, and when its exact picture was on the screen after the press. */
export interface Seek {
  readonly wantedAt: number;
  readonly exactMs: number | undefined;
}

const cellPx = 8;
/** Capture times are rounded to whole ms in the playlist; the stamp too. */
const roundingMs = 3;

/** The first four cameras are there when Review opens for the first time; the others are called by number. */
const atFirst = 4;

/** The demo site has recorded for `recordMs`, and Review shows the first four cameras and these. */
export async function openReview(
  under: ConsoleUnderTest,
  numbers: readonly number[],
  recordMs: number,
): Promise<void> {
  const { page } = under;
  const tiles = atFirst + numbers.length;
  await reached(
    "live pictures",
    90_000,
    async () => (await page.locator('[data-tile] [data-state="live"]').count()) >= 16,
  );
  await pause(recordMs);
  await page.keyboard.press("Control+3");
  await page.locator("main [data-channel]").first().waitFor();
  for (const number of numbers) {
    await page.keyboard.type(String(number));
    await page.keyboard.press("Enter");
  }
  await reached(
    "the tiles",
    20_000,
    async () => (await page.locator("main [data-channel]").count()) === tiles,
  );
  await goBack(page, recordMs / 2);
  await reached(
    "recorded pictures",
    30_000,
    async () => (await page.locator('main [data-channel][data-state="picture"]').count()) === tiles,
  );
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("+");
  await page.evaluate(watchPlayback, 1);
}

/**
 * Holds the simulated site's process still, where the system can; the console records nothing meanwhile. Answers how
 * to let it go on: a process that stands still cannot be ended.
 */
export async function stopCameras({ app }: ConsoleUnderTest): Promise<() => void> {
  const pid = await app.evaluate(
    ({ app: main }) =>
      main
        .getAppMetrics()
        .find(({ name = "", serviceName = "" }) => /simulat/i.test(`${name} ${serviceName}`))?.pid,
  );
  if (pid === undefined || process.platform === "win32") return () => undefined;
  process.kill(pid, "SIGSTOP");
  return () => void process.kill(pid, "SIGCONT");
}

/** The common time that long before now. */
export async function goBack(page: Page, byMs: number): Promise<void> {
  for (const moment of ["now", `-${Math.round(byMs / 1_000)} s`]) {
    await page.keyboard.press("t");
    const field = page.getByRole("textbox", { name: "Time" });
    await field.fill(moment);
    await field.press("Enter");
    await field.waitFor({ state: "hidden" });
  }
}

/** Presses the ruler at places of the last `spanMs` that nobody could foresee, one after the other. */
export async function seekAll(page: Page, count: number, spanMs: number, frameMs: number): Promise<Seek[]> {
  const ruler = page.getByRole("slider", { name: "Time ruler" });
  const box = await ruler.boundingBox();
  if (box === null) throw new Error("there is no ruler");
  const now = async (): Promise<number> => Number(await ruler.getAttribute("aria-valuenow"));
  const middle = await now();
  const tile = await page
    .locator('main [data-channel]:visible[data-selected="true"]')
    .first()
    .getAttribute("data-channel");
  const asked: { readonly wantedAt: number; readonly pressedMs: number; readonly own: ShownPicture[] }[] = [];
  // Of the minute or more that the ruler shows, the part that is recorded.
  const [least, most] = await reachOf(page, box, now, middle, spanMs);
  for (let seek = 0; seek < count; seek += 1) {
    const x = box.x + least + Math.random() * (most - least);
    await page.evaluate(takeShown);
    await page.mouse.move(x, box.y + 6);
    await page.mouse.down();
    await page.mouse.up();
    await pause(450);
    const wantedAt = await now();
    const { shown, pressedMs } = await page.evaluate(takeShown);
    const own = shown.filter((picture) => picture.tile === Number(tile) && picture.onScreenMs >= pressedMs);
    asked.push({ wantedAt, pressedMs, own });
  }
  // The camera's clock is known to some ten ms; the same error in all of its pictures makes none of them inexact.
  const errors = asked.flatMap(({ own }) => own.map((picture) => stampOf(picture) - picture.claimedAt));
  const biasMs = percentile(
    errors.filter((error) => !Number.isNaN(error)),
    0.5,
  );
  const found = asked.map(({ wantedAt, pressedMs, own }): Seek => {
    const exact = own.find((picture) => isExact(picture, wantedAt, frameMs, biasMs));
    return { wantedAt, exactMs: exact && exact.onScreenMs - pressedMs };
  });
  const words = found.map(({ exactMs }) => (exactMs === undefined ? "-" : Math.round(exactMs)));
  console.log(`seeks, ms: ${words.join(" ")}; the camera's clock is off by ${Math.round(biasMs)} ms`);
  return found;
}

/** The pixels are those of the picture the player says it shows, and no later one was captured before the instant. */
function isExact(picture: ShownPicture, wantedAt: number, frameMs: number, biasMs: number): boolean {
  if (!(Math.abs(stampOf(picture) - picture.claimedAt - biasMs) < roundingMs * 2)) return false;
  const ageMs = wantedAt - picture.claimedAt;
  return ageMs > -roundingMs && ageMs < frameMs + roundingMs;
}

/** When the picture was taken, as its pixels say, UTC ms; NaN when they cannot be read. */
function stampOf({ cells = [], claimedAt }: ShownPicture): number {
  const lumaAt = (x: number): number => cells[Math.floor(x / cellPx)] ?? 0;
  const stamp = decodeFrameStamp(lumaAt, stampCells * cellPx, 45 * cellPx);
  return stamp === undefined ? Number.NaN : captureTimeNear(stamp.msOfMinute, claimedAt);
}

/** Left and right edge, px from the ruler's left, of what can be sought. */
async function reachOf(
  page: Page,
  box: { readonly x: number; readonly y: number; readonly width: number },
  now: () => Promise<number>,
  middle: number,
  spanMs: number,
): Promise<readonly [number, number]> {
  const press = async (share: number): Promise<number> => {
    await page.mouse.click(box.x + box.width * share, box.y + 6);
    return now();
  };
  const [left, right] = [await press(0.3), await press(0.5)];
  const pxPerMs = (0.2 * box.width) / (right - left);
  const xOf = (at: number): number => box.width * 0.3 + (at - left) * pxPerMs;
  const reachMs = spanMs / 2 - 3_000;
  return [Math.max(0, xOf(middle - reachMs)), Math.min(box.width, xOf(middle + reachMs))];
}

async function reached(what: string, limitMs: number, isThere: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + limitMs; Date.now() < until; await pause(200)) if (await isThere()) return;
  throw new Error(`${what} did not come`);
}
