import type { EventType } from "../../../shared/model/event.ts";
import type { ReadEvent } from "./read-event.ts";

/** What a message turned out to be: news to keep, or why not. */
export type Verdict =
  | { readonly kind: "news"; readonly state: "begun" | "ended" | null }
  | { readonly kind: "repeat" }
  | { readonly kind: "known" };

interface Cause {
  readonly last: ReadEvent;
  /** The parts that say it is so, and when each said it last (monotonic ms). */
  readonly active: Map<string, number>;
}

/** After so long without a word a thing in front of the camera is over, ms: some cameras never say the end. */
const endsAfterMs: Partial<Readonly<Record<EventType, number>>> = {
  motion: 120_000,
  "line-crossed": 120_000,
  intrusion: 120_000,
  loitering: 120_000,
  person: 120_000,
  vehicle: 120_000,
  animal: 120_000,
  face: 120_000,
  package: 120_000,
  visitor: 120_000,
  object: 120_000,
  sound: 120_000,
};

const mostCauses = 2_000;
const sameMomentMs = 1_000;

/**
 * What is so at one device: which properties are active, whatever topics tell them.
 *
 * `Initialized` sets state and is no news, except that it may show that something ended unheard. Two topics with one
 * cause are one event: it begins with the first and ends with the last.
 */
export class PropertyBook {
  readonly #causes = new Map<string, Cause>();
  readonly #once = new Map<
    string,
    { readonly topic: string; readonly text: string; readonly atMs: number }
  >();

  /** Takes a message. @param nowMs monotonic */
  consider(event: ReadEvent, nowMs: number): Verdict {
    if (event.isActive === null) return this.#considerOnce(event, nowMs);
    const cause = this.#causes.get(event.causeKey);
    const wasActive = cause !== undefined && cause.active.size > 0;
    const active = cause?.active ?? new Map<string, number>();
    const wasPart = active.has(event.partKey);
    if (event.isActive) active.set(event.partKey, nowMs);
    else active.delete(event.partKey);
    if (cause === undefined && this.#causes.size >= mostCauses) this.#forgetOne();
    this.#causes.set(event.causeKey, { last: event, active });
    const isNow = active.size > 0;
    if (event.operation === "Initialized") {
      return wasActive && !isNow ? { kind: "news", state: "ended" } : { kind: "known" };
    }
    if (isNow === wasActive) return wasPart === event.isActive ? { kind: "repeat" } : { kind: "known" };
    // The first word on something that is not so: it may have ended, but nothing was known to have begun.
    if (!isNow && cause === undefined) return { kind: "known" };
    return { kind: "news", state: isNow ? "begun" : "ended" };
  }

  /** What is over because nobody said a word for too long; each is to be told as ended. */
  expire(nowMs: number): ReadEvent[] {
    const over: ReadEvent[] = [];
    for (const cause of this.#causes.values()) {
      const limitMs = endsAfterMs[cause.last.type];
      if (limitMs === undefined || cause.active.size === 0) continue;
      for (const [part, atMs] of cause.active) if (nowMs - atMs >= limitMs) cause.active.delete(part);
      if (cause.active.size === 0) over.push(cause.last);
    }
    return over;
  }

  /** Types that are so now, for whoever asks. */
  get active(): readonly ReadEvent[] {
    return [...this.#causes.values()].filter(({ active }) => active.size > 0).map(({ last }) => last);
  }

  /** The same words again are a repeat; another topic for the same cause within a second is known. */
  #considerOnce(event: ReadEvent, nowMs: number): Verdict {
    if (event.operation === "Initialized") return { kind: "known" };
    const text = JSON.stringify([event.deviceAt, event.items]);
    const before = this.#once.get(event.causeKey);
    this.#once.delete(event.causeKey);
    this.#once.set(event.causeKey, { topic: event.topic, text, atMs: nowMs });
    if (this.#once.size > mostCauses) {
      const oldest = this.#once.keys().next();
      if (oldest.done !== true) this.#once.delete(oldest.value);
    }
    if (before === undefined) return { kind: "news", state: null };
    if (before.text === text && before.topic === event.topic) return { kind: "repeat" };
    const isSameCause = before.topic !== event.topic && nowMs - before.atMs < sameMomentMs;
    return isSameCause ? { kind: "known" } : { kind: "news", state: null };
  }

  #forgetOne(): void {
    for (const [key, { active }] of this.#causes) {
      if (active.size > 0) continue;
      this.#causes.delete(key);
      return;
    }
    const oldest = this.#causes.keys().next();
    if (oldest.done !== true) this.#causes.delete(oldest.value);
  }
}
