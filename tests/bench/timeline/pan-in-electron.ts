import { ConsoleUnderTest } from "../../e2e/console-under-test.ts";

/** How smoothly the ruler moved. */
export interface PanFigures {
  readonly lanes: number;
  readonly seconds: number;
  /** Pictures a second that the page drew while it moved. */
  readonly fps: number;
  /** The longest time between two of them. */
  readonly longestMs: number;
}

const seconds = 6;

/** Drags the ruler of the real console to and fro over a site, with a lane for each camera, a day wide. */
export async function panInElectron(userDataDir: string): Promise<PanFigures> {
  const under = await ConsoleUnderTest.launch({ userDataDir });
  try {
    const { page } = under;
    await page.setViewportSize({ width: 1_920, height: 1_080 });
    await page.locator("[data-tile]").first().waitFor({ timeout: 60_000 });
    await page.keyboard.press("Control+3");
    const ruler = page.getByRole("slider", { name: "Time ruler" });
    await ruler.waitFor({ timeout: 30_000 });
    await page.keyboard.press("Shift+L");
    for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press("-");
    const lanes = await page.getByRole("list", { name: "Cameras of the ruler" }).getByRole("button").count();
    const box = await ruler.boundingBox();
    if (box === null) throw new Error("the ruler is not on the screen");
    const y = box.y + 60;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.evaluate(() => {
      const drawn: number[] = [];
      Reflect.set(window, "drawnAt", drawn);
      const beat = (at: number): void => {
        drawn.push(at);
        requestAnimationFrame(beat);
      };
      requestAnimationFrame(beat);
    });
    const end = Date.now() + seconds * 1_000;
    for (let step = 0; Date.now() < end; step += 1) {
      await page.mouse.move(box.x + box.width * (0.5 + 0.35 * Math.sin(step / 25)), y);
    }
    const drawn = await page.evaluate((): number[] => Reflect.get(window, "drawnAt") as number[]);
    await page.mouse.up();
    const pauses = drawn.slice(1).map((at, index) => at - (drawn[index] ?? at));
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    return {
      lanes,
      seconds,
      fps: Math.round((pauses.length / total) * 10_000) / 10,
      longestMs: Math.round(Math.max(...pauses)),
    };
  } finally {
    await under.close();
  }
}
