import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AudioTimeline } from "../../../electron/media/audio-timeline.ts";
import { CaptureClock } from "../../../electron/media/capture-clock.ts";
import { FrameClock } from "../../../electron/media/frame-clock.ts";

const rate = 90_000;
const stepMs = 100;
const ticks = (ms: number): number => (ms * 90) >>> 0;
const utc0 = 1_800_000_000_000;

describe("the frame clock", () => {
  test("goes on over the wrap of 32-bit timestamps", () => {
    const clock = new FrameClock(rate, 0);
    const start = 0xffff_ffff - 4 * 9_000;
    const times = Array.from({ length: 10 }, (_, index) =>
      clock.next((start + index * 9_000) >>> 0, index * stepMs),
    );
    expect(times.map(({ presentation }) => presentation)).toEqual(times.map((_, index) => index * 9_000));
    expect(times.every(({ isByArrival }) => !isByArrival)).toBe(true);
  });

  test("lets B-frames go back", () => {
    const clock = new FrameClock(rate, 0);
    const order = [0, 3, 1, 2, 6, 4, 5];
    const times = order.map((place, index) => clock.next(ticks(place * stepMs), index * stepMs));
    expect(times.map(({ presentation }) => presentation / 9_000)).toEqual(order);
  });

  test("takes the time of arrival while timestamps stand still", () => {
    const clock = new FrameClock(rate, 0);
    const times = Array.from({ length: 20 }, (_, index) => clock.next(777, index * stepMs));
    expect(times.map(({ presentation }) => presentation)).toEqual(times.map((_, index) => index * 9_000));
    expect(times.slice(1).every(({ isByArrival }) => isByArrival)).toBe(true);
  });

  test("bridges any leap of the timestamps with the time between arrivals", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 20_000_000 }), fc.boolean(), (leapMs, isBack) => {
        const clock = new FrameClock(rate, 0);
        for (let index = 0; index < 10; index++) clock.next(ticks(index * stepMs), index * stepMs);
        const from = (10 * stepMs + (isBack ? -leapMs : leapMs)) * 90;
        const times = Array.from({ length: 10 }, (_, index) =>
          clock.next((from + index * 9_000) >>> 0, (10 + index) * stepMs),
        );
        expect(times.map(({ presentation }) => presentation)).toEqual(
          times.map((_, index) => (10 + index) * 9_000),
        );
        expect(times.map(({ isByArrival }) => isByArrival)).toEqual(times.map((_, index) => index === 0));
      }),
    );
  });

  test("tells how late frames come, and that a backlog is a backlog", () => {
    const clock = new FrameClock(rate, 0);
    for (let index = 0; index < 10; index++) clock.next(ticks(index * stepMs), index * stepMs + 20);
    const late = clock.next(ticks(1_000), 4_020);
    expect(late.presentation).toBe(ticks(1_000));
    expect(late.isByArrival).toBe(false);
    expect(late.latenessMs).toBeCloseTo(3_000, -1);
  });

  test("always goes forward for frames in order, whatever the device sends", () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 5_000 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clock = new FrameClock(rate, 0);
        let arrivalMs = 0;
        let before = Number.NEGATIVE_INFINITY;
        for (const [timestamp, elapsed] of steps) {
          arrivalMs += elapsed;
          const { presentation, latenessMs } = clock.next(timestamp, arrivalMs);
          // A step back of up to a second may be a B-frame.
          expect(presentation).toBeGreaterThan(before - 90_001);
          expect(latenessMs).toBeGreaterThanOrEqual(-1);
          before = presentation;
        }
      }),
    );
  });
});

describe("the capture clock", () => {
  const report = (utcMs: number, rtpMs: number) => ({
    ssrc: 1,
    utcMs,
    rtpTimestamp: ticks(rtpMs),
    compactNtp: 0,
  });

  test("takes the device's time, less its clock's offset", () => {
    const clock = new CaptureClock(rate, 90_000, utc0, 0);
    clock.onSenderReport(report(utc0 + 90_000, 0));
    expect(clock.capture(ticks(1_000), utc0 + 1_180, 1_180, 0)).toEqual({
      capturedAt: utc0 + 1_000,
      isByArrival: false,
      deviceAt: utc0 + 91_000,
    });
  });

  test("takes arrival where there are no reports, and less the frame's lateness", () => {
    const clock = new CaptureClock(rate, 0, utc0, 0);
    expect(clock.capture(ticks(1_000), utc0 + 1_000, 1_000, 250)).toMatchObject({
      capturedAt: utc0 + 750,
      isByArrival: true,
    });
  });

  test("does not believe a clock that is minutes off", () => {
    const clock = new CaptureClock(rate, 0, utc0, 0);
    clock.onSenderReport(report(0 + 1, 0));
    clock.onSenderReport(report(3_600_000, 1_000));
    expect(clock.capture(ticks(1_000), utc0 + 1_000, 1_000, 0)).toMatchObject({
      capturedAt: utc0 + 1_000,
      isByArrival: true,
    });
  });

  test("stops believing a clock that stands still, leaps, or is set; and believes again after good reports", () => {
    const clock = new CaptureClock(rate, 0, utc0, 0);
    clock.onSenderReport(report(utc0, 0));
    clock.onSenderReport(report(utc0, 2_000));
    expect(clock.capture(ticks(2_100), utc0 + 2_200, 2_200, 0)).toMatchObject({
      capturedAt: utc0 + 2_200,
      isByArrival: true,
    });
    clock.onSenderReport(report(utc0 + 4_000, 4_000));
    clock.onSenderReport(report(utc0 + 6_000, 6_000));
    expect(clock.capture(ticks(6_100), utc0 + 6_200, 6_200, 0).isByArrival).toBe(true);
    clock.onSenderReport(report(utc0 + 8_000, 8_000));
    expect(clock.capture(ticks(8_100), utc0 + 8_200, 8_200, 0)).toEqual({
      capturedAt: utc0 + 8_100,
      isByArrival: false,
      deviceAt: utc0 + 8_100,
    });
  });

  test("never says a frame was captured after it arrived", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2_900, max: 2_900 }),
        fc.array(fc.nat(400), { minLength: 1 }),
        (offMs, lateness) => {
          const clock = new CaptureClock(rate, 0, utc0, 0);
          clock.onSenderReport(report(utc0 + offMs, 0));
          for (const [index, lateMs] of lateness.entries()) {
            const atMs = index * 100 + lateMs;
            const { capturedAt } = clock.capture(ticks(index * 100), utc0 + atMs, atMs, lateMs);
            expect(capturedAt).toBeLessThanOrEqual(utc0 + atMs);
          }
        },
      ),
    );
  });

  test("moves with our own clock when that is set", () => {
    const clock = new CaptureClock(rate, 0, utc0, 0);
    clock.onSenderReport(report(utc0, 0));
    const own = utc0 + 3_600_000;
    expect(clock.capture(ticks(1_000), own + 1_100, 1_100, 0)).toEqual({
      capturedAt: own + 1_000,
      isByArrival: false,
      deviceAt: utc0 + 1_000,
    });
  });

  test("a backlog grows the picture's age instead of hiding it", () => {
    const clock = new CaptureClock(rate, 0, utc0, 0);
    clock.onSenderReport(report(utc0, 0));
    const { capturedAt, isByArrival } = clock.capture(ticks(1_000), utc0 + 9_000, 9_000, 8_000);
    expect(isByArrival).toBe(false);
    expect(utc0 + 9_000 - capturedAt).toBe(8_000);
  });
});

describe("the sound's timeline", () => {
  test("is tied by the reports, then runs by its own timestamps", () => {
    const timeline = new AudioTimeline(8_000);
    const place = (ms: number) => ({ byReports: ms * 90 + 33, byArrival: ms * 90 });
    expect(timeline.next(1_000, 160, 0, place(5_000))).toBe(40_003);
    expect(timeline.next(1_160, 160, 25, place(5_031))).toBe(40_163);
    expect(timeline.next(1_160 + 160, 160, 50, place(5_035))).toBe(40_323);
  });

  test("waits for reports for 1.5 s, then goes by arrival", () => {
    const timeline = new AudioTimeline(8_000);
    const place = (ms: number) => ({ byReports: undefined, byArrival: ms * 90 });
    expect(timeline.next(0, 160, 0, place(0))).toBeUndefined();
    expect(timeline.next(12_000, 160, 1_500, place(1_500))).toBe(12_000);
  });

  test("never goes back, whatever the device sends", () => {
    const frame = fc.tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.nat(3_000), fc.nat(9_000_000));
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        const timeline = new AudioTimeline(8_000);
        let end = 0;
        let atMs = 0;
        for (const [rtp, elapsed, target] of frames) {
          atMs += elapsed;
          const start = timeline.next(rtp, 160, atMs, { byReports: target, byArrival: target });
          if (start === undefined) continue;
          expect(start).toBeGreaterThanOrEqual(end);
          end = start + 160;
        }
      }),
    );
  });
});
