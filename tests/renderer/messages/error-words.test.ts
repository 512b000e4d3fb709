import { ORPCError } from "@orpc/client";
import { expect, test } from "vitest";
import { errorWords } from "../../../renderer/messages/error-words.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";

const { say } = messagesFor("en");
const words = (code: string, data?: unknown): string => errorWords(say, new ORPCError(code, { data }));

test("a device's failure is said by its cause and its remedy, whatever the code", () => {
  expect(words("FAILED", { reason: "unreachable" })).toBe(
    "There is no way to the camera on the network. Check its power, its cable and the switch port it is on.",
  );
});

test("the console's own failures have words with a remedy", () => {
  expect(words("DISK_FULL")).toContain("Free some space");
  expect(words("FORBIDDEN")).toContain("Ask whoever looks after the console");
  expect(words("NOT_FOUND")).toContain("somebody else may have removed it");
  expect(words("VAULT_LOCKED")).toContain("Settings › Stored logins");
  expect(words("INTERNAL", { incident: "12345678" })).toContain("incident 12345678");
  expect(words("INTERNAL", { incident: 5 })).toContain("incident –");
});

test("what has no words says what it was told, and never nothing", () => {
  expect(words("NOT_SAVED", { detail: "the folder is read-only" })).toBe("the folder is read-only");
  expect(words("NOT_SAVED", { detail: "" })).not.toBe("");
  expect(errorWords(say, new Error("plain"))).toBe("plain");
  expect(errorWords(say, "thrown text")).toBe("thrown text");
  expect(words("FAILED", { reason: "no such reason", detail: "told" })).toBe("told");
});
