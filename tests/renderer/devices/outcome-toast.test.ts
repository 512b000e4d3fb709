import { expect, test } from "vitest";
import { outcomeToast } from "../../../renderer/features/devices/use-device-actions.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";
import type { DeviceOutcome } from "../../../shared/contract/devices.ts";
import { sampleSite } from "../sample-devices.ts";

const { say } = messagesFor("en");
const devices = sampleSite(9);
const outcome = (index: number, kind: "done" | "failed"): DeviceOutcome => {
  const deviceId = devices[index]?.id;
  if (deviceId === undefined) throw new Error("no such device");
  return kind === "done" ? { kind, deviceId } : { kind, deviceId, reason: "timeout", detail: "" };
};

test("one device that failed is named with why and what to do", () => {
  const toast = outcomeToast(say, devices.slice(0, 1), [outcome(0, "failed")], "refresh");
  expect(toast.severity).toBe("serious");
  expect(toast.title).toContain("Assembly point");
  expect(toast.detail).toContain("did not answer in time");
  expect(toast.detail).toContain("check the network");
});

test("all went well: no detail, no alarm", () => {
  const toast = outcomeToast(say, devices.slice(0, 1), [outcome(0, "done")], "login");
  expect(toast.severity).toBe("normal");
  expect(toast.detail).toBeUndefined();
});

test("of many the first five that failed are named and the rest counted; those not asked are counted too", () => {
  const failed = Array.from({ length: 7 }, (_, index) => outcome(index, "failed"));
  const toast = outcomeToast(say, devices, [...failed, outcome(7, "done")], "refresh");
  expect(toast.title).toMatch(/1/);
  expect(toast.title).toMatch(/7/);
  expect(toast.detail).toContain("Gate: no answer");
  expect(toast.detail).not.toContain("Perimeter north");
  expect(toast.detail).toContain("2");
});
