import { describe, expect, it } from "vitest";
import { MemoryBook, memoryTrend, type MemorySample } from "../../soak/memory.ts";

/** A look every 5 s for half an hour. */
const halfHour = (mbAt: (share: number) => number): MemorySample[] =>
  Array.from({ length: 361 }, (_, index) => ({ atMs: index * 5_000, mb: mbAt(index / 360) }));

describe("the trend of memory", () => {
  it("is level when it stays, whatever the warm-up was", () => {
    const trend = memoryTrend(halfHour((share) => (share < 0.3 ? 100 + 1_000 * share : 400)));
    expect(trend).toEqual({ middleMb: 400, lastMb: 400, ratio: 1, isLevel: true });
  });

  it("is not level when it grows by more than a tenth from the middle third to the last", () => {
    expect(memoryTrend(halfHour((share) => 300 + 200 * share))).toMatchObject({
      ratio: 1.167,
      isLevel: false,
    });
    expect(memoryTrend(halfHour((share) => 300 + 50 * share)).isLevel).toBe(true);
  });

  it("is not deceived by one collection at the end, nor by one peak", () => {
    const leak = halfHour((share) => (share > 0.98 ? 100 : 100 + 300 * share));
    expect(memoryTrend(leak).isLevel).toBe(false);
    const peak = halfHour((share) => (share > 0.99 ? 900 : 300));
    expect(memoryTrend(peak).isLevel).toBe(true);
  });

  it("takes a few pages more of a small process as level", () => {
    expect(memoryTrend(halfHour((share) => 10 + 6 * share))).toMatchObject({ isLevel: true });
  });

  it("can be asked of a run with one look", () => {
    expect(memoryTrend([{ atMs: 0, mb: 50 }])).toMatchObject({ middleMb: 50, lastMb: 50, isLevel: true });
  });

  it("is kept by process, and a process with another id was replaced", () => {
    const book = new MemoryBook();
    for (const [atMs, pid] of [1, 1, 2].entries()) {
      book.see("media", pid, { atMs, mb: 20 });
      book.see("Tab", 9, { atMs, mb: 200 });
    }
    expect(book.replaced).toEqual(["media"]);
    expect(Object.keys(book.trends)).toEqual(["media", "Tab"]);
    expect(book.words).toBe("media 20, Tab 200");
  });
});
