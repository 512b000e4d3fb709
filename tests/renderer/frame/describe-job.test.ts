import { expect, test } from "vitest";
import { describeJob } from "../../../renderer/frame/describe-job.ts";
import { messagesFor } from "../../../renderer/messages/messages.ts";
import { sortJobs, withJob } from "../../../renderer/read-model/use-jobs.ts";
import { JobId } from "../../../shared/base/ids.ts";
import type { Job } from "../../../shared/model/job.ts";

const { say } = messagesFor("en");
const job = (overrides: Partial<Job> = {}): Job => ({
  id: JobId.parse("job-1"),
  title: "job.adopt",
  step: "3 of 12",
  progress: 0.25,
  startedAt: 0,
  endedAt: null,
  state: "running",
  failure: null,
  cancellable: true,
  ...overrides,
});

test("remaining time follows the pace so far, and is not guessed from too little", () => {
  expect(describeJob(job(), 10_000, say).remainingMs).toBe(30_000);
  expect(describeJob(job(), 2_000, say).remainingMs).toBeNull();
  expect(describeJob(job({ progress: 0.01 }), 10_000, say).remainingMs).toBeNull();
  expect(describeJob(job({ progress: null }), 10_000, say).remainingMs).toBeNull();
});

test("an ended job says how it ended and how long it took", () => {
  const done = describeJob(job({ state: "done", endedAt: 12_000 }), 99_000, say);
  expect(done.words).toBe("done in 12 s");
  const failed = describeJob(job({ state: "failed", endedAt: 1, failure: "disk full" }), 2, say);
  expect(failed).toMatchObject({ severity: "serious", words: "failed: disk full" });
});

test("running jobs stand first, then the newest; a job is listed once", () => {
  const old = job({ id: JobId.parse("a"), endedAt: 5, startedAt: 9, state: "done" });
  const running = job({ id: JobId.parse("b"), startedAt: 1 });
  expect(sortJobs([old, running]).map(({ id }) => id)).toEqual(["b", "a"]);
  expect(withJob([running], { ...running, progress: 0.5 })).toHaveLength(1);
});
