import { expect, test, vi } from "vitest";
import { JobsService } from "../../../electron/main/jobs/jobs-service.ts";
import { MotionService } from "../../../electron/main/motion/motion-service.ts";
import type { JobId } from "../../../shared/base/ids.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { KeptLog } from "../../fixtures/silent-log.ts";

async function begun(windowId = 1) {
  const jobs = new JobsService({ clock: new FakeClock(), log: new KeptLog() });
  const service = new MotionService({ runJob: (title, options, work) => jobs.run(title, options, work) });
  const closes = new AbortController();
  const orders = service.begin(windowId, closes.signal);
  const first = await orders.next();
  if (first.done === true || first.value.type !== "listed") throw new Error("not listed");
  const id: JobId = first.value.jobId;
  const job = () => jobs.list()[0];
  return { jobs, service, orders, closes, id, job };
}

test("a search stands in the job list with what it says, and ends as it says", async () => {
  const { service, orders, id, job } = await begun();
  service.report(1, id, 0.25, "Camera 1 Gate: 2 moments");
  expect(job()).toMatchObject({ title: "job.motion", state: "running", progress: 0.25, cancellable: true });
  expect(job()?.step).toBe("Camera 1 Gate: 2 moments");
  service.end(1, id, null);
  expect((await orders.next()).done).toBe(true);
  expect(job()).toMatchObject({ state: "done", progress: 1 });
});

test("a search that failed is failed in the list, in its own words", async () => {
  const { service, orders, id, job } = await begun();
  service.end(1, id, "this computer cannot decode hvc1");
  await orders.next();
  expect(job()).toMatchObject({ state: "failed", failure: "this computer cannot decode hvc1" });
});

test("a cancel in the job list reaches the window", async () => {
  const { jobs, orders, job } = await begun();
  const listed = jobs.list()[0];
  if (listed === undefined) throw new Error("no job");
  expect(jobs.cancel(listed.id)).toBe(true);
  expect((await orders.next()).value).toEqual({ type: "cancelled" });
  expect((await orders.next()).done).toBe(true);
  expect(job()?.state).toBe("cancelled");
});

test("a window that goes away fails its search", async () => {
  const { closes, orders, job } = await begun();
  const waiting = orders.next();
  closes.abort(new Error("closed"));
  expect((await waiting).done).toBe(true);
  await vi.waitFor(() => expect(job()).toMatchObject({ state: "failed" }));
  expect(job()?.failure).toContain("window");
});

test("no window speaks for another one's search", async () => {
  const { service, id, job } = await begun(1);
  service.report(2, id, 0.9, "not mine");
  service.end(2, id, "not mine");
  expect(job()).toMatchObject({ state: "running", progress: null, step: "" });
});
