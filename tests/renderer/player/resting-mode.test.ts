import { beforeEach, describe, expect, it } from "vitest";
import { PlayerDriver } from "../../../renderer/player/player-driver.ts";
import { VideoPool } from "../../../renderer/player/video-pool.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import { FakeLink } from "./fake-link.ts";
import { installFakeMedia } from "./fake-media.ts";

const stream = {
  role: "sub",
  codec: "H264",
  profileToken: "sub",
  profileName: "sub",
  width: 640,
  height: 360,
  fps: 10,
  bitrateKbps: 0,
  govLength: 0,
  audioCodec: null,
  uri: "rtsp://127.86.0.1/x",
} as const;

describe("low latency that breaks again and again", () => {
  let nowMs = 10_000;
  let link: FakeLink;
  let driver: PlayerDriver;
  const clock = { now: () => nowMs, monotonicMs: () => nowMs, sleep: () => Promise.resolve() };
  const tick = (): void => driver.tick({ wallMs: nowMs, monotonicMs: nowMs });
  /** The feed breaks, and is built again. */
  const breakFeed = (): void => {
    link.last().say({ type: "reset" });
    nowMs += 10_000;
    tick();
  };

  beforeEach(() => {
    installFakeMedia();
    nowMs = 10_000;
    link = new FakeLink();
    driver = new PlayerDriver({
      channelId: ChannelId.parse("c1"),
      link,
      clock,
      pool: new VideoPool(document),
      canDecode: () => true,
      onFault: () => undefined,
    });
    driver.attach(document.createElement("div"));
    driver.show({ streams: [stream], size: "small", mode: "auto", autoMode: "low-latency", sound: "off" });
  });

  it("rests for a minute in favour of standard mode, and is tried again by itself", () => {
    breakFeed();
    breakFeed();
    expect(driver.view.plan?.mode).toBe("low-latency");
    breakFeed();
    expect(driver.view.plan?.mode).toBe("standard");
    nowMs += 45_000;
    tick();
    expect(driver.view.plan?.mode).toBe("standard");
    nowMs += 10_000;
    tick();
    expect(driver.view.plan).toMatchObject({ mode: "low-latency", note: undefined });
    driver.dispose();
  });

  it("is built anew from the next keyframe: the group of pictures at hand broke it", () => {
    expect(link.last().order.isFresh).toBe(false);
    breakFeed();
    expect(link.last().order.isFresh).toBe(true);
    driver.restart();
    expect(link.last().order.isFresh).toBe(false);
    driver.dispose();
  });
});
