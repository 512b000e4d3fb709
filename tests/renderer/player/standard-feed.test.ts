import { beforeEach, describe, expect, it, vi } from "vitest";
import { ChannelId } from "../../../shared/base/ids.ts";
import { liveHlsConfig, StandardFeed } from "../../../renderer/player/standard-feed.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { FakeLink, playing } from "./fake-link.ts";
import { installFakeMedia } from "./fake-media.ts";

type Listener = (event: string, payload: unknown) => void;

/** hls.js as far as the feed drives it; the test says what it finds. */
const { FakeHls } = vi.hoisted(() => {
  class FakeHls {
    static made: FakeHls[] = [];
    static readonly ErrorDetails = {
      BUFFER_ADD_CODEC_ERROR: "bufferAddCodecError",
      MANIFEST_INCOMPATIBLE_CODECS_ERROR: "manifestIncompatibleCodecsError",
    };
    readonly config: Record<string, unknown>;
    readonly listeners = new Map<string, Listener>();
    readonly loaded: string[] = [];
    readonly levels = [{ videoCodec: "avc1.4d401f", audioCodec: undefined, frameRate: 10 }];
    currentLevel = -1;
    liveSyncPosition: number | null = null;
    latestLevelDetails: unknown = null;
    isDestroyed = false;
    constructor(config: Record<string, unknown>) {
      this.config = config;
      FakeHls.made.push(this);
    }
    on(event: string, listener: Listener): void {
      this.listeners.set(event, listener);
    }
    loadSource(url: string): void {
      this.loaded.push(url);
    }
    attachMedia(): void {
      return undefined;
    }
    destroy(): void {
      this.isDestroyed = true;
    }
  }
  return { FakeHls };
});
vi.mock("hls.js", () => ({
  default: FakeHls,
  Events: { ERROR: "error", FRAG_BUFFERED: "fragBuffered" },
}));

function started() {
  const clock = new FakeClock();
  const link = new FakeLink();
  const video = document.createElement("video");
  const events = { onStatus: vi.fn(), onUnsupported: vi.fn(), onBroken: vi.fn() };
  const order = {
    channelId: ChannelId.parse("01890a5d-ac96-774b-bcce-b302099a8057"),
    role: "sub",
    mode: "standard",
    audio: false,
  } as const;
  const feed = new StandardFeed({ link, clock, video, order, events });
  feed.start();
  return { clock, link, video, events, feed };
}
const hls = (): InstanceType<typeof FakeHls> => {
  const last = FakeHls.made.at(-1);
  if (last === undefined) throw new Error("hls.js was not started");
  return last;
};
const fails = (details: string, fatal: boolean): void =>
  hls().listeners.get("error")?.("error", { details, fatal, mimeType: 'video/mp4; codecs="hvc1"' });

beforeEach(() => {
  FakeHls.made = [];
  installFakeMedia();
});

describe("hls.js in standard mode", () => {
  it("is told what it needs to stay live, and loads over the port only", () => {
    started();
    expect(hls().config).toMatchObject({ ...liveHlsConfig });
    expect(liveHlsConfig).toMatchObject({ lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.2 });
    expect(hls().config["loader"]).toBeTypeOf("function");
    expect(hls().loaded).toEqual(["https://media.invalid/index.m3u8"]);
  });

  it.each(["levelParsingError", "bufferAppendError", "levelLoadTimeOut"])(
    "loads the source anew after a fatal %s, and not at once",
    async (details) => {
      const { feed, clock } = started();
      fails(details, true);
      feed.tick(clock.monotonicMs());
      expect(FakeHls.made).toHaveLength(1);
      await clock.advance(1_000);
      feed.tick(clock.monotonicMs());
      expect(FakeHls.made).toHaveLength(2);
      expect(FakeHls.made[0]?.isDestroyed).toBe(true);
      expect(hls().loaded).toEqual(["https://media.invalid/index.m3u8"]);
    },
  );

  it("waits longer with each failure in a row, and less again once a part has played", async () => {
    const { feed, clock } = started();
    const msToReload = async (): Promise<number> => {
      const before = FakeHls.made.length;
      fails("levelParsingError", true);
      for (let ms = 0; ms < 30_000; ms += 50) {
        await clock.advance(50);
        feed.tick(clock.monotonicMs());
        if (FakeHls.made.length > before) return ms;
      }
      throw new Error("never loaded again");
    };
    const waits: number[] = [];
    for (let round = 0; round < 4; round++) waits.push(await msToReload());
    expect(waits[3]).toBeGreaterThan(3 * (waits[0] ?? 0));
    hls().listeners.get("fragBuffered")?.("fragBuffered", {});
    expect(await msToReload()).toBeLessThan(1_000);
  });

  it("leaves errors that hls.js mends itself to hls.js", async () => {
    const { feed, clock } = started();
    fails("fragLoadTimeOut", false);
    await clock.advance(2_000);
    feed.tick(clock.monotonicMs());
    expect(FakeHls.made).toHaveLength(1);
  });

  it("says that a codec cannot be decoded instead of trying for ever", async () => {
    const { feed, clock, events } = started();
    fails("bufferAddCodecError", true);
    expect(events.onUnsupported).toHaveBeenCalledWith('video/mp4; codecs="hvc1"');
    await clock.advance(5_000);
    feed.tick(clock.monotonicMs());
    expect(FakeHls.made).toHaveLength(1);
  });

  it("loads anew when the picture stands still (a frozen playlist, a part asked for again and again)", async () => {
    const { feed, clock, video } = started();
    for (let second = 0; second < 20; second++) {
      video.currentTime = second;
      await clock.advance(1_000);
      feed.tick(clock.monotonicMs());
    }
    expect(FakeHls.made).toHaveLength(1);
    for (let second = 0; second < 12; second++) {
      await clock.advance(1_000);
      feed.tick(clock.monotonicMs());
    }
    expect(FakeHls.made).toHaveLength(2);
  });

  it("jumps to the live edge when it is more than 6 s behind", () => {
    const { feed, clock, video } = started();
    video.currentTime = 10;
    hls().liveSyncPosition = 15;
    feed.tick(clock.monotonicMs());
    expect(video.currentTime).toBe(10);
    video.currentTime = 11;
    hls().liveSyncPosition = 20;
    feed.tick(clock.monotonicMs());
    expect(video.currentTime).toBe(20);
  });

  it("loads anew when the media process started anew, and passes its status on", async () => {
    const { feed, clock, link, events } = started();
    link.last().say({ type: "status", subscription: 0, status: playing });
    expect(events.onStatus).toHaveBeenCalledWith(playing);
    link.last().say({ type: "reset" });
    await clock.advance(1_000);
    feed.tick(clock.monotonicMs());
    expect(FakeHls.made).toHaveLength(2);
  });

  it("knows a frame's capture time from the playlist only, and never invents one", () => {
    const { feed, clock } = started();
    expect(feed.captured(3.5, clock.monotonicMs())).toBeUndefined();
    hls().latestLevelDetails = {
      fragments: [
        { start: 0, programDateTime: null },
        { start: 2, programDateTime: clock.now() - 3_000 },
      ],
    };
    expect(feed.captured(1, clock.monotonicMs())).toBeUndefined();
    const frame = feed.captured(3.5, clock.monotonicMs());
    expect(frame?.capturedAt).toBe(clock.now() - 1_500);
    expect(frame?.capturedMs).toBe(clock.monotonicMs() - 1_500);
  });

  it("frees everything when it stops, and does nothing afterwards", async () => {
    const { feed, clock, link } = started();
    feed.stop();
    feed.stop();
    expect(hls().isDestroyed).toBe(true);
    expect(link.stillOpen).toHaveLength(0);
    fails("levelParsingError", true);
    await clock.advance(20_000);
    feed.tick(clock.monotonicMs());
    expect(FakeHls.made).toHaveLength(1);
  });
});
