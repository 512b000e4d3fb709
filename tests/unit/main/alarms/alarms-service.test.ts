import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AlarmsService } from "../../../../electron/main/alarms/alarms-service.ts";
import { StoreError } from "../../../../electron/store/store-error.ts";
import { AlarmId, ChannelId } from "../../../../shared/base/ids.ts";
import type { AlarmsChange } from "../../../../shared/contract/alarms.ts";
import { alarmState, type AlarmDefinition } from "../../../../shared/model/alarm.ts";
import { exampleDefinition, exampleTrigger } from "../../../fixtures/example-alarm.ts";
import { FakeClock } from "../../../fixtures/fake-clock.ts";
import { KeptLog } from "../../../fixtures/silent-log.ts";
import { waitUntil } from "../../../fixtures/wait-until.ts";
import { openMemoryStore } from "../../../store/open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
let clock: FakeClock;
let definitions: AlarmDefinition[];
let service: AlarmsService;
let heard: AlarmsChange[];
/** The next writes are refused, as on a full disk. */
let failures: number;

async function startService(mostOpen = 100): Promise<AlarmsService> {
  const started = new AlarmsService({
    clock,
    log: new KeptLog(),
    definitions: () => definitions,
    mostOpen,
    store: {
      ...site.store,
      saveAlarms: (changes) => {
        if (failures === 0) return site.store.saveAlarms(changes);
        failures -= 1;
        return Promise.reject(new StoreError("disk-full", "no space"));
      },
    },
  });
  started.changed.subscribe((change) => heard.push(change));
  await started.start();
  return started;
}

beforeEach(async () => {
  site = openMemoryStore();
  clock = new FakeClock();
  definitions = [exampleDefinition()];
  heard = [];
  failures = 0;
  service = await startService();
});
afterEach(async () => {
  await service.stop();
  site.close();
});

const acknowledge = { kind: "acknowledge", note: "" } as const;
const close = { kind: "close", disposition: "false", note: "a cat" } as const;
const theAlarm = async () => {
  await waitUntil("the alarms are so", () => service.open.length === 1);
  const [alarm] = service.open;
  if (alarm === undefined) throw new Error("no alarm");
  return alarm;
};

describe("the alarms", () => {
  it("are raised once for a place, with every repeat counted in one", async () => {
    for (let times = 0; times < 5; times++) service.consider(exampleTrigger({ at: times }));
    const alarm = await theAlarm();
    await waitUntil("the alarms are so", () => service.open[0]?.occurrences.count === 5);
    expect(alarm.number).toBe(1);
    expect(heard.flatMap(({ announced }) => announced)).toEqual([alarm.id]);
  });

  it("tell the whole history of what was done, by whom", async () => {
    service.consider(exampleTrigger());
    const { id } = await theAlarm();
    service.shown([id]);
    await service.act([id], acknowledge, "ann");
    service.consider(exampleTrigger({ state: "cleared" }));
    await waitUntil("the alarms are so", () => service.open[0]?.standing.length === 0);
    expect(await service.act([id], close, "bob")).toEqual([{ id, refusal: null }]);
    const found = await service.get(id);
    expect(found?.entries.map(({ kind, by }) => [kind, by])).toEqual([
      ["raised", null],
      ["shown", null],
      ["acknowledged", "ann"],
      ["cleared", null],
      ["closed", "bob"],
    ]);
    expect(found?.alarm.closed?.disposition).toBe("false");
    expect(await service.closed(10, null)).toEqual([found?.alarm]);
    expect(service.open).toEqual([]);
  });

  it("let one of two people who act at the same moment do it, and tell the other", async () => {
    service.consider(exampleTrigger({ state: "pulse" }));
    const { id } = await theAlarm();
    const both = await Promise.all([
      service.act([id], acknowledge, "ann"),
      service.act([id], acknowledge, "bob"),
    ]);
    expect(both.flat().map(({ refusal }) => refusal)).toEqual([null, "already-acknowledged"]);
    const ends = await Promise.all([service.act([id], close, "bob"), service.act([id], close, "ann")]);
    expect(ends.flat().map(({ refusal }) => refusal)).toEqual([null, "closed"]);
    expect((await service.get(id))?.alarm.closed?.by).toBe("bob");
  });

  it("come back after a restart as they were, with the next number", async () => {
    service.consider(exampleTrigger());
    const before = await theAlarm();
    await service.act([before.id], { kind: "take" }, "ann");
    await service.stop();
    service = await startService();
    expect(service.open).toMatchObject([{ id: before.id, owner: "ann" }]);
    service.consider(exampleTrigger({ channelId: ChannelId.parse("roof"), place: "Roof" }));
    await waitUntil("the alarms are so", () => service.open.length === 2);
    expect(service.open.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("are reopened unless another of the same cause took their place", async () => {
    const finish = async () => {
      service.consider(exampleTrigger({ state: "pulse" }));
      const { id } = await theAlarm();
      await service.act([id], acknowledge, "ann");
      await service.act([id], close, "ann");
      return id;
    };
    const first = await finish();
    const reopen = { kind: "reopen", reason: "it was a person" } as const;
    expect(await service.act([first], reopen, "ann")).toEqual([{ id: first, refusal: null }]);
    expect(service.open.map(alarmState)).toEqual(["awaiting-close"]);
    await service.act([first], close, "ann");
    service.consider(exampleTrigger({ state: "pulse" }));
    await theAlarm();
    expect(await service.act([first], reopen, "ann")).toEqual([{ id: first, refusal: "another-open" }]);
    expect(await service.act([AlarmId.parse("nothing")], acknowledge, "ann")).toEqual([
      { id: "nothing", refusal: "gone" },
    ]);
  });

  it("lose nothing to a disk that is full for a while, and tell the person who acted", async () => {
    failures = 1;
    service.consider(exampleTrigger());
    await waitUntil("the alarms are so", () => failures === 0);
    expect(service.open).toEqual([]);
    await clock.advance(1_000);
    const { id } = await theAlarm();
    failures = 1;
    await expect(service.act([id], acknowledge, "ann")).rejects.toThrow("no space");
    expect(service.open[0]?.acknowledged).toBeNull();
  });

  it("come back from the shelf and escalate by the clock", async () => {
    definitions = [exampleDefinition({ escalateAfterMs: 60_000, escalateTo: "Supervisor" })];
    service.consider(exampleTrigger());
    const { id } = await theAlarm();
    await service.act([id], { kind: "shelve", reason: "repair", until: clock.now() + 30_000 }, "ann");
    await clock.advance(31_000);
    await waitUntil("the alarms are so", () => service.open[0]?.shelved === null);
    await clock.advance(31_000);
    await waitUntil("the alarms are so", () => service.open[0]?.escalatedAt !== null);
    const kinds = (await service.get(id))?.entries.map(({ kind }) => kind);
    expect(kinds).toEqual(["raised", "shelved", "shelf-ended", "escalated"]);
    expect(heard.flatMap(({ announced }) => announced)).toEqual([id, id, id]);
  });

  it("are bounded in a storm of places", async () => {
    await service.stop();
    service = await startService(3);
    for (let place = 0; place < 10; place++)
      service.consider(exampleTrigger({ channelId: ChannelId.parse(`c${place}`) }));
    await waitUntil("the alarms are so", () => service.open.length === 3);
    expect(
      await service.act(
        service.open.map(({ id }) => id),
        acknowledge,
        "ann",
      ),
    ).toHaveLength(3);
    expect(service.open).toHaveLength(3);
  });
});
