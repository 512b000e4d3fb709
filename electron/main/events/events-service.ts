import type { Clock } from "../../../shared/base/clock.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { ChannelId, DeviceId } from "../../../shared/base/ids.ts";
import { type ConsoleFact, type Event, eventLimits, type NewEvent } from "../../../shared/model/event.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Store } from "../../store/store.ts";

export interface EventsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "appendEvents" | "expireEvents">;
  /** What a channel, or else a device, is called now; empty: nobody knows. */
  readonly placeOf: (deviceId: DeviceId | null, channelId: ChannelId | null) => string;
}

const largestBatch = 500;
const mostWaiting = 20_000;
const retryAfterMs = 5_000;
const keptForMs = 365 * 86_400_000;
const expireEveryMs = 3_600_000;

/**
 * The event log: every fact goes through here, one batch after the other, in the order in which it was told.
 *
 * What the store cannot take waits and is tried again; when more waits than memory should hold, the rest is counted
 * and the count becomes an event. `recorded` is published after the commit.
 */
export class EventsService {
  readonly #deps: EventsServiceDeps;
  /** Events, after they are on the disk, in the order of their ids. */
  readonly recorded = new Topic<readonly Event[]>();
  readonly #waiting: NewEvent[] = [];
  readonly #ends = new AbortController();
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #isFailing = false;
  #expiring: Promise<void> = Promise.resolve();

  constructor(deps: EventsServiceDeps) {
    this.#deps = deps;
  }

  /** Begins to let go of what is older than a year. */
  start(): void {
    this.#expiring = this.#expire(this.#ends.signal);
  }

  /** Writes what waits, if the store lets it, and ends. */
  async stop(): Promise<void> {
    this.#ends.abort(new Error("the event log ends"));
    await this.#writing;
    await this.#expiring;
  }

  /** Takes events as they are. */
  record(events: readonly NewEvent[]): void {
    const room = Math.max(0, mostWaiting - this.#waiting.length);
    this.#waiting.push(...events.slice(0, room));
    this.#dropped += Math.max(0, events.length - room);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Takes what the console noticed. */
  note(facts: readonly ConsoleFact[]): void {
    const now = this.#deps.clock.now();
    this.record(
      facts.map(({ type, state = null, occurredAt = now, deviceId = null, channelId = null, detail }) => ({
        occurredAt,
        receivedAt: now,
        offsetMs: null,
        deviceAt: null,
        deviceId,
        channelId,
        place: this.#deps.placeOf(deviceId, channelId).slice(0, eventLimits.place),
        type,
        state,
        source: "console",
        topic: "",
        detail: detail.slice(0, eventLimits.detail),
        items: [],
      })),
    );
  }

  /** Resolves when everything told so far is on the disk, or the store refused it. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    const { clock, log, store } = this.#deps;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, largestBatch);
      try {
        const stored = await store.appendEvents(batch);
        this.#waiting.splice(0, batch.length);
        this.#isFailing = false;
        this.recorded.publish(stored);
      } catch (error) {
        if (!this.#isFailing) log.error("events could not be written; tried again", { why: String(error) });
        this.#isFailing = true;
        const isOver = await clock.sleep(retryAfterMs, this.#ends.signal).then(
          () => false,
          () => true,
        );
        if (isOver) return;
      }
      this.#tellDropped();
    }
  }

  #tellDropped(): void {
    if (this.#dropped === 0 || this.#isFailing) return;
    const detail = `${this.#dropped} events came while the store could not be written and are not in the log`;
    this.#dropped = 0;
    this.note([{ type: "events-dropped", detail }]);
  }

  async #expire(signal: AbortSignal): Promise<void> {
    const { clock, log, store } = this.#deps;
    while (!signal.aborted) {
      try {
        await clock.sleep(expireEveryMs, signal);
        while ((await store.expireEvents(clock.now() - keptForMs)) === 500) await clock.sleep(50, signal);
      } catch (error) {
        if (!signal.aborted) log.error("old events could not be removed", { why: String(error) });
      }
    }
  }
}
