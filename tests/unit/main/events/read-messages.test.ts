import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readInstant, readMessages } from "../../../../electron/drivers/onvif/events/event-message.ts";
import { readTopic } from "../../../../electron/drivers/onvif/events/event-topic.ts";
import { parseXml, XmlError } from "../../../../electron/drivers/soap/xml.ts";
import { findKind } from "../../../../electron/main/events/event-kinds.ts";
import { placeInTime } from "../../../../electron/main/events/event-time.ts";
import { deviceFlood, FloodGate } from "../../../../electron/main/events/flood-gate.ts";
import { PropertyBook } from "../../../../electron/main/events/property-book.ts";
import { readEvent, type ReadEvent } from "../../../../electron/main/events/read-event.ts";
import { eventLimits } from "../../../../shared/model/event.ts";

const onvif = "http://www.onvif.org/ver10/topics";
const reply = (topic: string, message: string, declared = `xmlns:tns1="${onvif}"`): string =>
  `<r ${declared}><NotificationMessage><Topic>${topic}</Topic><Message>${message}</Message></NotificationMessage></r>`;
const item = (name: string, value: string): string => `<SimpleItem Name="${name}" Value="${value}"/>`;
const device = { channels: [] };

function readOne(xml: string): ReadEvent | undefined {
  const [message] = readMessages(parseXml(xml)).messages;
  return message === undefined ? undefined : readEvent(message, device, null);
}

test("a topic is told by its namespace, whatever prefix the device gave it", () => {
  const body = `<Message PropertyOperation="Changed"><Data>${item("State", "1")}</Data></Message>`;
  for (const [topic, declared] of [
    ["tns1:VideoSource/MotionAlarm", `xmlns:tns1="${onvif}"`],
    ["q:VideoSource/q:MotionAlarm/.", `xmlns:q="${onvif}"`],
    ["tns1:VideoSource/MotionAlarm", ""],
    ["VideoSource/MotionAlarm", ""],
  ] as const) {
    expect(readOne(reply(topic, body, declared))).toMatchObject({
      type: "motion",
      isActive: true,
      topic: "onvif:VideoSource/MotionAlarm",
    });
  }
  const foreign = readOne(reply("tns1:VideoSource/MotionAlarm", body, 'xmlns:tns1="urn:somebody"'));
  expect(foreign).toMatchObject({ type: "device-event", topic: "{urn:somebody}VideoSource/MotionAlarm" });
});

test("doors tell what happened by the value of their state", () => {
  const door = (value: string): ReadEvent | undefined =>
    readOne(reply("tns1:Door/State/DoorAlarm", `<Message><Data>${item("State", value)}</Data></Message>`));
  expect(door("DoorForcedOpen")).toMatchObject({ type: "door-forced", isActive: true });
  expect(door("DoorOpenTooLong")).toMatchObject({ type: "door-held", isActive: true });
  expect(door("Normal")).toMatchObject({ isActive: false });
});

test("every topic the ONVIF specifications name is known, and no other", () => {
  const file = new URL("../../../fixtures/onvif-topics.txt", import.meta.url);
  const topics = readFileSync(file, "utf8").trim().split("\n");
  expect(topics).toHaveLength(111);
  expect(topics.filter((topic) => findKind("onvif", topic) === undefined)).toEqual([]);
  expect(findKind("onvif", "constructor")).toBeUndefined();
  expect(findKind("onvif", "Something/New")).toBeUndefined();
});

test("nothing a device sends throws or grows: any XML, 50 levels, 2 MB of items, wrong types", () => {
  const bounded = (xml: string): void => {
    let root;
    try {
      root = parseXml(xml);
    } catch (error) {
      expect(error).toBeInstanceOf(XmlError);
      return;
    }
    for (const message of readMessages(root).messages) {
      const read = readEvent(message, device, null);
      expect(read?.items.length).toBeLessThanOrEqual(eventLimits.items);
      expect(read?.detail.length).toBeLessThanOrEqual(eventLimits.detail);
      expect(read?.topic.length).toBeLessThanOrEqual(eventLimits.topic);
      for (const { name, value } of read?.items ?? []) {
        expect(name.length).toBeLessThanOrEqual(eventLimits.itemName);
        expect(value.length).toBeLessThanOrEqual(eventLimits.itemValue);
      }
    }
  };
  const steps = Array.from({ length: 50 }, (_, n) => `Step${n}`).join("/");
  bounded(reply(`tns1:${steps}`, `<Message><Data>${item("a", "x".repeat(2_000_000))}</Data></Message>`));
  bounded(reply("tns1:A", `<Message><Data>${item("a", "b").repeat(20_000)}</Data></Message>`));
  bounded(reply("tns1:A", `${"<Message>".repeat(40)}${"</Message>".repeat(40)}`));
  const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((raw) => raw.replaceAll(/[<&"]/gu, ""));
  fc.assert(
    fc.property(text, text, text, text, (topic, time, operation, value) => {
      bounded(
        reply(
          topic,
          `<Message UtcTime="${time}" PropertyOperation="${operation}"><Data>${item("State", value)}</Data></Message>`,
        ),
      );
    }),
  );
});

test("a topic expression gives at most 16 steps and 400 characters, or nothing", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 5_000 }), (expression) => {
      const topic = readTopic(expression, new Map());
      expect(topic?.name.length ?? 0).toBeLessThanOrEqual(400);
      expect(topic?.path.split("/").length ?? 0).toBeLessThanOrEqual(16);
    }),
  );
});

test("times with and without zone are read, and what is no time is none", () => {
  expect(readInstant("2026-11-22T08:00:00+08:00")).toBe(Date.UTC(2026, 10, 22));
  expect(readInstant("2026-11-22T00:00:00.123456")).toBe(Date.UTC(2026, 10, 22) + 123);
  for (const text of ["0000-00-00T00:00:00Z", "", "now", "2026-13-45T99:00:00Z", "1e9"]) {
    expect(readInstant(text)).toBeNull();
  }
});

test("an event from 1970 or next week happened when we heard of it; any other when its device says, corrected", () => {
  const now = Date.UTC(2026, 10, 22);
  expect(placeInTime(0, 0, now)).toMatchObject({ occurredAt: now, offsetMs: null });
  expect(placeInTime(now + 7 * 86_400_000, 0, now)).toMatchObject({ occurredAt: now });
  expect(placeInTime(now - 95_000, -90_000, now)).toEqual({
    occurredAt: now - 5_000,
    offsetMs: -90_000,
    remark: "",
  });
  fc.assert(
    fc.property(fc.option(fc.maxSafeInteger()), fc.option(fc.maxSafeInteger()), (deviceAt, offsetMs) => {
      const { occurredAt } = placeInTime(deviceAt, offsetMs, now);
      expect(occurredAt).toBeLessThanOrEqual(now);
      expect(occurredAt).toBeGreaterThanOrEqual(now - 3_600_000);
    }),
  );
});

const motion = (part: Partial<ReadEvent>): ReadEvent => ({
  type: "motion",
  isActive: true,
  operation: "Changed",
  channelId: null,
  causeKey: "motion",
  partKey: "a",
  topic: "t",
  deviceAt: null,
  detail: "",
  items: [],
  ...part,
});

test("whatever a device says in whatever order, begun and ended take turns", () => {
  const word = fc.record({
    partKey: fc.constantFrom("a", "b", "c"),
    isActive: fc.boolean(),
    operation: fc.constantFrom("Initialized", "Changed", "Deleted", null),
    waitMs: fc.integer({ min: 0, max: 90_000 }),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const book = new PropertyBook();
      let nowMs = 0;
      // What was active when we came is not news, but its end is: so the first may be either.
      let last: string | undefined;
      for (const { waitMs, ...part } of words) {
        nowMs += waitMs;
        for (const _ of book.expire(nowMs)) {
          expect(last).not.toBe("ended");
          last = "ended";
        }
        const wasActive = book.active.length > 0;
        const verdict = book.consider(motion(part), nowMs);
        if (verdict.kind === "news") {
          expect(verdict.state).toBe(wasActive ? "ended" : "begun");
          expect(part.operation === "Initialized" && verdict.state === "begun").toBe(false);
          last = verdict.state ?? undefined;
        } else if (part.operation === "Initialized" && book.active.length > 0) last = undefined;
      }
    }),
  );
});

test("motion that never ends is over after two minutes without a word", () => {
  const book = new PropertyBook();
  expect(book.consider(motion({}), 0)).toEqual({ kind: "news", state: "begun" });
  expect(book.consider(motion({}), 100_000)).toEqual({ kind: "repeat" });
  expect(book.expire(219_999)).toEqual([]);
  expect(book.expire(220_000)).toHaveLength(1);
  expect(book.consider(motion({}), 230_000)).toEqual({ kind: "news", state: "begun" });
});

test("a flood of 1,000 a second is bounded and every one that is not kept is counted", () => {
  const gate = new FloodGate(deviceFlood, 0);
  let kept = 0;
  for (let n = 0; n < 60_000; n += 1) if (gate.admit(n)) kept += 1;
  expect(kept).toBeLessThanOrEqual(deviceFlood.burst + 60 * deviceFlood.perSecond);
  expect(kept + gate.takeDropped()).toBe(60_000);
  expect(gate.takeDropped()).toBe(0);
});
