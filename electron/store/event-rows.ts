import { z } from "zod";
import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import { type Event, EventItem, EventState, EventType } from "../../shared/model/event.ts";
import { parseRows } from "./rows.ts";

const Items = z.string().transform((text, context) => {
  const parsed = z.array(EventItem).safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: "not a list of items" });
  return z.NEVER;
});

const EventRow = z.strictObject({
  id: z.int(),
  occurredAt: z.int(),
  receivedAt: z.int(),
  offsetMs: z.int().nullable(),
  deviceAt: z.int().nullable(),
  deviceId: DeviceId.nullable(),
  channelId: ChannelId.nullable(),
  place: z.string(),
  // A type that a later console wrote is still an event.
  type: EventType.catch("device-event"),
  state: EventState,
  source: z.enum(["device", "console"]),
  topic: z.string(),
  detail: z.string(),
  items: Items,
});

/** Columns of `event` under the names of the model. */
export const eventColumns = `id, occurred_at as occurredAt, received_at as receivedAt, offset_ms as offsetMs,
  device_at as deviceAt, device_id as deviceId, channel_id as channelId, place, type, state, source, topic, detail, items`;

/** Rows of `event` in the model's words. Throws `StoreError` `bad-row`. */
export const readEventRows = (rows: readonly unknown[]): Event[] => parseRows(EventRow, "event", rows);
