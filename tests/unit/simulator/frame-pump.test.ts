import { describe, expect, it } from "vitest";
import { FramePump } from "../../../electron/simulator/rtsp/frame-pump.ts";
import { FrameSchedule } from "../../../electron/simulator/rtsp/frame-schedule.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { videoTrack } from "./tracks.ts";

describe("frame pump", () => {
  it("tells of each frame once, at the moment of its stamp", async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 22, 5) + 7);
    const pump = new FramePump({ clock });
    const track = videoTrack();
    const schedule = new FrameSchedule(track);
    const told: { number: number; lateMs: number }[] = [];
    const stop = pump.subscribe(track, (number) => {
      told.push({ number, lateMs: clock.now() - schedule.dueAt(number) });
    });
    await clock.advance(5_000);
    expect(told).toHaveLength(50);
    expect(
      told.every(({ number }, index) => index === 0 || number === (told[index - 1]?.number ?? 0) + 1),
    ).toBe(true);
    expect(told.every(({ lateMs }) => lateMs >= 0 && lateMs < 1)).toBe(true);
    stop();
  });

  it("follows a wall clock that jumps, forwards and back", async () => {
    const clock = new FakeClock();
    const pump = new FramePump({ clock });
    const told: number[] = [];
    const stop = pump.subscribe(videoTrack(), (number) => told.push(number));
    await clock.advance(1_000);
    clock.jump(3_600_000);
    await clock.advance(1_000);
    expect(told.at(-1)).toBe((told[0] ?? 0) + 36_000 + 19);
    clock.jump(-7_200_000);
    await clock.advance(1_000);
    expect(told.at(-1)).toBe((told[0] ?? 0) - 36_000 + 29);
    stop();
  });

  it("shares one timer and one set of packets between all who play a track, and rests when nobody does", async () => {
    const clock = new FakeClock();
    const pump = new FramePump({ clock });
    const track = videoTrack();
    const counts = Array.from({ length: 200 }, () => 0);
    const stops = counts.map((_, index) =>
      pump.subscribe(track, () => {
        counts[index] = (counts[index] ?? 0) + 1;
      }),
    );
    await clock.advance(0);
    await clock.advance(1_000);
    expect(new Set(counts)).toEqual(new Set([10]));
    expect(clock.sleeping).toBe(1);
    expect(pump.packets(track, 0)).toBe(pump.packets(track, 0));
    for (const stop of stops) stop();
    await clock.advance(200);
    expect(pump.listeners).toBe(0);
    expect(clock.sleeping).toBe(0);
  });
});
