import { afterEach, beforeEach, expect, test } from "vitest";
import { WallId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Placement } from "../../../electron/main/platform/app-windows.ts";
import { WindowsService, type Desk } from "../../../electron/main/windows/windows-service.ts";
import { openMemoryStore } from "../../store/open-memory-store.ts";

/** Windows without a screen: they stand where they are put, move when told, crash when told. */
class PaperDesk implements Desk {
  readonly closed = new Topic<{ readonly windowId: number; readonly byPerson: boolean }>();
  readonly closing = new Topic<{ readonly windowId: number }>();
  readonly moved = new Topic<{ readonly windowId: number }>();
  readonly crashed = new Topic<{ readonly windowId: number; readonly reason: string }>();
  readonly windows = new Map<number, Placement>();
  readonly reloaded: number[] = [];
  get ids(): readonly number[] {
    return [...this.windows.keys()];
  }
  open(windowId: number, placement: Placement): void {
    this.windows.set(windowId, placement);
  }
  close(windowId: number): void {
    this.closing.publish({ windowId });
    this.windows.delete(windowId);
    this.closed.publish({ windowId, byPerson: true });
  }
  reload(windowId: number): void {
    this.reloaded.push(windowId);
  }
  placement(windowId: number): Placement | undefined {
    return this.windows.get(windowId);
  }
  setFullScreen(windowId: number, on: boolean): void {
    this.move(windowId, { mode: on ? "full-screen" : "normal" });
  }
  move(windowId: number, change: Partial<Placement>): void {
    const placement = this.windows.get(windowId);
    if (placement !== undefined) this.windows.set(windowId, { ...placement, ...change });
    this.moved.publish({ windowId });
  }
}

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const left = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const right = { id: 2, workArea: { x: 1920, y: 0, width: 1920, height: 1040 } };
let site: ReturnType<typeof openMemoryStore>;
let nowMs = 0;
/** A clock whose waits are over at once. */
const clock = { now: () => nowMs, monotonicMs: () => nowMs, sleep: async () => undefined };
beforeEach(() => {
  site = openMemoryStore();
  nowMs = 0;
});
afterEach(() => site.close());

async function startOn(monitors: readonly (typeof left)[]) {
  const desk = new PaperDesk();
  const crashes: string[] = [];
  const service = new WindowsService({
    clock,
    log,
    desk,
    monitors: () => ({ all: monitors, primary: left }),
    store: site.store,
    onCrash: (reason) => crashes.push(reason),
  });
  await service.start();
  return { desk, service, crashes };
}

test("the first start opens one window in the middle of the primary monitor", async () => {
  const { desk, service } = await startOn([left, right]);
  expect([...desk.windows]).toEqual([
    [0, { bounds: { x: 240, y: 70, width: 1440, height: 900 }, mode: "normal" }],
  ]);
  expect(service.state(0)).toEqual({ page: "live", wallId: null });
});

test("windows come back where they stood with the page and wall they showed", async () => {
  await site.store.saveWall({
    id: WallId.parse("w1"),
    name: "Gate",
    layout: "1",
    columns: 1,
    rows: 1,
    tiles: [{ place: { column: 0, row: 0, columnSpan: 1, rowSpan: 1 }, channelId: null, mode: "auto" }],
    changedAt: 1,
  });
  const first = await startOn([left, right]);
  first.service.open({ page: "live", wallId: WallId.parse("w1") });
  expect(first.desk.windows.get(1)?.bounds.x).toBeGreaterThanOrEqual(1920);
  first.service.keepState(0, { page: "devices", wallId: null });
  first.desk.move(0, { bounds: { x: 10, y: 20, width: 1000, height: 700 } });
  first.service.setFullScreen(1, true);
  await first.service.stop();

  const next = await startOn([left, right]);
  expect(next.desk.windows.get(0)?.bounds).toEqual({ x: 10, y: 20, width: 1000, height: 700 });
  expect(next.desk.windows.get(1)?.mode).toBe("full-screen");
  expect(next.service.state(0).page).toBe("devices");
  expect(next.service.state(1).wallId).toBe("w1");
});

test("a window of a monitor that is gone comes back on one that is there", async () => {
  const first = await startOn([left, right]);
  first.service.open({ page: "live", wallId: null });
  await first.service.stop();
  const next = await startOn([left]);
  const bounds = next.desk.windows.get(1)?.bounds;
  expect(bounds && bounds.x + bounds.width).toBeLessThanOrEqual(1920);
});

test("a window that a person closed stays closed, but the last one is remembered", async () => {
  const first = await startOn([left, right]);
  first.service.open({ page: "live", wallId: null });
  first.desk.move(0, { bounds: { x: 1, y: 2, width: 1000, height: 700 } });
  first.service.keepState(0, { page: "devices", wallId: null });
  first.service.close(1);
  first.service.close(0);
  await first.service.stop();
  const next = await startOn([left, right]);
  expect(next.desk.ids).toEqual([0]);
  expect(next.desk.windows.get(0)?.bounds).toEqual({ x: 1, y: 2, width: 1000, height: 700 });
  expect(next.service.state(0).page).toBe("devices");
});

test("a page that crashes is loaded again and it is said; one that crashes again and again is closed", async () => {
  const { desk, crashes } = await startOn([left]);
  for (let n = 0; n < 3; n++) desk.crashed.publish({ windowId: 0, reason: "crashed" });
  expect(desk.reloaded).toEqual([0, 0, 0]);
  expect(crashes).toHaveLength(3);
  desk.crashed.publish({ windowId: 0, reason: "crashed" });
  expect(desk.ids).toEqual([]);
});

test("crashes that lie far apart are each survived", async () => {
  const { desk } = await startOn([left]);
  for (let n = 0; n < 10; n++) {
    desk.crashed.publish({ windowId: 0, reason: "oom" });
    nowMs += 61_000;
  }
  expect(desk.reloaded).toHaveLength(10);
});

test("no more windows are opened than the console can feed", async () => {
  const { desk, service } = await startOn([left]);
  const opened = Array.from({ length: 12 }, () => service.open({ page: "live", wallId: null }));
  expect(opened.filter(Boolean)).toHaveLength(7);
  expect(desk.ids).toHaveLength(8);
});
