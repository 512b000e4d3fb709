import { expect, test } from "vitest";
import { PlaybackWindow } from "../../../renderer/player/playback-window.ts";
import { ChannelId, PlaybackId } from "../../../shared/base/ids.ts";
import type { Playback } from "../../../shared/contract/recording.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

const channel = ChannelId.parse("channel-1");
const minute = 60_000;
const startOfDay = Date.UTC(2026, 10, 22, 0);
const now = startOfDay + 5 * 3_600_000;

/** A window on a main process that allows what is asked until it is told to fail. */
function stage() {
  const clock = new FakeClock(now);
  const asked: { readonly from: number; readonly to: number }[] = [];
  const opened: Playback[] = [];
  const released: PlaybackId[] = [];
  const state = { failing: false };
  const window = new PlaybackWindow({
    clock,
    allow: (channels, from, to) => {
      asked.push({ from, to });
      if (state.failing) return Promise.reject(new Error("the disk is gone"));
      return Promise.resolve({
        id: PlaybackId.parse(`playback-${asked.length}`),
        tracks: channels.map((channelId) => ({ channelId, role: "main", from, to })),
      });
    },
    release: ({ id }) => released.push(id),
    onOpened: (playback) => opened.push(playback),
    onChange: () => undefined,
  });
  window.setChannels([channel]);
  return { clock, asked, opened, released, state, window };
}

test("about an hour around the time is opened once, and no more while the time stays in it", async () => {
  const { window, clock, asked, opened } = stage();
  const at = startOfDay + 3_600_000;
  window.keepAround(at, 1, "all");
  window.keepAround(at, 1, "all");
  await clock.advance(0);
  expect(asked).toEqual([{ from: at - 10 * minute, to: at + 50 * minute }]);
  expect(opened).toHaveLength(1);
  expect(window.covers(at)).toBe(true);
  window.keepAround(at + 30 * minute, 1, "all");
  await clock.advance(0);
  expect(asked).toHaveLength(1);
});

test("near its end the next one is opened, and the one before is released only with the one after that", async () => {
  const { window, clock, asked, released } = stage();
  const at = startOfDay + 3_600_000;
  window.keepAround(at, 1, "all");
  await clock.advance(0);
  window.keepAround(at + 49 * minute + 59_000, 1, "all");
  await clock.advance(0);
  expect(asked).toHaveLength(2);
  expect(released).toEqual([]);
  window.keepAround(at, 1, "keys");
  await clock.advance(0);
  expect(window.pictures).toBe("keys");
  expect(released).toEqual([PlaybackId.parse("playback-1")]);
  window.close();
  expect(released).toHaveLength(3);
});

test("where recording goes on it is asked for again, but not on every beat", async () => {
  const { window, clock, asked } = stage();
  for (let beat = 0; beat < 50; beat += 1) {
    window.keepAround(now - 1_000, 1, "all");
    await clock.advance(40);
  }
  expect(asked).toHaveLength(1);
  await clock.advance(2_000);
  window.keepAround(now + 1_000, 1, "all");
  await clock.advance(0);
  expect(asked).toHaveLength(2);
});

test("a refusal is said and tried again after three seconds", async () => {
  const { window, clock, asked, state } = stage();
  state.failing = true;
  window.keepAround(now - minute, 1, "all");
  await clock.advance(0);
  expect(window.failure).toBe("the disk is gone");
  expect(window.covers(now - minute)).toBe(false);
  state.failing = false;
  window.keepAround(now - minute, 1, "all");
  expect(asked).toHaveLength(1);
  await clock.advance(3_000);
  window.keepAround(now - minute, 1, "all");
  await clock.advance(0);
  expect(window.failure).toBeNull();
  expect(window.covers(now - minute)).toBe(true);
});

test("an answer for cameras that are no longer shown is given back unused", async () => {
  const { window, clock, opened, released } = stage();
  window.keepAround(now - minute, 1, "all");
  window.setChannels([ChannelId.parse("channel-2")]);
  await clock.advance(0);
  expect(opened).toEqual([]);
  expect(released).toHaveLength(1);
});
