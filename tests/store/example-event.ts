import type { NewEvent } from "../../shared/model/event.ts";

/** A plain event of the console; what matters to a test is given. */
export const exampleEvent = (part: Partial<NewEvent> = {}): NewEvent => ({
  occurredAt: 1_000,
  receivedAt: part.occurredAt ?? 1_000,
  offsetMs: null,
  deviceAt: null,
  deviceId: null,
  channelId: null,
  place: "",
  type: "console",
  state: null,
  source: "console",
  topic: "",
  detail: "",
  items: [],
  ...part,
});
