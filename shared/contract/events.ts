import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { DeviceId } from "../base/ids.ts";
import { Event, EventCursor, EventQuery, EventType } from "../model/event.ts";
import { EventTopic, EventView } from "../model/event-log.ts";
import { FailureReason } from "../model/device.ts";

const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000);

/** How a device's events stand: heard, or deaf since when and why. */
export const DeviceListening = z.strictObject({
  deviceId: DeviceId,
  state: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("connecting") }),
    z.strictObject({ kind: z.literal("listening"), since: instant }),
    z.strictObject({
      kind: z.literal("deaf"),
      since: instant,
      reason: FailureReason,
      detail: z.string().max(500),
      retryAt: instant.nullable(),
    }),
  ]),
});
export type DeviceListening = z.infer<typeof DeviceListening>;

/** New events, at most so many at a time; `missed` more came at the same time and are to be read. */
export const EventNews = z.strictObject({ events: z.array(Event).max(200), missed: z.int().min(0) });
export type EventNews = z.infer<typeof EventNews>;

export const events = {
  /** A page, newest first; with text in the order of receipt. `next` null: nothing older. */
  list: oc
    .input(
      z.strictObject({
        query: EventQuery,
        before: EventCursor.nullable(),
        limit: z.int().min(1).max(500),
      }),
    )
    .output(z.strictObject({ items: z.array(Event), next: EventCursor.nullable() })),
  /** What came, four times a second at most. */
  changed: oc.output(eventIterator(EventNews)),
  listening: oc.output(z.array(DeviceListening)),
  /** A device began or ceased to be heard. */
  listeningChanged: oc.output(eventIterator(DeviceListening)),
  /** Every topic devices have used, the latest first. */
  topics: oc.output(z.array(EventTopic)),
  /** Decides what a topic is from now on; null: what the console's own table says. */
  setTopic: oc
    .errors({ NOT_FOUND: {} })
    .input(
      z.strictObject({
        topic: EventTopic.shape.topic,
        type: z.union([EventType, z.literal("ignored")]).nullable(),
      }),
    )
    .output(z.null()),
  views: oc.output(z.array(EventView)),
  /** One of the same name is replaced. */
  saveView: oc.input(EventView).output(z.null()),
  removeView: oc.input(EventView.pick({ id: true })).output(z.null()),
  /** Asks the person where to, then writes everything the query finds there as a job; null: they chose no place. */
  export: oc
    .errors({ NOT_SAVED: { data: z.strictObject({ detail: z.string() }) } })
    .input(z.strictObject({ query: EventQuery, format: z.enum(["csv", "jsonl"]) }))
    .output(z.strictObject({ path: z.string(), events: z.int() }).nullable()),
};
