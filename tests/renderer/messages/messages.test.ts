import { NoticeMessage } from "../../../shared/contract/app.ts";
import { JobTitle } from "../../../shared/model/job.ts";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { en } from "../../../renderer/messages/en.ts";
import { failureWords } from "../../../renderer/messages/failure-words.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";
import { FailureReason } from "../../../shared/model/device.ts";

const messages = messagesFor("en");

test("every message is valid", () => {
  for (const [key, source] of Object.entries(en)) {
    expect(() => new IntlMessageFormat(source, "en", undefined, { ignoreTag: true }), key).not.toThrow();
    expect(source.trim(), key).not.toBe("");
  }
});

test("every failure has a name, a cause and a remedy of its own", () => {
  const names = FailureReason.options.map((reason) => messages.say(failureWords[reason].name));
  expect(new Set(names).size).toBe(FailureReason.options.length);
  for (const reason of FailureReason.options) {
    expect(messages.say(failureWords[reason].cause)).toMatch(/\.$/);
    expect(messages.say(failureWords[reason].remedy)).toMatch(/\.$/);
  }
});

test("a missing value shows the message as it is written instead of failing", () => {
  expect(messages.say("vault.remove")).toBe("Remove login {label}");
});

test("every job and every notice that the main process can name has its sentence", () => {
  for (const key of [...JobTitle.options, ...NoticeMessage.options]) {
    expect(messages.say(key)).toMatch(/^[A-Z].{8,}/);
  }
});
