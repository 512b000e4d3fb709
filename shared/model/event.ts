import { z } from "zod";
import { ChannelId, DeviceId } from "../base/ids.ts";

/** What an event is about, whatever the maker calls it. The message catalogue has words for each. */
export const eventTypes = [
  // in front of the camera
  "motion",
  "line-crossed",
  "intrusion",
  "loitering",
  "object-left",
  "object-removed",
  "object",
  "person",
  "vehicle",
  "animal",
  "face",
  "package",
  "visitor",
  "plate",
  "counting",
  "sound",
  // done to the camera
  "tamper",
  "image-quality",
  "video-loss",
  // inputs, outputs, the device itself
  "digital-input",
  "relay",
  "hardware",
  "environment",
  "monitoring",
  "security",
  "recording",
  "ptz",
  "configuration",
  // doors and cards
  "access-granted",
  "access-denied",
  "access-request",
  "access-not-taken",
  "duress",
  "access-point",
  "door",
  "door-forced",
  "door-held",
  "door-tamper",
  "door-fault",
  "door-mode",
  "door-lock",
  // not understood yet: kept as it came
  "device-event",
  // what the console itself noticed
  "picture-live",
  "picture-stale",
  "source-lost",
  "device-lost",
  "deaf",
  "events-dropped",
  "clock-drift",
  "login-refused",
  "disk",
  "console",
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/** A property that began or ended; null: it happened once, and has no state. */
export const EventState = z.enum(["begun", "ended"]).nullable();
export type EventState = z.infer<typeof EventState>;

/** Longest texts of an event; what is longer is cut where it is parsed, and said so. */
export const eventLimits = {
  place: 64,
  topic: 400,
  detail: 500,
  itemName: 64,
  itemValue: 512,
  items: 32,
} as const;

/** One value that came with an event, as the device sent it. */
export const EventItem = z.strictObject({
  name: z.string().max(eventLimits.itemName),
  value: z.string().max(eventLimits.itemValue),
});
export type EventItem = z.infer<typeof EventItem>;

/** An immutable fact as it is handed to the store. */
export const NewEvent = z.strictObject({
  /** When it happened, ms UTC: the device's time less its measured offset, or our own. */
  occurredAt: z.int(),
  /** When the console heard of it. */
  receivedAt: z.int(),
  /** The device's clock less ours that `occurredAt` was corrected by; null: `occurredAt` is our own time. */
  offsetMs: z.int().nullable(),
  /** What the device's own clock said; null when it said nothing that is a time. */
  deviceAt: z.int().nullable(),
  deviceId: DeviceId.nullable(),
  channelId: ChannelId.nullable(),
  /** Name of the camera or device at that time: events outlive both. */
  place: z.string().max(eventLimits.place),
  type: EventType,
  state: EventState,
  source: z.enum(["device", "console"]),
  /** As the device named it, namespaces resolved: `onvif:VideoSource/MotionAlarm`. Empty for the console's own. */
  topic: z.string().max(eventLimits.topic),
  detail: z.string().max(eventLimits.detail),
  items: z.array(EventItem).max(eventLimits.items),
});
export type NewEvent = z.infer<typeof NewEvent>;

/** A stored event. Ids count up in the order in which the console heard of them. */
export const Event = NewEvent.extend({ id: z.int() });
export type Event = z.infer<typeof Event>;

/** Where a page of events ends: pass it back for the next, older one. */
export const EventCursor = z.strictObject({ at: z.int(), id: z.int() });
export type EventCursor = z.infer<typeof EventCursor>;

/** Which events are wanted. Empty lists and null mean: all. */
export const EventQuery = z.strictObject({
  /** From (inclusive) and to (exclusive), ms UTC; null: no bound. */
  from: z.int().nullable(),
  to: z.int().nullable(),
  deviceIds: z.array(DeviceId).max(256),
  channelIds: z.array(ChannelId).max(256),
  types: z.array(EventType).max(eventTypes.length),
  /** Words that all occur in it; the last one may be the beginning of a word. */
  text: z.string().max(200),
});
export type EventQuery = z.infer<typeof EventQuery>;

/** One event on a channel's lane, or how many there were in a step of time when there are too many to draw. */
export const EventMark = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("event"),
    id: z.int(),
    channelId: ChannelId,
    at: z.int(),
    type: EventType,
    state: EventState,
  }),
  z.strictObject({
    kind: z.literal("count"),
    channelId: ChannelId,
    /** From here on for `forMs`. */
    at: z.int(),
    forMs: z.int().min(1),
    type: EventType,
    count: z.int().min(1),
  }),
]);
export type EventMark = z.infer<typeof EventMark>;

/** What the console itself noticed, before it becomes an event. */
export interface ConsoleFact {
  readonly type: EventType;
  readonly state?: EventState;
  /** When it happened; left out: now. */
  readonly occurredAt?: number;
  readonly deviceId?: DeviceId | null;
  readonly channelId?: ChannelId | null;
  readonly detail: string;
}
