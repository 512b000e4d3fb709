import { expect, test } from "vitest";
import { StatusService } from "../../../electron/main/console/status-service.ts";
import type { SiteStatus } from "../../../shared/contract/app.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

const counts = (live: number): SiteStatus => ({ channels: 2, live, stale: 2 - live, lost: 0, unwatched: 0 });

test("the counts are told when they changed, and only then", async () => {
  const clock = new FakeClock();
  let now = counts(2);
  const service = new StatusService({ clock, count: () => now });
  const told: SiteStatus[] = [];
  service.changed.subscribe((status) => told.push(status));
  service.start();
  await clock.advance(5_000);
  expect(told).toEqual([counts(2)]);
  now = counts(1);
  await clock.advance(499);
  await clock.advance(501);
  expect(told).toEqual([counts(2), counts(1)]);
  await service.stop();
  now = counts(0);
  await clock.advance(5_000);
  expect(told).toHaveLength(2);
  expect(service.current).toEqual(counts(0));
});
