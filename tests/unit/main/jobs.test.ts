import { expect, test } from "vitest";
import { systemClock } from "../../../shared/base/clock.ts";
import type { Job } from "../../../shared/model/job.ts";
import { JobsService } from "../../../electron/main/jobs/jobs-service.ts";

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const newJobs = (): JobsService => new JobsService({ clock: systemClock, log });

test("a job says each step and ends done", async () => {
  const jobs = newJobs();
  const heard: Job[] = [];
  jobs.changed.subscribe((job) => heard.push(job));
  const value = await jobs.run("job.adopt", { cancellable: false }, async (job) => {
    job.step("half way");
    job.progress(0.5);
    return 7;
  });
  expect(value).toBe(7);
  expect(heard.map(({ state, step, progress }) => [state, step, progress])).toEqual([
    ["running", "", null],
    ["running", "half way", null],
    ["running", "half way", 0.5],
    ["done", "half way", 1],
  ]);
  expect(jobs.runningCount).toBe(0);
  expect(jobs.list()).toHaveLength(1);
});

test("a job that is cancelled is told so and ends cancelled", async () => {
  const jobs = newJobs();
  const work = jobs.run("job.adopt", { cancellable: true }, (_job, signal) =>
    systemClock.sleep(60_000, signal),
  );
  const [job] = jobs.list();
  if (job === undefined) throw new Error("no job");
  expect(jobs.cancel(job.id)).toBe(true);
  expect(jobs.list()[0]?.state).toBe("cancelling");
  await expect(work).rejects.toThrow("cancelled");
  expect(jobs.list()[0]).toMatchObject({ state: "cancelled", failure: null });
  expect(jobs.cancel(job.id)).toBe(false);
});

test("a job that must not be cancelled is not", async () => {
  const jobs = newJobs();
  let finish = (): void => undefined;
  const work = jobs.run(
    "job.adopt",
    { cancellable: false },
    () => new Promise<void>((resolve) => (finish = resolve)),
  );
  const [job] = jobs.list();
  expect(job !== undefined && jobs.cancel(job.id)).toBe(false);
  finish();
  await work;
});

test("a job that fails keeps its reason, and the failure reaches who asked", async () => {
  const jobs = newJobs();
  const work = jobs.run("job.adopt", { cancellable: true }, () => Promise.reject(new Error("no answer")));
  await expect(work).rejects.toThrow("no answer");
  expect(jobs.list()[0]).toMatchObject({ state: "failed", failure: "no answer" });
});

test("stopping cancels what runs and waits for it", async () => {
  const jobs = newJobs();
  const work = jobs.run("job.adopt", { cancellable: false }, (_job, signal) =>
    systemClock.sleep(60_000, signal),
  );
  await Promise.all([expect(work).rejects.toThrow("stops"), jobs.stop()]);
  expect(jobs.list()[0]?.state).toBe("cancelled");
});

test("ended jobs do not pile up without end", async () => {
  const jobs = newJobs();
  for (let n = 0; n < 250; n++) await jobs.run("job.adopt", { cancellable: false }, async () => n);
  expect(jobs.list()).toHaveLength(200);
});
