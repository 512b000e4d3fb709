import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlarmDefinitionId, ChannelId } from "../../../shared/base/ids.ts";
import { AlarmDefinition } from "../../../shared/model/alarm.ts";
import { AlarmLoad, alarmLoad, intervalMs, type LoadAlarm } from "../../../shared/model/alarm-load.ts";
import { relieved, reliefFor, unrelieved } from "../../../shared/model/alarm-relief.ts";
import { exampleDefinition } from "../../fixtures/example-alarm.ts";

const definitionId = AlarmDefinitionId.parse("intrusion");
const gate = ChannelId.parse("gate");
const at = (minute: number): number => minute * 60_000;
const day = at(1_440);

function loaded(change: Partial<LoadAlarm> = {}): LoadAlarm {
  return {
    definitionId,
    title: "Intrusion",
    place: "Gate",
    channelId: gate,
    deviceId: null,
    priority: 1,
    raisedAt: 0,
    acknowledgedAt: null,
    closedAt: null,
    disposition: null,
    stands: false,
    isShelved: false,
    ...change,
  };
}
const loadOf = (raised: readonly LoadAlarm[], change: Partial<Parameters<typeof alarmLoad>[0]> = {}) =>
  alarmLoad({ fromAt: 0, toAt: day, isWhole: true, raised, repeats: [], open: [], ...change });
const raisedAt = (...minutes: readonly number[]): LoadAlarm[] =>
  minutes.map((minute) => loaded({ raisedAt: at(minute) }));
const times = (count: number, minute: number): number[] => Array.from({ length: count }, () => minute);

describe("floods", () => {
  it("begin with ten alarms in ten minutes and last until fewer than five come", () => {
    const load = loadOf(raisedAt(...times(10, 5), ...times(5, 15), ...times(4, 25), ...times(9, 45)));
    expect(load.floods).toEqual({
      count: 1,
      share: 2 / 144,
      last: [{ fromAt: 0, toAt: 2 * intervalMs, count: 15 }],
    });
    expect(load.busiest).toEqual({ fromAt: 0, count: 10 });
  });

  it("do not begin with nine", () => {
    expect(loadOf(raisedAt(...times(9, 5))).floods.count).toBe(0);
  });
});

it("three times within a minute is chattering, folded repeats counted in", () => {
  const repeats = [20_000, 60_000].map((when) => ({
    at: when,
    definitionId,
    channelId: gate,
    deviceId: null,
  }));
  const load = loadOf(raisedAt(0), { repeats });
  expect(load.chattering).toBe(1);
  expect(load.worst).toMatchObject([{ raised: 1, repeats: 2, isChattering: true }]);
  expect(loadOf(raisedAt(0, 1, 2)).chattering).toBe(0);
});

it("what stands, is stale and is shelved is told as it is now, shelved alarms apart", () => {
  const open = [
    loaded({ raisedAt: -day, stands: true }),
    loaded({ raisedAt: day - 1, stands: true }),
    loaded({ raisedAt: -day, stands: true, isShelved: true }),
  ];
  expect(loadOf([], { open }).now).toEqual({ standing: 2, stale: 1, shelved: 1 });
});

it("median and 95th percentile are times that occurred, of those that were answered", () => {
  const raised = Array.from({ length: 20 }, (_, place) => loaded({ acknowledgedAt: (place + 1) * 1_000 }));
  const load = loadOf([...raised, loaded()]);
  expect(load.toAcknowledge).toEqual({ count: 20, p50Ms: 10_000, p95Ms: 19_000 });
  expect(load.toClose).toBeNull();
});

const anyAlarm = fc.record({
  definition: fc.constantFrom("intrusion", "door", "tamper"),
  channel: fc.constantFrom("gate", "yard", null),
  priority: fc.constantFrom(1, 2, 3, 4),
  raisedAt: fc.integer({ min: 0, max: day - 1 }),
  acknowledgedAfter: fc.option(fc.integer({ min: 0, max: day })),
});
const anyLoad = fc.array(anyAlarm, { maxLength: 200 }).map((rows) =>
  rows.map(({ definition, channel, priority, raisedAt: when, acknowledgedAfter }) =>
    loaded({
      definitionId: AlarmDefinitionId.parse(definition),
      channelId: channel === null ? null : ChannelId.parse(channel),
      priority,
      raisedAt: when,
      acknowledgedAt: acknowledgedAfter === null ? null : when + acknowledgedAfter,
    }),
  ),
);

it("every alarm is counted once, whatever came when, and in any order", () => {
  fc.assert(
    fc.property(anyLoad, (raised) => {
      const load = loadOf(raised);
      expect(AlarmLoad.parse(load)).toEqual(load);
      expect(load.raised).toBe(raised.length);
      expect(load.byPriority.reduce((sum, { count }) => sum + count, 0)).toBe(raised.length);
      // Nine pairs of definition and place at most: all of them are among the ten worst.
      expect(load.worst.reduce((sum, actor) => sum + actor.raised, 0)).toBe(raised.length);
      expect(load.worst.map((actor) => actor.raised)).toEqual(
        load.worst.map((actor) => actor.raised).toSorted((a, b) => b - a),
      );
      for (const flood of load.floods.last) expect(flood.count).toBeGreaterThanOrEqual(10);
      expect(load.floods.count > 0).toBe((load.busiest?.count ?? 0) >= 10);
      const { toAcknowledge } = load;
      if (toAcknowledge !== null) {
        const all = raised.map((alarm) => (alarm.acknowledgedAt ?? -1) - alarm.raisedAt);
        expect(toAcknowledge.p50Ms).toBeLessThanOrEqual(toAcknowledge.p95Ms);
        expect(all).toContain(toAcknowledge.p50Ms);
        expect(all).toContain(toAcknowledge.p95Ms);
      }
      expect({ ...loadOf(raised.toReversed()), worst: [] }).toEqual({ ...load, worst: [] });
    }),
  );
});

describe("suggestions", () => {
  const [actor] = loadOf(raisedAt(0)).worst;
  if (actor === undefined) throw new Error("an alarm that was raised is among the worst");
  const useless = { ...actor, closed: 40, useless: 40 };

  it("what is nearly always useless is switched off, unless it may mean danger: then it is lowered", () => {
    expect(reliefFor(useless, exampleDefinition({ priority: 3 }))).toEqual({ kind: "off" });
    expect(reliefFor(useless, exampleDefinition({ priority: 2 }))).toEqual({
      kind: "lower-priority",
      priority: 3,
    });
  });

  it("what repeats much is folded for longer, up to an hour", () => {
    const chattering = { ...actor, isChattering: true };
    expect(reliefFor(chattering, exampleDefinition({ foldMs: 60_000 }))).toEqual({
      kind: "longer-fold",
      foldMs: 300_000,
    });
    expect(reliefFor(chattering, exampleDefinition({ foldMs: 3_600_000 }))).toBeNull();
  });

  it("are not made for a definition that is off, gone, or raises what is real", () => {
    expect(reliefFor(useless, undefined)).toBeNull();
    expect(reliefFor(useless, exampleDefinition({ isEnabled: false }))).toBeNull();
    expect(reliefFor({ ...actor, raised: 900, closed: 900, useless: 90 }, exampleDefinition())).toBeNull();
  });

  it("make a valid change, end at some time, never switch off priority 1 or 2, and can be taken back", () => {
    const actors = fc.record({
      raised: fc.nat(100),
      repeats: fc.nat(500),
      isChattering: fc.boolean(),
      closed: fc.nat(100),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const definitions = fc.record({
      priority: fc.constantFrom(1, 2, 3, 4),
      foldMs: fc.integer({ min: 0, max: 86_400_000 }),
    });
    fc.assert(
      fc.property(actors, definitions, ({ share, ...seen }, drawn) => {
        const before = exampleDefinition(drawn);
        let now = before;
        for (let steps = 0; ; steps++) {
          expect(steps).toBeLessThan(12);
          const relief = reliefFor({ ...actor, ...seen, useless: Math.floor(seen.closed * share) }, now);
          if (relief === null) break;
          if (relief.kind === "off") expect(now.priority).toBeGreaterThanOrEqual(3);
          const next = relieved(now, relief);
          expect(next).not.toEqual(now);
          expect(AlarmDefinition.parse(next)).toEqual(next);
          const renamed = { ...next, name: "renamed meanwhile" };
          expect(unrelieved(renamed, relief, now)).toEqual({ ...now, name: "renamed meanwhile" });
          now = next;
        }
      }),
    );
  });
});
