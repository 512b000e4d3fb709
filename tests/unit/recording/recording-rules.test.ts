import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { triggersOf } from "../../../electron/main/recording/event-triggers.ts";
import { EventGate } from "../../../electron/main/recording/event-gate.ts";
import { ordersFor, planRecording } from "../../../electron/main/recording/recording-plan.ts";
import { RecordingRules } from "../../../electron/main/recording/recording-rules.ts";
import { weekTimeIn } from "../../../electron/main/recording/week-time.ts";
import { ChannelId, DeviceId } from "../../../shared/base/ids.ts";
import type { Event } from "../../../shared/model/event.ts";
import {
  defaultRecordingRule,
  hoursOfSchedule,
  scheduledMode,
  scheduleOfHours,
  WeekSchedule,
  type RecordingRule,
} from "../../../shared/model/recording-rule.ts";
import { defaultSettings, type Settings } from "../../../shared/model/settings.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { exampleAdoption } from "../../store/example-device.ts";
import { openMemoryStore } from "../../store/open-memory-store.ts";

const channelId = ChannelId.parse("channel-a");
const event = (state: "begun" | "ended" | null, at = 0) => ({
  channelId,
  type: "motion" as const,
  state,
  at,
});

describe("an event", () => {
  test("that has no end keeps a recording going for the post-roll, and a further one extends it", () => {
    const gate = new EventGate();
    gate.hear(event(null, 100), 0, 20_000);
    expect(gate.since(channelId, 19_999)).toBe(100);
    gate.hear(event(null, 15_100), 15_000, 20_000);
    expect(gate.since(channelId, 34_999)).toBe(100);
    expect(gate.since(channelId, 35_000)).toBeUndefined();
    gate.hear(event(null, 40_000), 40_000, 20_000);
    expect(gate.since(channelId, 40_000)).toBe(40_000);
  });

  test("that lasts is recorded until its end and the post-roll after it", () => {
    const gate = new EventGate();
    gate.hear(event("begun", 7), 0, 20_000);
    expect(gate.since(channelId, 3_600_000)).toBe(7);
    gate.hear(event("ended"), 3_600_000, 20_000);
    expect(gate.since(channelId, 3_619_999)).toBe(7);
    expect(gate.since(channelId, 3_620_000)).toBeUndefined();
  });

  test("that ends without having begun starts nothing, and one that ended does not end another", () => {
    const gate = new EventGate();
    gate.hear(event("ended"), 0, 20_000);
    expect(gate.since(channelId, 0)).toBeUndefined();
    gate.hear(event("begun"), 0, 1_000);
    gate.hear({ ...event("begun"), type: "tamper" }, 0, 1_000);
    gate.hear(event("ended"), 10_000, 1_000);
    expect(gate.since(channelId, 60_000)).toBe(0);
  });
});

describe("a schedule", () => {
  const hours = fc.array(fc.constantFrom("continuous" as const, "event" as const, null), {
    minLength: 168,
    maxLength: 168,
  });
  test("made of hours says of each hour what it was made of, and is a valid schedule", () => {
    fc.assert(
      fc.property(hours, (week) => {
        const schedule = scheduleOfHours(week);
        expect(WeekSchedule.safeParse(schedule).success).toBe(true);
        expect(hoursOfSchedule(schedule)).toEqual(week);
      }),
    );
  });

  test("with spans that overlap or are out of order is refused", () => {
    const span = (day: number, fromMinute: number, toMinute: number) =>
      ({ day, fromMinute, toMinute, mode: "event" }) as const;
    expect(WeekSchedule.safeParse([span(0, 0, 60), span(0, 59, 90)]).success).toBe(false);
    expect(WeekSchedule.safeParse([span(1, 0, 60), span(0, 0, 60)]).success).toBe(false);
    expect(WeekSchedule.safeParse([span(0, 60, 60)]).success).toBe(false);
    expect(WeekSchedule.safeParse([span(0, 0, 60), span(0, 60, 1_440)]).success).toBe(true);
  });

  test("holds by the clock on the wall on the days when summer time begins and ends", () => {
    const berlin = weekTimeIn("Europe/Berlin");
    const schedule = [{ day: 6, fromMinute: 150, toMinute: 180, mode: "continuous" as const }];
    const isOn = (at: number): boolean => scheduledMode(schedule, berlin(at)) !== null;
    const minutesOn = (from: number): number =>
      Array.from({ length: 24 * 60 }, (_, minute) => from + minute * 60_000).filter(isOn).length;
    // 02:30 to 03:00 on Sundays: it comes twice on 25 October 2026, once on 1 November, never on 28 March 2027.
    expect(minutesOn(Date.UTC(2026, 9, 24, 22))).toBe(60);
    expect(minutesOn(Date.UTC(2026, 9, 31, 23))).toBe(30);
    expect(minutesOn(Date.UTC(2027, 2, 27, 23))).toBe(0);
  });

  test("knows midnight and the weekday in zones on both sides of the date line", () => {
    const at = Date.UTC(2026, 10, 22, 11);
    expect(weekTimeIn("UTC")(at)).toEqual({ day: 6, minute: 660 });
    expect(weekTimeIn("Pacific/Auckland")(at)).toEqual({ day: 0, minute: 0 });
    expect(weekTimeIn("Pacific/Pago_Pago")(at)).toEqual({ day: 6, minute: 0 });
  });
});

async function site(rule: Partial<RecordingRule>, settings: Partial<Settings> = {}) {
  const clock = new FakeClock(Date.UTC(2026, 10, 22, 5));
  const { store, close } = openMemoryStore();
  await store.saveAdoption(exampleAdoption("a"));
  const rules = new RecordingRules({ clock, store, settings: () => ({ ...defaultSettings, ...settings }) });
  await rules.load();
  await rules.set(channelId, { ...defaultRecordingRule, ...rule });
  return { clock, store, close, rules };
}

describe("what is to be done with a channel", () => {
  test("follows its schedule from minute to minute", async () => {
    const { clock, close, rules } = await site(
      { mode: "schedule", schedule: [{ day: 6, fromMinute: 301, toMinute: 302, mode: "continuous" }] },
      { timeZone: "UTC" },
    );
    const task = () => rules.orders(channelId).task;
    expect(task()).toEqual({ kind: "rest", cause: "schedule" });
    await clock.advance(60_000);
    expect(task()).toEqual({ kind: "write", from: null });
    await clock.advance(60_000);
    expect(task()).toEqual({ kind: "rest", cause: "schedule" });
    close();
  });

  test("on an event shows the pre-roll before it; an event that does not count changes nothing", async () => {
    const { clock, close, rules } = await site({ mode: "event", triggers: ["motion"], preRollS: 10 });
    expect(rules.orders(channelId).task).toEqual({ kind: "arm" });
    expect(rules.hear({ ...event("begun"), type: "person" })).toBe(false);
    expect(rules.orders(channelId).task).toEqual({ kind: "arm" });
    const at = clock.now();
    expect(rules.hear(event(null, at))).toBe(true);
    expect(rules.orders(channelId).task).toEqual({ kind: "write", from: at - 10_000 });
    await clock.advance(20_000);
    expect(rules.orders(channelId).task).toEqual({ kind: "arm" });
    close();
  });

  test("is recording whatever the rule says while a person asked for it, also after a restart, and says who", async () => {
    const { clock, close, rules, store } = await site({ mode: "off" });
    await rules.request([channelId], clock.now() + 600_000, "Anna");
    const again = new RecordingRules({ clock, store, settings: () => defaultSettings });
    await again.load();
    expect(again.orders(channelId)).toMatchObject({ task: { kind: "write" }, request: { by: "Anna" } });
    await clock.advance(600_000);
    expect(again.orders(channelId)).toMatchObject({ task: { kind: "rest", cause: "off" }, request: null });
    await rules.stop([channelId], "Ben");
    close();
  });
});

test("both streams of a channel are planned where it has two, and one where it has one", async () => {
  const { close, rules, store } = await site({ streams: "both" });
  const devices = await store.listDevices();
  const roles = (all: typeof devices) =>
    ordersFor(planRecording(all, (id) => rules.orders(id))).map(({ role }) => role);
  const had = devices[0]?.channels[0]?.streams.map(({ role }) => role) ?? [];
  expect(had).toContain("main");
  const stream = devices[0]?.channels[0]?.streams[0];
  const withStreams = (streams: readonly NonNullable<typeof stream>[]): typeof devices =>
    devices.map((device) => ({
      ...device,
      channels: device.channels.map((channel) => ({ ...channel, streams: [...streams] })),
    }));
  if (stream === undefined) throw new Error("the example has a stream");
  const main = { ...stream, codec: "H264" as const };
  expect(roles(withStreams([main, { ...main, role: "sub" }]))).toEqual(["main", "sub"]);
  expect(roles(withStreams([main]))).toEqual(["main"]);
  expect(roles(withStreams([{ ...main, codec: "JPEG" }]))).toEqual([]);
  close();
});

describe("a stored event", () => {
  const stored = (more: Partial<Event>): Event => ({
    id: 1,
    occurredAt: 1_000_000,
    receivedAt: 1_000_200,
    offsetMs: 0,
    deviceAt: null,
    deviceId: DeviceId.parse("device-a"),
    channelId,
    place: "",
    type: "motion",
    state: "begun",
    source: "device",
    topic: "",
    detail: "",
    items: [],
    ...more,
  });

  test("of a kind that can begin a recording does so at its channel, at the time it happened", () => {
    expect(triggersOf(stored({}), [])).toEqual([
      { channelId, type: "motion", state: "begun", at: 1_000_000 },
    ]);
    expect(triggersOf(stored({ type: "door" }), [])).toEqual([]);
    expect(triggersOf(stored({ type: "tamper", source: "console" }), [])).toEqual([]);
  });

  test("of no channel in particular counts for every channel of its device", async () => {
    const { store, close } = openMemoryStore();
    await store.saveAdoption(exampleAdoption("a"));
    const devices = await store.listDevices();
    const [trigger] = triggersOf(stored({ channelId: null, type: "digital-input", state: null }), devices);
    expect(trigger).toMatchObject({ channelId, type: "digital-input", state: null });
    expect(triggersOf(stored({ channelId: null, deviceId: null }), devices)).toEqual([]);
    close();
  });

  test("with a time that cannot be true is taken for a minute old at most, and never for one to come", () => {
    expect(triggersOf(stored({ occurredAt: 0 }), [])[0]?.at).toBe(940_200);
    expect(triggersOf(stored({ occurredAt: 9e12 }), [])[0]?.at).toBe(1_000_200);
  });
});
