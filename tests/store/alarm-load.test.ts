import { afterEach, beforeEach, expect, test } from "vitest";
import { AlarmId } from "../../shared/base/ids.ts";
import type { Alarm } from "../../shared/model/alarm.ts";
import { fold } from "../../shared/model/alarm-occurrence.ts";
import { exampleAlarm, exampleTrigger } from "../fixtures/example-alarm.ts";
import { openMemoryStore } from "./open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
beforeEach(() => {
  site = openMemoryStore();
});
afterEach(() => site.close());

/** An alarm raised at `at`, written down. */
async function raised(number: number, at: number, change: Partial<Alarm> = {}): Promise<Alarm> {
  const id = AlarmId.parse(`alarm-${number}`);
  const alarm = { ...exampleAlarm(), id, number, raisedAt: at, announcedAt: at, ...change };
  await site.store.saveAlarms([{ alarm, entry: { at, kind: "raised", by: null, detail: "intrusion" } }]);
  return alarm;
}

test("what was raised and repeated in the stretch is counted, open or closed, its end left out", async () => {
  const closed = { at: 90, by: "ann", disposition: "nuisance" } as const;
  await raised(1, 9);
  const second = await raised(2, 10, { acknowledged: { at: 30, by: "ann" }, standing: [], closed });
  await raised(3, 20);
  await site.store.saveAlarms([fold(second, exampleTrigger({ at: 15 }), 0, 15)]);
  const load = await site.store.readAlarmLoad({ fromAt: 10, toAt: 20 });
  expect(load).toMatchObject({
    raised: 1,
    repeats: 1,
    isWhole: true,
    now: { standing: 1, stale: 0, shelved: 0 },
    toAcknowledge: { count: 1, p50Ms: 20, p95Ms: 20 },
    toClose: { p50Ms: 80 },
    worst: [{ title: "Intrusion", place: "Gate", raised: 1, repeats: 1, closed: 1, useless: 1 }],
  });
});

test("of more than can be counted the newest are, and from when is said", async () => {
  for (let number = 1; number <= 5; number++) await raised(number, number * 10);
  const load = await site.store.readAlarmLoad({ fromAt: 0, toAt: 100, most: 3 });
  expect(load).toMatchObject({ fromAt: 30, isWhole: false, raised: 3 });
});

test("an alarm that was closed at once is still one that was raised lately", async () => {
  const acknowledged = { at: 30, by: "ann" };
  await raised(1, 10);
  await raised(2, 20, { acknowledged, standing: [], closed: { at: 31, by: "ann", disposition: "test" } });
  expect(await site.store.listRecentAlarms(11, 10)).toEqual([{ id: "alarm-2", raisedAt: 20 }]);
  expect((await site.store.listRecentAlarms(0, 1)).map(({ id }) => id)).toEqual(["alarm-2"]);
});
