import { EventType } from "../../shared/model/event.ts";
import type { Say } from "./messages.ts";

/** A kind of event in words; one that this console does not know reads as it is written. */
export function eventTypeWords(say: Say, type: string): string {
  const known = EventType.safeParse(type);
  return known.success ? say(`event.type.${known.data}`) : type;
}
