import { expect, test } from "./harness.ts";
import type { ConsoleUnderTest } from "./console-under-test.ts";

const cameras = 4;
const frozenMs = 8_000;

interface Glimpse {
  /** Mean brightness of each tile, 0 to 255, edges and caption left out. */
  readonly tiles: readonly number[];
  /** The whole window, base64. */
  readonly png: string;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is on the screen, asked of the browser process: the page itself takes no part. */
async function glimpse(console: ConsoleUnderTest, places: readonly Place[]): Promise<Glimpse> {
  return await console.app.evaluate(async ({ BrowserWindow }, wanted) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error("no window");
    const image = await window.webContents.capturePage();
    const tiles = wanted.map((place) => {
      const bytes = image.crop(place).toBitmap({ scaleFactor: 1 });
      let sum = 0;
      for (let at = 0; at < bytes.length; at += 4)
        sum += ((bytes[at] ?? 0) + (bytes[at + 1] ?? 0) + (bytes[at + 2] ?? 0)) / 3;
      return sum / Math.max(1, bytes.length / 4);
    });
    return { tiles, png: image.toPNG().toString("base64") };
  }, places);
}

test("a page that gets no processor time cannot go on calling its pictures live", async ({
  launch,
  userDataDir,
}, testInfo) => {
  const console = await launch({ args: ["--demo", `--cameras=${cameras}`], env: { HOME: userDataDir } });
  const { page } = console;
  const live = page.locator('[data-tile] [data-state="live"]');
  await expect(live).toHaveCount(cameras, { timeout: 60_000 });
  const boxes = await Promise.all((await live.all()).map((tile) => tile.boundingBox()));
  const places = boxes.map((box) => {
    if (box === null) throw new Error("a tile is not on the page");
    const { x, y, width, height } = box;
    return {
      x: Math.round(x + width / 8),
      y: Math.round(y + height / 8),
      width: Math.round((width * 3) / 4),
      height: Math.round(height / 4),
    };
  });
  const keep = (name: string, { png }: Glimpse) =>
    testInfo.attach(name, { body: Buffer.from(png, "base64"), contentType: "image/png" });
  const before = await glimpse(console, places);
  await keep("before", before);
  expect(Math.min(...before.tiles)).toBeGreaterThan(10);

  const startedAt = Date.now();
  let isOver = false;
  const frozen = page
    .evaluate((ms) => {
      const untilMs = performance.now() + ms;
      while (performance.now() < untilMs);
    }, frozenMs)
    .then(() => {
      isOver = true;
    });
  let dark: Glimpse | undefined;
  while (!isOver && dark === undefined) {
    const seen = await glimpse(console, places);
    if (!isOver && seen.tiles.every((luma, index) => luma < (before.tiles[index] ?? 0) / 4)) dark = seen;
  }
  const darkAfterMs = Date.now() - startedAt;
  if (dark !== undefined) await keep("frozen", dark);
  await frozen;
  expect(dark, "every tile is veiled while the page stands still").toBeDefined();
  testInfo.annotations.push({ type: "veiled after", description: `${darkAfterMs} ms` });

  await expect(live).toHaveCount(cameras, { timeout: 30_000 });
  await expect
    .poll(async () => Math.min(...(await glimpse(console, places)).tiles), { timeout: 30_000 })
    .toBeGreaterThan(10);
});
