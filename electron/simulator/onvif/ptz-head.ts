import type { Clock } from "../../../shared/base/clock.ts";

/** Where the head looks: pan and tilt −1 … 1, zoom 0 … 1 (ONVIF generic spaces). */
export interface PtzPosition {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export type PtzVelocity = PtzPosition;

export interface PtzPreset {
  readonly token: string;
  name: string;
  position: PtzPosition;
}

type Motion =
  | { readonly kind: "still" }
  | {
      readonly kind: "velocity";
      readonly velocity: PtzVelocity;
      readonly sinceMs: number;
      readonly untilMs: number;
    }
  | {
      readonly kind: "target";
      readonly target: PtzPosition;
      readonly speed: PtzVelocity;
      readonly sinceMs: number;
    };

const axes = ["pan", "tilt", "zoom"] as const;
/** Full way from stop to stop at speed 1: pan and tilt 4 s, zoom 2 s. */
const unitsPerSecond: PtzPosition = { pan: 0.5, tilt: 0.5, zoom: 0.5 };
const lowest: PtzPosition = { pan: -1, tilt: -1, zoom: 0 };
const highest: PtzPosition = { pan: 1, tilt: 1, zoom: 1 };

/** A moving head: it takes time to get anywhere, and stops at its limits. */
export class PtzHead {
  readonly #clock: Clock;
  readonly presets = new Map<string, PtzPreset>();
  home: PtzPosition = { pan: 0, tilt: 0, zoom: 0 };
  #from: PtzPosition = { pan: 0, tilt: 0, zoom: 0 };
  #motion: Motion = { kind: "still" };
  #nextPreset = 1;

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
    this.setPreset("Entrance", undefined, { pan: -0.4, tilt: 0.1, zoom: 0.2 });
    this.setPreset("Far corner", undefined, { pan: 0.7, tilt: -0.2, zoom: 0.8 });
  }

  /** Where it looks now. */
  get position(): PtzPosition {
    const motion = this.#motion;
    if (motion.kind === "still") return this.#from;
    const now = this.#clock.monotonicMs();
    const until = motion.kind === "velocity" ? Math.min(now, motion.untilMs) : now;
    const seconds = Math.max(0, until - motion.sinceMs) / 1_000;
    return mapAxes((axis) => {
      if (motion.kind === "velocity") {
        return clamp(axis, this.#from[axis] + motion.velocity[axis] * unitsPerSecond[axis] * seconds);
      }
      const way = motion.target[axis] - this.#from[axis];
      const reach = Math.abs(motion.speed[axis]) * unitsPerSecond[axis] * seconds;
      return Math.abs(way) <= reach ? motion.target[axis] : this.#from[axis] + Math.sign(way) * reach;
    });
  }

  get isMoving(): boolean {
    const motion = this.#motion;
    if (motion.kind === "still") return false;
    const { position } = this;
    if (motion.kind === "target") return axes.some((axis) => position[axis] !== motion.target[axis]);
    if (this.#clock.monotonicMs() >= motion.untilMs) return false;
    return axes.some((axis) => {
      const limit = motion.velocity[axis] > 0 ? highest[axis] : lowest[axis];
      return motion.velocity[axis] !== 0 && position[axis] !== limit;
    });
  }

  /** Moves at that speed (−1 … 1 an axis) until stopped or `timeoutMs` is over. */
  moveContinuously(velocity: PtzVelocity, timeoutMs: number): void {
    const sinceMs = this.#settle();
    this.#motion = { kind: "velocity", velocity, sinceMs, untilMs: sinceMs + timeoutMs };
  }

  /** Goes to a position, within its limits. */
  moveTo(target: PtzPosition, speed: PtzVelocity = { pan: 1, tilt: 1, zoom: 1 }): void {
    const sinceMs = this.#settle();
    this.#motion = { kind: "target", target: mapAxes((axis) => clamp(axis, target[axis])), speed, sinceMs };
  }

  stop(): void {
    this.#settle();
    this.#motion = { kind: "still" };
  }

  /** Keeps where it looks (or `position`) under a token; a new one when none is given. */
  setPreset(name: string, token: string | undefined, position = this.position): PtzPreset {
    const own = token ?? String(this.#nextPreset);
    if (token === undefined) this.#nextPreset += 1;
    const preset = { token: own, name, position };
    this.presets.set(own, preset);
    return preset;
  }

  #settle(): number {
    this.#from = this.position;
    return this.#clock.monotonicMs();
  }
}

function clamp(axis: (typeof axes)[number], value: number): number {
  return Math.min(highest[axis], Math.max(lowest[axis], value));
}

function mapAxes(value: (axis: (typeof axes)[number]) => number): PtzPosition {
  return { pan: value("pan"), tilt: value("tilt"), zoom: value("zoom") };
}
