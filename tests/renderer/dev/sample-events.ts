import type { Device } from "../../../shared/model/device.ts";
import type { Event, EventType } from "../../../shared/model/event.ts";
import { createFakeEvents, type FakeEvents } from "../fake-events.ts";

const types: readonly EventType[] = [
  "motion",
  "tamper",
  "access-denied",
  "door-forced",
  "device-event",
  "deaf",
];

/** So many events on these devices, a few seconds apart; one device is deaf. */
export function sampleEvents(devices: readonly Device[], count: number): FakeEvents {
  const now = Date.now();
  const events = Array.from({ length: count }, (_, n): Event => {
    const device = devices[n % Math.max(1, devices.length)];
    const type = types[n % types.length] ?? "motion";
    const at = now - (count - n) * 7_000;
    return {
      id: n + 1,
      occurredAt: at,
      receivedAt: at + 140,
      offsetMs: -41_000,
      deviceAt: at - 41_000,
      deviceId: device?.id ?? null,
      channelId: device?.channels[0]?.id ?? null,
      place: device?.name ?? "",
      type,
      state: n % 3 === 0 ? null : n % 3 === 1 ? "begun" : "ended",
      source: type === "deaf" ? "console" : "device",
      topic: type === "deaf" ? "" : "onvif:RuleEngine/CellMotionDetector/Motion",
      detail: type === "deaf" ? "no answer in time" : "MyMotionDetectorRule · Motion",
      items: [
        { name: "VideoSourceConfigurationToken", value: "VideoSourceConfig_1" },
        { name: "Rule", value: "MyMotionDetectorRule" },
        { name: "IsMotion", value: "true" },
      ],
    };
  });
  const [first] = devices;
  const state = { kind: "deaf", since: now, reason: "timeout", detail: "no answer", retryAt: null } as const;
  const listening = first === undefined ? [] : [{ deviceId: first.id, state }];
  return { ...createFakeEvents(), events, listening };
}
