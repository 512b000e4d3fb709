import type { FaultInput } from "../../electron/simulator/fault.ts";

/** What is done to one camera; `forMs` is how long it stays, absent for what happens at once. */
export type Blow =
  | {
      readonly kind: "kill" | "stall" | "garbage";
      readonly camera: number;
      readonly fault: FaultInput;
      readonly forMs: number;
    }
  | { readonly kind: "reboot"; readonly camera: number }
  | { readonly kind: "clock-jump"; readonly camera: number; readonly byMs: number };

/** A small generator with a seed (mulberry32), so that a run can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const kinds = ["kill", "stall", "garbage", "reboot", "clock-jump"] as const;
const largestJumpMs = 3_600_000;

/** The blow of one turn: every kind has its turn, each on a camera by chance. */
export function blowOf(turn: number, cameras: number, random: () => number): Blow {
  const camera = Math.floor(random() * cameras);
  const kind = kinds[turn % kinds.length] ?? "kill";
  switch (kind) {
    case "kill":
      return { kind, camera, fault: { kind: "rtsp-kill" }, forMs: 500 };
    case "stall":
      return { kind, camera, fault: { kind: "rtsp-stall" }, forMs: 6_000 + random() * 6_000 };
    case "garbage":
      return { kind, camera, fault: { kind: "rtsp-garbage" }, forMs: 4_000 };
    case "reboot":
      return { kind, camera };
    case "clock-jump":
      return { kind, camera, byMs: Math.round((random() * 2 - 1) * largestJumpMs) };
  }
}
