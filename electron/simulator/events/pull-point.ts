import type { Clock } from "../../../shared/base/clock.ts";
import type { EventMessage } from "./event-message.ts";

const maxQueued = 500;

/** A subscription that is asked for its messages (ONVIF core, pull-point notification). */
export class PullPoint {
  readonly id: string;
  readonly #clock: Clock;
  readonly #filter: readonly string[];
  readonly #queue: EventMessage[] = [];
  readonly #waiting = new Set<() => void>();
  #endsAtMs: number;
  #isEnded = false;

  constructor(deps: {
    readonly id: string;
    readonly clock: Clock;
    readonly termMs: number;
    /** Topic paths without prefixes; `VideoSource//.` stands for all below. Empty: everything. */
    readonly filter: readonly string[];
  }) {
    this.id = deps.id;
    this.#clock = deps.clock;
    this.#filter = deps.filter;
    this.#endsAtMs = deps.clock.monotonicMs() + deps.termMs;
  }

  get isOver(): boolean {
    return this.#isEnded || this.#clock.monotonicMs() >= this.#endsAtMs;
  }

  /** Ms until its term runs out. */
  get leftMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.monotonicMs());
  }

  /** Keeps the message when the filter lets it; the oldest goes when too many wait. */
  push(message: EventMessage): void {
    if (!this.#wants(message.event.topic)) return;
    this.#queue.push(message);
    if (this.#queue.length > maxQueued) this.#queue.shift();
    this.#wake();
  }

  renew(termMs: number): void {
    this.#endsAtMs = this.#clock.monotonicMs() + termMs;
  }

  /** Lets waiting pulls go home empty. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** Up to `limit` messages, as soon as there is one; an empty list after `timeoutMs` or when it is over. */
  async pull(limit: number, timeoutMs: number, signal: AbortSignal): Promise<EventMessage[]> {
    if (this.#queue.length === 0 && !this.isOver) await this.#waitForOne(timeoutMs, signal);
    return this.#queue.splice(0, Math.max(1, limit));
  }

  async #waitForOne(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const wake = (): void => woken.abort(new Error("woken"));
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    try {
      if (!signal.aborted) await this.#clock.sleep(Math.min(timeoutMs, this.leftMs), woken.signal);
    } catch (error) {
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#waiting.delete(wake);
      signal.removeEventListener("abort", wake);
    }
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #wants(topic: string): boolean {
    if (this.#filter.length === 0) return true;
    const path = plainTopic(topic);
    return this.#filter.some((wanted) =>
      wanted.endsWith("//.") ? `${path}/`.startsWith(`${wanted.slice(0, -3)}/`) : path === wanted,
    );
  }
}

/** A topic path without the prefixes of its steps. */
export function plainTopic(topic: string): string {
  return topic
    .trim()
    .split("/")
    .map((step) => step.slice(step.indexOf(":") + 1))
    .join("/");
}
