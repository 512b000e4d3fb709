import { beforeEach, describe, expect, it } from "vitest";
import { ProofLease } from "../../../renderer/player/proof-lease.ts";

interface Asked {
  readonly keyframes: readonly Keyframe[];
  readonly timing: KeyframeAnimationOptions;
}

let nowMs = 0;
let asked: Asked | undefined;
let animation: { startTime: number | null; isCancelled: boolean };
let lease: ProofLease;

/** How much of the veil is there at a time, as a browser would work it out from what was asked. */
function opacityAt(atMs: number): number {
  if (asked === undefined || animation.isCancelled) return 1;
  const { keyframes, timing } = asked;
  const progress = (atMs - Number(animation.startTime)) / Number(timing.duration);
  const frames = keyframes.map(({ opacity, offset }, index) => ({
    opacity: Number(opacity),
    offset: offset ?? index / (keyframes.length - 1),
  }));
  const next = frames.findIndex(({ offset }) => offset > Math.min(1, Math.max(0, progress)));
  const [from, to] = [frames.at(next - 1), frames[next]];
  if (next === -1 || from === undefined || to === undefined) return frames.at(-1)?.opacity ?? 1;
  const part = (progress - from.offset) / (to.offset - from.offset);
  return from.opacity + (to.opacity - from.opacity) * part;
}

beforeEach(() => {
  nowMs = 500_000;
  animation = { startTime: null, isCancelled: false };
  const veil = document.createElement("div");
  Object.assign(veil, {
    animate: (keyframes: readonly Keyframe[], timing: KeyframeAnimationOptions) => {
      asked = { keyframes, timing };
      return Object.assign(animation, {
        cancel: () => {
          animation.isCancelled = true;
        },
      });
    },
  });
  lease = new ProofLease(veil, () => nowMs);
});

describe("the lease of a live claim", () => {
  it("leaves the veil in sight until something was proven", () => {
    expect(opacityAt(nowMs)).toBe(1);
  });

  it("hides the veil while the claim holds, and has all of it back within 0.4 s after", () => {
    lease.hold(nowMs + 1_900);
    expect(opacityAt(nowMs)).toBe(0);
    expect(opacityAt(nowMs + 1_900)).toBe(0);
    expect(opacityAt(nowMs + 2_100)).toBeCloseTo(0);
    expect(opacityAt(nowMs + 2_300)).toBe(1);
    expect(opacityAt(nowMs + 600_000)).toBe(1);
  });

  it("stays hidden through any run of renewals, and ends by the last proof it was told of", () => {
    for (let beat = 0; beat < 40; beat++) {
      lease.hold(nowMs + 1_800);
      expect(opacityAt(nowMs)).toBe(0);
      nowMs += 250;
      expect(opacityAt(nowMs)).toBe(0);
    }
    const lastEndMs = nowMs - 250 + 1_800;
    expect(opacityAt(lastEndMs + 350)).toBe(1);
    expect(opacityAt(nowMs + 900)).toBe(0);
  });

  it("shortens when a claim ends earlier than was thought", () => {
    lease.hold(nowMs + 5_000);
    lease.hold(nowMs + 100);
    expect(opacityAt(nowMs + 450)).toBe(1);
  });

  it("fixes its times by the page's clock: a page that stops right after a renewal gains nothing", () => {
    lease.hold(nowMs + 1_000);
    expect(animation.startTime).not.toBeNull();
    expect(Number(animation.startTime) + Number(asked?.timing.duration)).toBeLessThanOrEqual(nowMs + 1_350);
  });

  it("gives the veil back when it is dropped", () => {
    lease.hold(nowMs + 1_900);
    lease.drop();
    expect(opacityAt(nowMs)).toBe(1);
  });
});
