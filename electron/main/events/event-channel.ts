import type { BackoffPolicy } from "../../../shared/base/backoff.ts";
import type { Clock } from "../../../shared/base/clock.ts";
import { NeedsPersonError, supervise } from "../../../shared/base/supervise.ts";
import type { FailureReason } from "../../../shared/model/device.ts";
import type { EventMessage } from "../../drivers/onvif/events/event-message.ts";
import type { SoapClient } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import { PullSession } from "./pull-session.ts";

/** How a device's events stand. */
export type ListeningState =
  | { readonly kind: "connecting" }
  | { readonly kind: "listening"; readonly since: number }
  /** No events since `since`, which is the last moment at which the channel was known to work. */
  | {
      readonly kind: "deaf";
      readonly since: number;
      readonly reason: FailureReason;
      readonly detail: string;
      readonly retryAt: number | null;
    };

export interface EventChannelDeps {
  readonly clock: Clock;
  readonly random: () => number;
  /** A client for the device as it is stored now, with its login. Throws `SoapError`. */
  readonly open: () => Promise<SoapClient>;
  /** Path of the event service; undefined: the device has none any more. */
  readonly path: () => string | undefined;
  readonly heard: (messages: readonly EventMessage[], unreadable: number) => void;
  readonly changed: (state: ListeningState) => void;
  /** The channel was blind from then to then: nothing that happened in between is sure to be known. */
  readonly blind: (from: number, to: number, why: string, wasTold: boolean) => void;
  /** It is deaf since then, and it does not look as if it were back in a moment. */
  readonly deafened: (since: number, why: string) => void;
}

/** Devices come back within seconds; a device that hears us again must not wait for us a minute. */
export const listeningBackoff: BackoffPolicy = {
  firstMs: 1_000,
  maxMs: 8_000,
  jitter: 0.2,
  healthyAfterMs: 10_000,
};

/** A single miss that is over by then is the device's way of ending a pull, not a fault. */
const patienceMs = 3_000;

/**
 * Listens to one device for as long as it is stored: one subscription, short terms, and the word "deaf" when it stops.
 *
 * After a failure it goes on with the same subscription while its term lasts, because the device has kept what happened
 * meanwhile; only a subscription that is gone is made anew, and what lies between is a blind interval.
 */
export class EventChannel {
  readonly #deps: EventChannelDeps;
  readonly #ends = new AbortController();
  readonly #wakers = new Set<() => void>();
  #session: PullSession | undefined;
  #done: Promise<void> = Promise.resolve();
  #state: ListeningState = { kind: "connecting" };
  /** Set while the channel does not work: since when, and whether that was told. */
  #lapse: { readonly since: number; isTold: boolean; why: string } | undefined;

  constructor(deps: EventChannelDeps) {
    this.#deps = deps;
  }

  get state(): ListeningState {
    return this.#state;
  }

  start(): void {
    const { clock, random } = this.#deps;
    this.#done = supervise((signal, healthy) => this.#listen(signal, healthy), {
      clock,
      random,
      signal: this.#ends.signal,
      policy: listeningBackoff,
      wake: (signal) => this.#bell(signal),
      onFailure: ({ error, retryAt }) => this.#failed(error, retryAt ?? null),
    });
  }

  /** Ends, and gives the subscription up when the device lets us within two seconds. */
  async stop(): Promise<void> {
    this.#ends.abort(new Error("no longer listened to"));
    await this.#done;
    await this.#session?.close();
    this.#session = undefined;
  }

  /** The device came back, moved, or has another login: tries at once. */
  wake(isChanged: boolean): void {
    if (isChanged) this.#session?.reopen();
    for (const wake of this.#wakers) wake();
  }

  async #listen(signal: AbortSignal, healthy: () => void): Promise<void> {
    const { clock, open, heard } = this.#deps;
    const path = this.#deps.path();
    if (path === undefined) throw new NeedsPersonError("the device has no event service");
    this.#session ??= new PullSession({ clock, open });
    const session = this.#session;
    try {
      for (;;) {
        const pulled = await session.pull(path, signal);
        healthy();
        this.#works(session);
        if (pulled.messages.length + pulled.unreadable > 0) heard(pulled.messages, pulled.unreadable);
      }
    } catch (error) {
      if (error instanceof SoapError && error.refusedLogin)
        throw new NeedsPersonError(error.message, { cause: error });
      throw error;
    }
  }

  /** An answer came: whatever was missing is over. */
  #works(session: PullSession): void {
    const { clock, blind } = this.#deps;
    const lapse = this.#lapse;
    this.#lapse = undefined;
    if (this.#state.kind !== "listening") this.#set({ kind: "listening", since: clock.now() });
    const gap = session.takeGap();
    const from = Math.min(lapse?.since ?? Number.POSITIVE_INFINITY, gap?.from ?? Number.POSITIVE_INFINITY);
    // The same subscription goes on and nothing was told: the device kept what happened.
    if (gap === undefined && lapse?.isTold !== true) return;
    if (!Number.isFinite(from)) return;
    const to = Math.max(from, gap?.to ?? clock.now());
    blind(from, to, lapse?.why ?? "the subscription was gone", lapse?.isTold === true);
  }

  #failed(thrown: unknown, retryAt: number | null): void {
    const { clock, deafened } = this.#deps;
    const error = thrown instanceof NeedsPersonError && thrown.cause !== undefined ? thrown.cause : thrown;
    const why = error instanceof Error ? error.message : String(error);
    const reason = error instanceof SoapError ? error.reason : "internal";
    const now = clock.now();
    const since = this.#session?.lastGoodAt(reason === "closed" || reason === "refused") ?? now;
    const isFirst = this.#lapse === undefined;
    this.#lapse ??= { since, isTold: false, why };
    const lapse = this.#lapse;
    const isSure = !isFirst || reason === "timeout" || retryAt === null || now - lapse.since >= patienceMs;
    if (!isSure) return;
    this.#set({ kind: "deaf", since: lapse.since, reason, detail: why.slice(0, 500), retryAt });
    if (lapse.isTold) return;
    lapse.isTold = true;
    deafened(lapse.since, why);
  }

  #set(state: ListeningState): void {
    this.#state = state;
    this.#deps.changed(state);
  }

  #bell(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wakers.delete(wake);
        resolve();
      };
      this.#wakers.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}
