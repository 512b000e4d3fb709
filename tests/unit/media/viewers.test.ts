import { describe, expect, test } from "vitest";
import { explain, forSupervision, StreamError } from "../../../electron/media/failure.ts";
import type { StreamEpoch, StreamFragment } from "../../../electron/media/fragment-stream.ts";
import { GopCache } from "../../../electron/media/gop-cache.ts";
import { LiveViewer } from "../../../electron/media/live-viewer.ts";
import { RtspError } from "../../../electron/drivers/rtsp/rtsp-error.ts";
import { NeedsPersonError } from "../../../shared/base/supervise.ts";
import { MediaMessage } from "../../../shared/contract/media-port.ts";

const bytesOf = (length: number): Buffer<ArrayBuffer> => Buffer.alloc(length, 1);
const epoch = (number: number, hasSound = true): StreamEpoch => ({
  epoch: number,
  videoInit: bytesOf(1),
  videoCodecs: "avc1.4d401f",
  soundInit: hasSound ? bytesOf(2) : undefined,
  soundCodecs: hasSound ? "avc1.4d401f,flac" : undefined,
  width: 640,
  height: 360,
  fps: 10,
});
const picture = (of: number, isKeyframe = false, size = 10): StreamFragment => ({
  track: "video",
  epoch: of,
  bytes: bytesOf(size),
  isKeyframe,
  presentationS: 1,
  durationS: 0.1,
  capturedAt: 5,
});
const sound = (of: number): StreamFragment => ({ ...picture(of), track: "audio" });

function viewer(wantsSound: boolean): { own: LiveViewer; said: string[]; pass: (ms: number) => void } {
  const said: string[] = [];
  let nowMs = 0;
  const own = new LiveViewer({
    subscription: 1,
    wantsSound,
    clock: { now: () => nowMs, monotonicMs: () => nowMs, sleep: () => Promise.resolve() },
    post: (raw) => {
      const message = MediaMessage.parse(raw);
      if (message.type === "init") said.push(`init ${message.epoch} ${message.codecs}`);
      if (message.type === "fragment") {
        said.push(
          `${message.frames.length === 0 ? "sound" : message.isKeyframe ? "key" : "picture"} ${message.epoch}`,
        );
      }
    },
  });
  return { own, said, pass: (ms) => (nowMs += ms) };
}

describe("a low-latency viewer", () => {
  test("begins with an init and a keyframe, and again in each epoch", () => {
    const { own, said } = viewer(false);
    own.onEpoch(epoch(1));
    for (const fragment of [picture(1), picture(1, true), picture(1)]) own.onFragment(fragment, false);
    own.onEpoch(epoch(2));
    for (const fragment of [picture(1), picture(2), picture(2, true), picture(2)])
      own.onFragment(fragment, false);
    expect(said).toEqual([
      "init 1 avc1.4d401f",
      "key 1",
      "picture 1",
      "init 2 avc1.4d401f",
      "key 2",
      "picture 2",
    ]);
  });

  test("declares sound only while it flows, changing at keyframes", () => {
    const { own, said } = viewer(true);
    own.onEpoch(epoch(1));
    own.onFragment(picture(1, true), false);
    own.onFragment(sound(1), true);
    own.onFragment(picture(1, true), true);
    own.onFragment(sound(1), true);
    own.onFragment(picture(1, true), false);
    expect(said).toEqual([
      "init 1 avc1.4d401f",
      "key 1",
      "init 2 avc1.4d401f,flac",
      "key 2",
      "sound 2",
      "init 3 avc1.4d401f",
      "key 3",
    ]);
  });

  test("stops 3 s ahead of a window that takes nothing and goes on at a keyframe", () => {
    const { own, said, pass } = viewer(false);
    own.onEpoch(epoch(1));
    own.onFragment(picture(1, true), false);
    for (let index = 0; index < 60; index++) {
      pass(100);
      own.onFragment(picture(1), false);
    }
    const sent = said.length;
    expect(sent).toBeLessThan(35);
    expect(own.skippedFragments).toBeGreaterThan(25);
    own.onFragment(picture(1, true), false);
    expect(said).toHaveLength(sent);
    own.appended(1_000);
    own.onFragment(picture(1), false);
    expect(said).toHaveLength(sent);
    own.onFragment(picture(1, true), false);
    own.onFragment(picture(1), false);
    expect(said.slice(sent)).toEqual(["key 1", "picture 1"]);
  });
});

describe("the group of pictures kept for new viewers", () => {
  test("begins with the last keyframe", () => {
    const cache = new GopCache();
    for (const fragment of [picture(1), picture(1, true), picture(1), picture(1, true), picture(1)])
      cache.add(fragment);
    expect(cache.fragments.map(({ isKeyframe }) => isKeyframe)).toEqual([true, false]);
  });

  test("is dropped whole when it grows beyond its bound", () => {
    const cache = new GopCache();
    cache.add(picture(1, true, 1_000_000));
    for (let index = 0; index < 20; index++) {
      cache.add(picture(1, false, 1_000_000));
      expect(cache.bytes).toBeLessThanOrEqual(13_000_000);
    }
    expect(cache.fragments).toEqual([]);
    cache.add(picture(1, true));
    expect(cache.fragments).toHaveLength(1);
  });
});

describe("failures", () => {
  test("a wrong password and an unsupported codec wait for a person, others are tried again", () => {
    expect(forSupervision(new RtspError("unauthorised", "no", { status: 401 }))).toBeInstanceOf(
      NeedsPersonError,
    );
    expect(forSupervision(new StreamError("unsupported-codec", "JPEG"))).toBeInstanceOf(NeedsPersonError);
    for (const failure of ["timeout", "closed", "refused", "unreachable", "garbage", "not-found"] as const) {
      expect(forSupervision(new RtspError(failure, "x"))).not.toBeInstanceOf(NeedsPersonError);
    }
  });

  test("keep their reason and words through supervision, and hide what is unexpected", () => {
    const wrapped = forSupervision(new RtspError("unauthorised", "the camera answered DESCRIBE with 401"));
    expect(explain(wrapped)).toEqual({
      reason: "unauthorised",
      detail: "the camera answered DESCRIBE with 401",
    });
    expect(explain(new TypeError("password=secret"))).toMatchObject({ reason: "internal" });
    expect(explain(new TypeError("password=secret")).detail).not.toContain("secret");
  });
});
