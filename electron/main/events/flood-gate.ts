/** How many events of one device are kept when it sends without end. */
export interface FloodLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** A camera that sees a lot sends tens a second; what is beyond this is a fault, and is counted. */
export const deviceFlood: FloodLimit = { perSecond: 100, burst: 2_000 };

/** Lets a device's events through until it floods, and counts what it does not let through. */
export class FloodGate {
  readonly #limit: FloodLimit;
  #room: number;
  #atMs: number;
  #dropped = 0;

  constructor(limit: FloodLimit, nowMs: number) {
    this.#limit = limit;
    this.#room = limit.burst;
    this.#atMs = nowMs;
  }

  /** How many were not let through and not told yet. */
  get dropped(): number {
    return this.#dropped;
  }

  /** May one more pass? @param nowMs monotonic */
  admit(nowMs: number): boolean {
    const { perSecond, burst } = this.#limit;
    this.#room = Math.min(burst, this.#room + ((nowMs - this.#atMs) * perSecond) / 1_000);
    this.#atMs = nowMs;
    if (this.#room < 1) {
      this.#dropped += 1;
      return false;
    }
    this.#room -= 1;
    return true;
  }

  /** What was dropped since the last time, and begins anew. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }
}
