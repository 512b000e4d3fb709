import type { Clock } from "../../../shared/base/clock.ts";
import type { CameraCounters } from "../counters.ts";
import type { RawEvent } from "../site-api.ts";
import type { EventMessage } from "./event-message.ts";
import { PullPoint } from "./pull-point.ts";

/** The events of one camera: the state of its properties and the pull points that hear of them. */
export class EventHub {
  readonly #clock: Clock;
  readonly #counters: CameraCounters;
  readonly #properties = new Map<string, RawEvent>();
  readonly #pullPoints = new Map<string, PullPoint>();
  #nextId = 1;

  constructor(deps: { readonly clock: Clock; readonly counters: CameraCounters }) {
    this.#clock = deps.clock;
    this.#counters = deps.counters;
    deps.counters.watchSubscriptions(() => this.live.length);
  }

  /** Pull points whose term has not run out. */
  get live(): readonly PullPoint[] {
    for (const [id, point] of this.#pullPoints) if (point.isOver) this.#pullPoints.delete(id);
    return [...this.#pullPoints.values()];
  }

  /** Properties and their state now. */
  get properties(): readonly RawEvent[] {
    return [...this.#properties.values()];
  }

  /** Gives a property its state without telling anybody: what it is when the camera starts. */
  prime(event: RawEvent): void {
    this.#properties.set(propertyKey(event), { ...event, property: true });
  }

  /** Tells every pull point; remembers the state when it is a property. */
  raise(event: RawEvent): void {
    this.#counters.eventsRaised += 1;
    const isProperty = event.property === true;
    if (isProperty) this.#properties.set(propertyKey(event), event);
    const message: EventMessage = {
      event,
      at: this.#clock.now(),
      operation: isProperty ? "Changed" : undefined,
    };
    for (const point of this.live) point.push(message);
  }

  /** A new pull point, holding every property as Initialized. */
  subscribe(termMs: number, filter: readonly string[]): PullPoint {
    const id = `${String(this.#nextId)}-${Math.trunc(this.#clock.monotonicMs()).toString(36)}`;
    this.#nextId += 1;
    const point = new PullPoint({ id, clock: this.#clock, termMs, filter });
    this.#pullPoints.set(id, point);
    this.synchronise(point);
    this.#counters.countSubscription();
    return point;
  }

  /** Repeats the state of every property to one pull point. */
  synchronise(point: PullPoint): void {
    const at = this.#clock.now();
    for (const event of this.#properties.values()) point.push({ event, at, operation: "Initialized" });
  }

  /** The living pull point of that id. */
  find(id: string): PullPoint | undefined {
    return this.live.find((point) => point.id === id);
  }

  end(point: PullPoint): void {
    point.end();
    this.#pullPoints.delete(point.id);
  }

  endAll(): void {
    for (const point of this.#pullPoints.values()) point.end();
    this.#pullPoints.clear();
  }
}

function propertyKey(event: RawEvent): string {
  return JSON.stringify([event.topic, event.source ?? {}, event.key ?? {}]);
}
