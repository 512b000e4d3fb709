import type { Clock } from "../../../shared/base/clock.ts";
import {
  createPullPoint,
  pullMessages,
  renewSubscription,
  setSynchronizationPoint,
  unsubscribe,
  type Pulled,
  type Subscription,
} from "../../drivers/onvif/events/event-calls.ts";
import type { SoapClient } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";

export interface PullSessionDeps {
  readonly clock: Clock;
  readonly open: () => Promise<SoapClient>;
}

/** Terms are short, so that a console that died leaves nothing behind that fills the device's pull points. */
const termS = 60;
/** Some devices tell an end that has passed already: they are believed to mean at least this. */
const leastTermMs = 60_000;
const renewAfterMs = 25_000;
/** One pull waits this long at the device: also how exactly the beginning of a silent failure is known. */
const waitS = 5;
const limit = 200;
/** Between pulls: after messages, so that a storm comes in batches; after an answer that came too early. */
const floorMs = 120;
const idleFloorMs = 750;
/** State is asked for this often; a device that used to repeat it and no longer does is deaf, whatever it answers. */
const heartbeatMs = 15_000;
const heartbeatAnswerMs = 10_000;

interface Live {
  readonly subscription: Subscription;
  readonly client: SoapClient;
  /** Monotonic: until when it lasts, and when it is renewed. */
  endsAtMs: number;
  renewAtMs: number;
}

/** One subscription at one device: made, renewed, asked, and made anew when it is gone. Throws `SoapError`. */
export class PullSession {
  readonly #deps: PullSessionDeps;
  #client: SoapClient | undefined;
  #live: Live | undefined;
  #canRenew = true;
  #gap: { readonly from: number; readonly to: number } | undefined;
  #goodAt: number | undefined;
  #notBeforeMs = 0;
  #isWaiting = false;
  /** `beats` since subscribing: what comes after the first one may be the subscription's own greeting. */
  #heartbeat = { beats: 0, nextMs: 0, dueMs: Number.POSITIVE_INFINITY };
  /** The device has repeated its state when it was asked to. */
  #repeats = false;

  constructor(deps: PullSessionDeps) {
    this.#deps = deps;
  }

  /**
   * The last moment at which the channel is known to have worked; undefined: never.
   * @param isCut the connection itself broke: until that very moment the device could have told us.
   */
  lastGoodAt(isCut: boolean): number | undefined {
    if (isCut && this.#isWaiting && this.#goodAt !== undefined) this.#goodAt = this.#deps.clock.now();
    this.#isWaiting = false;
    return this.#goodAt;
  }

  /** What lies between the old subscription and the one made since; told once. */
  takeGap(): { readonly from: number; readonly to: number } | undefined {
    const gap = this.#gap;
    this.#gap = undefined;
    return gap;
  }

  /** The device has another address or login: the next call goes there. */
  reopen(): void {
    this.#client?.close();
    this.#client = undefined;
    this.#live = undefined;
  }

  async close(): Promise<void> {
    const live = this.#live;
    this.#live = undefined;
    if (live !== undefined) await unsubscribe(live.client, live.subscription).catch(ignoreGone);
    this.#client?.close();
    this.#client = undefined;
  }

  /** One pull, with what must come before it. Never sooner after the last one than the floor allows. */
  async pull(path: string, signal: AbortSignal): Promise<Pulled> {
    const { clock } = this.#deps;
    const pauseMs = this.#notBeforeMs - clock.monotonicMs();
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
    const live = await this.#subscription(path, signal);
    await this.#beat(live, signal);
    const sentMs = clock.monotonicMs();
    this.#isWaiting = true;
    try {
      const pulled = await pullMessages(live.client, live.subscription, { waitS, limit }, signal);
      this.#isWaiting = false;
      this.#answered(pulled, sentMs);
      return pulled;
    } catch (error) {
      if (isGone(error)) this.#live = undefined;
      throw error;
    }
  }

  #answered(pulled: Pulled, sentMs: number): void {
    const { clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    if (pulled.messages.some(({ operation }) => operation === "Initialized")) {
      this.#repeats ||= this.#heartbeat.beats > 1;
      this.#heartbeat.dueMs = Number.POSITIVE_INFINITY;
    } else if (this.#repeats && nowMs > this.#heartbeat.dueMs) {
      this.#live = undefined;
      this.#repeats = false;
      throw new SoapError({ reason: "stalled", words: "the device answers but no longer repeats its state" });
    }
    const isOwing = this.#repeats && this.#heartbeat.dueMs !== Number.POSITIVE_INFINITY;
    if (!isOwing || pulled.messages.length > 0) this.#goodAt = clock.now();
    const cameEmptyEarly = pulled.messages.length === 0 && nowMs - sentMs < waitS * 500;
    this.#notBeforeMs = nowMs + (cameEmptyEarly ? idleFloorMs : floorMs);
  }

  async #subscription(path: string, signal: AbortSignal): Promise<Live> {
    const { clock } = this.#deps;
    const live = this.#live;
    const nowMs = clock.monotonicMs();
    if (live !== undefined && nowMs < live.renewAtMs) return live;
    if (live !== undefined && nowMs < live.endsAtMs && this.#canRenew) return this.#renew(live, path, signal);
    return this.#subscribe(path, signal);
  }

  async #renew(live: Live, path: string, signal: AbortSignal): Promise<Live> {
    const { clock } = this.#deps;
    try {
      const granted = await renewSubscription(live.client, live.subscription, termS, signal);
      Object.assign(live, term(granted, clock.monotonicMs()));
      return live;
    } catch (error) {
      if (isGone(error)) {
        this.#live = undefined;
        throw error;
      }
      if (!(error instanceof SoapError) || error.httpStatus === undefined) throw error;
      // It answers but cannot renew: a new one takes over before the old one ends, which ends by itself.
      this.#canRenew = false;
      return this.#subscribe(path, signal);
    }
  }

  async #subscribe(path: string, signal: AbortSignal): Promise<Live> {
    const { clock, open } = this.#deps;
    const before = this.#live;
    this.#client ??= await open();
    const client = this.#client;
    try {
      const subscription = await createPullPoint(client, path, termS, signal);
      const live: Live = { subscription, client, ...term(subscription.termMs, clock.monotonicMs()) };
      if (!this.#canRenew) live.renewAtMs = live.endsAtMs - 15_000;
      const isNew = before === undefined || clock.monotonicMs() >= before.endsAtMs;
      if (isNew && this.#goodAt !== undefined) this.#gap = { from: this.#goodAt, to: clock.now() };
      this.#live = live;
      this.#heartbeat = { beats: 0, nextMs: 0, dueMs: Number.POSITIVE_INFINITY };
      return live;
    } catch (error) {
      if (before !== undefined && clock.monotonicMs() < before.endsAtMs && !isRefusal(error)) return before;
      if (isRefusal(error)) {
        this.#client = undefined;
        client.close();
      }
      throw error;
    }
  }

  /** Asks for the state of everything: at once after subscribing, then as a sign of life. */
  async #beat(live: Live, signal: AbortSignal): Promise<void> {
    const nowMs = this.#deps.clock.monotonicMs();
    const { beats, dueMs, nextMs } = this.#heartbeat;
    if (nowMs < nextMs) return;
    try {
      await setSynchronizationPoint(live.client, live.subscription, signal);
      const due = beats > 0 ? Math.min(dueMs, nowMs + heartbeatAnswerMs) : dueMs;
      this.#heartbeat = { beats: beats + 1, nextMs: nowMs + heartbeatMs, dueMs: due };
    } catch (error) {
      if (isGone(error)) this.#live = undefined;
      if (!(error instanceof SoapError) || error.fault === undefined || isGone(error)) throw error;
      // It has no such call: nothing to be learnt from it.
      this.#heartbeat = { beats: 0, nextMs: nowMs + heartbeatMs * 20, dueMs: Number.POSITIVE_INFINITY };
    }
  }
}

function term(grantedMs: number | undefined, nowMs: number): { endsAtMs: number; renewAtMs: number } {
  const lastsMs = grantedMs === undefined || grantedMs <= 0 ? leastTermMs : grantedMs;
  return { endsAtMs: nowMs + lastsMs, renewAtMs: nowMs + Math.min(renewAfterMs, lastsMs * 0.5) };
}

/** The device no longer knows the subscription. */
function isGone(error: unknown): boolean {
  if (!(error instanceof SoapError)) return false;
  if (error.httpStatus === 404 || error.httpStatus === 410) return true;
  return (
    error.fault?.subcodes.some((code) =>
      /^(ResourceUnknown|ResourceUnavailable|InvalidResource)/u.test(code),
    ) === true
  );
}

const isRefusal = (error: unknown): boolean => error instanceof SoapError && error.refusedLogin;

/** At the end it does not matter whether the device still listens: its terms are short. */
function ignoreGone(error: unknown): void {
  if (!(error instanceof SoapError)) throw error;
}
