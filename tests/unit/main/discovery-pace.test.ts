import { afterEach, describe, expect, it } from "vitest";
import { DiscoveryService } from "../../../electron/main/discovery/discovery-service.ts";
import { RunReport } from "../../../electron/main/discovery/run-report.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { KeptLog } from "../../fixtures/silent-log.ts";

let service: DiscoveryService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

describe("what discovery tells while it works", () => {
  it("is published at most ten times a second however much changes, and the last change is never lost", async () => {
    const clock = new FakeClock();
    service = new DiscoveryService({
      clock,
      random: () => 0,
      log: new KeptLog(),
      listCards: () => [],
      listSubnets: () => [],
      isListening: () => false,
      deviceOf: () => null,
    });
    service.start(new AbortController().signal);
    const publishedMs: number[] = [];
    service.changed.subscribe(() => publishedMs.push(clock.monotonicMs()));
    for (let ms = 0; ms < 3_000; ms += 7) {
      service.refreshMarks();
      await clock.advance(7);
    }
    const lastAskedMs = clock.monotonicMs() - 7;
    await clock.advance(500);
    const distances = publishedMs.slice(1).map((atMs, index) => atMs - (publishedMs[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(100);
    expect(publishedMs.length).toBeGreaterThanOrEqual(28);
    expect(publishedMs.length).toBeLessThanOrEqual(31);
    expect(publishedMs.at(-1)).toBeGreaterThanOrEqual(lastAskedMs);
    expect(publishedMs.at(-1)).toBeLessThanOrEqual(lastAskedMs + 100);
  });

  it("says when the first and the last answer came, by the time they arrived at", () => {
    const report = new RunReport();
    const card = {
      name: "eth0",
      address: "10.0.0.5",
      family: "IPv4",
      prefixLength: 24,
      zone: "",
      isLoopback: false,
    } as const;
    report.begin(1_700_000_000_000, 1_000);
    report.card(card);
    const figures = () => report.view(5_000).interfaces[0];
    expect(figures()).toMatchObject({ firstAnswerMs: null, lastAnswerMs: null });
    for (const atMs of [1_010, 1_010.4, 1_250])
      report.heard(card.address, "10.0.0.9", [String(atMs)], false, atMs);
    expect(figures()).toMatchObject({ firstAnswerMs: 10, lastAnswerMs: 250, answers: 3, devices: 3 });
    // An answer to the run before, heard a moment after this one began.
    report.begin(1_700_000_010_000, 11_000);
    report.card(card);
    report.heard(card.address, "10.0.0.9", ["late"], false, 10_900);
    expect(figures()).toMatchObject({ firstAnswerMs: 0, lastAnswerMs: 0 });
  });
});
