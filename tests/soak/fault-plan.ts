import type { FaultInput } from "../../electron/simulator/fault.ts";
import type { RebootOptions } from "../../electron/simulator/site-api.ts";

/** What is done to one camera; `forMs` is how long a fault stays, the others happen at once. */
export type Blow = { readonly name: string; readonly camera: number } & (
  | { readonly fault: FaultInput; readonly forMs: number }
  | { readonly reboot: RebootOptions }
  | { readonly skewClockMs: number }
);

type Deed =
  | { readonly fault: FaultInput; readonly forMs: number }
  | { readonly reboot: RebootOptions }
  | { readonly skewClockMs: number };
type Kind = readonly [name: string, deed: (random: () => number) => Deed];

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

const largestJumpMs = 3_600_000;

/** A fault that stays between so many ms and twice that. */
const fault =
  (input: FaultInput, leastMs: number) =>
  (random: () => number): Deed => ({ fault: input, forMs: Math.round(leastMs * (1 + random())) });

/** Each of these has its turn in every round. */
export const mainKinds: readonly Kind[] = [
  ["kill", () => ({ fault: { kind: "rtsp-kill" }, forMs: 500 })],
  ["stall", fault({ kind: "rtsp-stall" }, 6_000)],
  ["garbage", fault({ kind: "rtsp-garbage" }, 3_000)],
  ["reboot", () => ({ reboot: { newAddress: "next", downMs: 3_000 } })],
  ["clock-jump", (random) => ({ skewClockMs: Math.round((random() * 2 - 1) * largestJumpMs) })],
];

/** One of these ends every round. */
export const extraKinds: readonly Kind[] = [
  ["delay", fault({ kind: "rtsp-delay", delayMs: 6_000 }, 8_000)],
  ["malformed-nals", fault({ kind: "rtsp-malformed-nals" }, 4_000)],
  ["power-cut", () => ({ reboot: { downMs: 4_000, abrupt: true } })],
  ["frozen-timestamps", fault({ kind: "rtsp-frozen-timestamps" }, 5_000)],
  ["refuse", fault({ kind: "rtsp-refuse" }, 5_000)],
  ["jumping-timestamps", fault({ kind: "rtsp-jumping-timestamps" }, 5_000)],
  ["loss", fault({ kind: "rtsp-loss" }, 5_000)],
  ["resolution-change", fault({ kind: "rtsp-resolution-change" }, 5_000)],
  ["hang", fault({ kind: "rtsp-hang" }, 8_000)],
  ["http-drop", fault({ kind: "drop" }, 8_000)],
];

/** The blow of one turn: the main kinds in order, then one extra; each on a camera by chance. */
export function blowOf(turn: number, cameras: number, random: () => number): Blow {
  const camera = Math.floor(random() * cameras);
  const place = turn % (mainKinds.length + 1);
  const round = Math.floor(turn / (mainKinds.length + 1));
  const kind = mainKinds[place] ?? extraKinds[round % extraKinds.length];
  if (kind === undefined) throw new Error("there is no kind of blow");
  const [name, deed] = kind;
  return { name, camera, ...deed(random) };
}
