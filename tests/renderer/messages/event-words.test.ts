import { expect, test } from "vitest";
import { eventTypeWords } from "../../../renderer/messages/event-words.ts";
import type { Say } from "../../../renderer/messages/messages.ts";
import { en } from "../../../renderer/messages/en.ts";
import { eventTypes } from "../../../shared/model/event.ts";

const say: Say = (key) => en[key];

test("every kind of event has words of its own, and an unknown one is shown as it is written", () => {
  const words = eventTypes.map((type) => eventTypeWords(say, type));
  expect(new Set(words).size).toBe(eventTypes.length);
  expect(eventTypeWords(say, "door-forced")).toBe("Door forced");
  expect(eventTypeWords(say, "from-the-future")).toBe("from-the-future");
});
