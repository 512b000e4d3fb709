import { expect, test } from "vitest";
import { systemClock } from "../../../shared/base/clock.ts";
import { DeviceId } from "../../../shared/base/ids.ts";
import { fail, ok } from "../../../shared/base/result.ts";
import type { Device } from "../../../shared/model/device.ts";
import { askMany } from "../../../electron/main/devices/ask-many.ts";
import { JobsService } from "../../../electron/main/jobs/jobs-service.ts";
import { KeptLog } from "../../fixtures/silent-log.ts";

const idOf = (index: number): DeviceId => DeviceId.parse(`device-${index}`);
const ids = Array.from({ length: 20 }, (_, index) => idOf(index));
const device = (id: DeviceId): Device => ({ id }) as Device;

function bench() {
  const jobs = new JobsService({ clock: systemClock, log: new KeptLog() });
  const runJob: JobsService["run"] = (title, options, work) => jobs.run(title, options, work);
  return { jobs, runJob, nameOf: (id: DeviceId) => id };
}

test("each device is asked once, at most eight at a time, and each outcome has its device", async () => {
  const { jobs, runJob, nameOf } = bench();
  const asked: DeviceId[] = [];
  let now = 0;
  let most = 0;
  const outcomes = await askMany({
    title: "job.login",
    ids: [...ids, ...ids],
    runJob,
    nameOf,
    ask: async (id) => {
      asked.push(id);
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      now -= 1;
      return id === idOf(3) ? fail({ reason: "unauthorised", detail: "refused" }) : ok(device(id));
    },
  });
  expect(asked.toSorted()).toEqual(ids.toSorted());
  expect(most).toBe(8);
  expect(outcomes.map(({ deviceId }) => deviceId)).toEqual(ids);
  expect(outcomes.filter(({ kind }) => kind === "failed")).toEqual([
    { kind: "failed", deviceId: idOf(3), reason: "unauthorised", detail: "refused" },
  ]);
  expect(jobs.list()).toMatchObject([{ title: "job.login", state: "done", progress: 1 }]);
});

test("a cancelled job asks nobody else and says who was left alone", async () => {
  const { jobs, runJob, nameOf } = bench();
  let asked = 0;
  const outcomes = await askMany({
    title: "job.refresh",
    ids,
    runJob,
    nameOf,
    ask: async (id) => {
      asked += 1;
      const [job] = jobs.list();
      if (job !== undefined) jobs.cancel(job.id);
      return ok(device(id));
    },
  });
  expect(asked).toBeLessThanOrEqual(8);
  expect(outcomes.filter(({ kind }) => kind === "skipped")).toHaveLength(ids.length - asked);
  expect(jobs.list()).toMatchObject([{ state: "cancelled" }]);
});
