import { describe, expect, it } from "vitest";
import { ProgressWatch, type Progress } from "../../../renderer/player/progress-watch.ts";

/** What the watch says last after `seconds` of beats, four a second. */
function after(
  seconds: number,
  at: (second: number) => Omit<Progress, "isPlaying"> & Partial<Progress>,
): ReturnType<ProgressWatch["look"]> {
  const watch = new ProgressWatch();
  let said: ReturnType<ProgressWatch["look"]>;
  for (let beat = 0; beat <= seconds * 4; beat++)
    said ??= watch.look(beat * 250, { isPlaying: true, ...at(beat / 4) });
  return said;
}

describe("noticing a feed that raises no error", () => {
  it.each([
    ["a feed that plays", 20, (s: number) => ({ received: s * 10, endS: s, currentS: s - 0.15 }), undefined],
    [
      "a camera that is gone",
      20,
      () => ({ isPlaying: false, received: 40, endS: 4, currentS: 4 }),
      undefined,
    ],
    ["nothing though the camera sends", 11, () => ({ received: 40, endS: 4, currentS: 4 }), "silent"],
    [
      "bytes that make no pictures",
      4,
      (s: number) => ({ received: s * 10, endS: 4, currentS: 4 }),
      "unreadable",
    ],
    [
      "a decoder that stands still",
      5,
      (s: number) => ({ received: s * 10, endS: 4 + s, currentS: 4 }),
      "frozen",
    ],
  ] as const)("%s", (_name, seconds, at, expected) => {
    expect(after(seconds, at)).toBe(expected);
  });

  it("does not count the time in which the window was hidden", () => {
    const watch = new ProgressWatch();
    watch.look(0, { isPlaying: true, received: 0, endS: 0, currentS: 0 });
    expect(watch.look(600_000, { isPlaying: true, received: 6_000, endS: 0, currentS: 0 })).toBeUndefined();
  });
});
