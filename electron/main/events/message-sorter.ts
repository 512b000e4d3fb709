import type { Clock } from "../../../shared/base/clock.ts";
import type { Device } from "../../../shared/model/device.ts";
import { eventLimits, type EventType, type NewEvent } from "../../../shared/model/event.ts";
import type { EventMessage } from "../../drivers/onvif/events/event-message.ts";
import { placeInTime } from "./event-time.ts";
import { deviceFlood, FloodGate } from "./flood-gate.ts";
import { PropertyBook } from "./property-book.ts";
import { readEvent, type ReadEvent } from "./read-event.ts";

export interface MessageSorterDeps {
  readonly clock: Clock;
  /** What a person wants a topic to be; null: what the console's table says. */
  readonly chosenType: (topic: string) => EventType | "ignored" | null;
}

/** How often a flood is told, at most. */
const tellEveryMs = 10_000;

/** Makes events of one device's messages: reads them, leaves out what is no news, bounds a flood. */
export class MessageSorter {
  readonly #deps: MessageSorterDeps;
  readonly #book = new PropertyBook();
  readonly #gate: FloodGate;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: MessageSorterDeps) {
    this.#deps = deps;
    this.#gate = new FloodGate(deviceFlood, deps.clock.monotonicMs());
  }

  /** What is active at the device now. */
  get active(): readonly ReadEvent[] {
    return this.#book.active;
  }

  /** The news among the messages, in their order. */
  sort(messages: readonly EventMessage[], device: Device): NewEvent[] {
    const { clock, chosenType } = this.#deps;
    const nowMs = clock.monotonicMs();
    const events: NewEvent[] = [];
    for (const message of messages) {
      const read = readEvent(message, device, chosenType(message.topic.name));
      if (read === undefined) continue;
      const verdict = this.#book.consider(read, nowMs);
      if (verdict.kind !== "news" || !this.#gate.admit(nowMs)) continue;
      const wasUnheard = read.operation === "Initialized" ? "ended while no events came" : "";
      events.push(this.#event(read, device, verdict.state, wasUnheard));
    }
    return [...events, ...this.tick(device)];
  }

  /** What time itself brings: ends that never came, and the count of what a flood cost. Call it every second or so. */
  tick(device: Device): NewEvent[] {
    const { clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    const over = this.#book.expire(nowMs).map((read) => {
      const remark = "no end came from the device";
      return this.#event({ ...read, deviceAt: null }, device, "ended", remark);
    });
    if (this.#gate.dropped === 0 || nowMs - this.#toldAtMs < tellEveryMs) return over;
    this.#toldAtMs = nowMs;
    const detail = `${this.#gate.takeDropped()} events dropped: the device sends too many`;
    return [...over, { ...this.#own(device), type: "events-dropped", detail }];
  }

  #event(read: ReadEvent, device: Device, state: NewEvent["state"], remark: string): NewEvent {
    const receivedAt = this.#deps.clock.now();
    const time = placeInTime(read.deviceAt, device.clockOffsetMs, receivedAt);
    const detail = [read.detail, remark, time.remark].filter(Boolean).join(" · ");
    const name = device.channels.find(({ id }) => id === read.channelId)?.name ?? device.name;
    return {
      occurredAt: time.occurredAt,
      receivedAt,
      offsetMs: time.offsetMs,
      deviceAt: read.deviceAt,
      deviceId: device.id,
      channelId: read.channelId,
      place: name.slice(0, eventLimits.place),
      type: read.type,
      state,
      source: "device",
      topic: read.topic,
      detail: detail.slice(0, eventLimits.detail),
      items: [...read.items],
    };
  }

  #own(device: Device): NewEvent {
    const now = this.#deps.clock.now();
    return {
      occurredAt: now,
      receivedAt: now,
      offsetMs: null,
      deviceAt: null,
      deviceId: device.id,
      channelId: null,
      place: device.name.slice(0, eventLimits.place),
      type: "events-dropped",
      state: null,
      source: "console",
      topic: "",
      detail: "",
      items: [],
    };
  }
}
