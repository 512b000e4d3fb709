import { z } from "zod";
import { EventQuery, EventType } from "./event.ts";

/** A topic that devices have used. */
export const EventTopic = z.strictObject({
  topic: z.string().min(1).max(400),
  /** What a person wants it to be; null: what the console's own table says. */
  type: z.union([EventType, z.literal("ignored")]).nullable(),
  seen: z.int(),
  lastAt: z.int(),
  /** Values it last came with. */
  example: z.string().max(500),
});
export type EventTopic = z.infer<typeof EventTopic>;

/** Columns of the event log that can be shown or hidden; time and what happened are always there. */
export const eventColumnNames = ["place", "state", "detail", "topic", "received", "source"] as const;
export const EventColumn = z.enum(eventColumnNames);
export type EventColumn = z.infer<typeof EventColumn>;

/** A saved view of the event log: what is filtered, which columns, how dense. */
export const EventView = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(64),
  query: EventQuery.omit({ from: true, to: true }),
  /** The last so many hours; null: all. */
  lastHours: z.int().min(1).max(8_760).nullable(),
  columns: z.array(EventColumn).max(eventColumnNames.length),
  density: z.enum(["dense", "roomy"]),
});
export type EventView = z.infer<typeof EventView>;
