import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameSchedule } from "../../../electron/simulator/rtsp/frame-schedule.ts";
import { audioTrack, videoTrack } from "./tracks.ts";

const anyTime = fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 });
/** I P B B and so on: the P is decoded before the two pictures shown before it. */
const offsets = [0, 2, -1, -1];
const withB = videoTrack({
  frames: videoTrack().frames.map((frame, index) => ({
    ...frame,
    displayOffset: index % 10 === 0 ? 0 : index % 10 === 9 ? 0 : (offsets[1 + ((index - 1) % 3)] ?? 0),
  })),
});

describe("frame schedule", () => {
  it("says of any moment which frame is the newest that is due", () => {
    fc.assert(
      fc.property(
        anyTime,
        fc.constantFrom(videoTrack(), videoTrack({ fps: 15 }), audioTrack()),
        (now, track) => {
          const schedule = new FrameSchedule(track);
          const latest = schedule.latestDue(now);
          expect(schedule.dueAt(latest)).toBeLessThanOrEqual(now);
          expect(schedule.dueAt(latest + 1)).toBeGreaterThan(now);
        },
      ),
    );
  });

  it("ties each frame of the loop to its milliseconds of the minute", () => {
    fc.assert(
      fc.property(anyTime, (now) => {
        const schedule = new FrameSchedule(videoTrack());
        const latest = schedule.latestDue(now);
        const ofLoop = 250 + schedule.loopIndex(latest) * 100;
        expect(schedule.capturedAt(latest) % 60_000).toBeCloseTo(ofLoop % 60_000, 3);
      }),
    );
  });

  it("goes on evenly over the end of the loop, in time and in RTP ticks", () => {
    const schedule = new FrameSchedule(videoTrack({ fps: 15 }));
    const first = schedule.keyframeFrom(schedule.latestDue(Date.UTC(2026, 10, 22)));
    for (let number = first; number < first + 1_300; number += 1) {
      const step = schedule.ticks(number + 1) - schedule.ticks(number);
      expect((step + 2 ** 32) % 2 ** 32).toBe(6_000);
      expect(schedule.capturedAt(number + 1) - schedule.capturedAt(number)).toBeCloseTo(1_000 / 15, 2);
    }
  });

  it("finds the next keyframe, also over the end of the loop", () => {
    const schedule = new FrameSchedule(videoTrack());
    const near = schedule.latestDue(Date.UTC(2026, 10, 22));
    const start = near - schedule.loopIndex(near);
    expect(schedule.keyframeFrom(start)).toBe(start);
    expect(schedule.keyframeFrom(start + 1)).toBe(start + 10);
    expect(schedule.keyframeFrom(start + 591)).toBe(start + 600);
    expect(new FrameSchedule(audioTrack()).keyframeFrom(7)).toBe(7);
  });

  it("sends pictures with B-frames later, never before they were captured", () => {
    const schedule = new FrameSchedule(withB);
    const latest = schedule.latestDue(Date.UTC(2026, 10, 22));
    for (let number = latest; number < latest + 40; number += 1) {
      expect(schedule.dueAt(number)).toBeGreaterThanOrEqual(schedule.capturedAt(number));
      expect(schedule.dueAt(number) - schedule.capturedAt(number)).toBeLessThanOrEqual(400);
    }
  });
});
