import { z } from "zod";
import type { RawEvent } from "../site-api.ts";

/** Steps are element names in the topic set; a prefix is one the simulator declares. */
const step = String.raw`(?:(?:tns1|tnsven):)?[A-Za-z_][A-Za-z0-9_.-]{0,60}`;
const items = z.record(z.string().min(1).max(100), z.string().max(4_000)).optional();

/** An event that can be written on the wire. */
export const RawEventShape = z.strictObject({
  topic: z
    .string()
    .max(400)
    .regex(new RegExp(`^(?:tns1|tnsven):[A-Za-z_][A-Za-z0-9_.-]{0,60}(?:/${step}){0,8}$`)),
  source: items,
  key: items,
  data: items,
  property: z.boolean().optional(),
});

/** Checks an event that tests or the control protocol made up. @throws ZodError */
export function readRawEvent(input: RawEvent): RawEvent {
  const { topic, source, key, data, property } = RawEventShape.parse(input);
  return {
    topic,
    ...(source === undefined ? {} : { source }),
    ...(key === undefined ? {} : { key }),
    ...(data === undefined ? {} : { data }),
    ...(property === undefined ? {} : { property }),
  };
}
