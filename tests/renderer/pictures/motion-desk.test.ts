import { expect, test, vi } from "vitest";
import { MotionDesk, type MotionDeskDeps } from "../../../renderer/pictures/motion/motion-desk.ts";
import type { MotionProgress, MotionQuestion } from "../../../renderer/pictures/motion/motion-search.ts";
import { ChannelId, JobId } from "../../../shared/base/ids.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { createFakeConsole } from "../fake-console.ts";

const question: MotionQuestion = {
  channelId: ChannelId.parse("gate"),
  from: 1_000,
  to: 61_000,
  regions: [],
  sensitivity: "normal",
};
const found = (share: number): MotionProgress => ({
  share,
  moments: [{ from: 2_000, to: 4_000, peakAt: 4_000, score: 0.5 }],
  pictures: 3,
  damaged: 0,
  unlisted: 0,
});
const jobId = JobId.parse("job-1");

function setUp() {
  const { client, feeds } = createFakeConsole();
  const searches: {
    tell: (progress: MotionProgress) => void;
    finish: (progress: MotionProgress) => void;
    fail: (error: unknown) => void;
    signal: AbortSignal;
  }[] = [];
  const search: MotionDeskDeps["search"] = (_question, tell, signal) =>
    new Promise((finish, fail) => {
      signal.addEventListener("abort", () => fail(signal.reason));
      searches.push({ tell, finish, fail, signal });
    });
  const onFault = vi.fn();
  const desk = new MotionDesk({ clock: new FakeClock(), client, search, onFault });
  return { desk, feeds, searches, onFault, state: () => desk.store.getState() };
}

test("a search tells how far it is and keeps what it found when it is done", async () => {
  const { desk, searches, state } = setUp();
  desk.start(question, () => "words");
  expect(state()).toMatchObject({ kind: "running", question });
  searches[0]?.tell(found(0.4));
  expect(state()).toMatchObject({ kind: "running", progress: { share: 0.4 } });
  searches[0]?.finish(found(1));
  await vi.waitFor(() => expect(state()).toMatchObject({ kind: "done", progress: { moments: [{}] } }));
});

test("a cancel in the job list stops the search, and what was found until then stays", async () => {
  const { desk, feeds, searches, state } = setUp();
  desk.start(question, () => "words");
  await vi.waitFor(() => expect(feeds.motion.readers).toBe(1));
  feeds.motion.push({ type: "listed", jobId });
  searches[0]?.tell(found(0.4));
  feeds.motion.push({ type: "cancelled" });
  await vi.waitFor(() => expect(state()).toMatchObject({ kind: "cancelled", progress: { share: 0.4 } }));
  expect(searches[0]?.signal.aborted).toBe(true);
});

test("a new search takes the place of the one that runs", async () => {
  const { desk, searches, state } = setUp();
  desk.start(question, () => "words");
  desk.start({ ...question, to: 31_000 }, () => "words");
  expect(searches[0]?.signal.aborted).toBe(true);
  searches[1]?.tell(found(0.5));
  await vi.waitFor(() => expect(state()).toMatchObject({ kind: "running", question: { to: 31_000 } }));
});

test("a search that failed keeps its reason", async () => {
  const { desk, searches, state } = setUp();
  desk.start(question, () => "words");
  searches[0]?.fail(new Error("the recordings do not answer"));
  await vi.waitFor(() => expect(state()).toMatchObject({ kind: "failed" }));
  expect(String(Reflect.get(state(), "error"))).toContain("do not answer");
});
