import { beforeEach, describe, expect, it, vi } from "vitest";
import { PlayerDeck } from "../../../renderer/player/player-deck.ts";
import type { PlayerDriver } from "../../../renderer/player/player-driver.ts";
import type { PlayWish } from "../../../renderer/player/player-state.ts";
import type { TileReport } from "../../../shared/contract/live.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import type { Stream, StreamRole } from "../../../shared/model/stream.ts";
import { FakeLink, frame, init, playing } from "./fake-link.ts";
import { FakeMediaSource, installFakeMedia, present } from "./fake-media.ts";
import { TestClock } from "./test-clock.ts";

const stream = (role: StreamRole): Stream => ({
  role,
  codec: "H264",
  profileToken: role,
  profileName: role,
  width: 640,
  height: 360,
  fps: 10,
  bitrateKbps: 0,
  govLength: 0,
  audioCodec: null,
  uri: "rtsp://127.86.0.1/x",
});
const small: PlayWish = {
  streams: [stream("main"), stream("sub")],
  size: "small",
  mode: "auto",
  autoMode: "low-latency",
  sound: "off",
};
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

let clock: TestClock;
let link: FakeLink;
let deck: PlayerDeck;
let driver: PlayerDriver;
let host: HTMLElement;
let reports: (readonly TileReport[])[];
let visibility: DocumentVisibilityState;

const video = (): HTMLVideoElement => {
  const found = host.querySelector<HTMLVideoElement>("video[data-layer=front]");
  if (found === null) throw new Error("no picture in front");
  return found;
};
/** The camera sends its first frame and the browser shows it. */
const goLive = async (): Promise<void> => {
  link.last().say({ type: "status", subscription: 0, status: playing });
  link.last().say(init());
  link.last().say(frame(0, clock.now() - 100));
  await settle();
  clock.pass(50);
  present(video(), 0);
};
const nextFrame = (sequence: number): void => {
  link.last().say(frame(sequence, clock.now() - 100));
  present(video(), sequence / 10);
};

beforeEach(() => {
  installFakeMedia();
  clock = new TestClock();
  link = new FakeLink();
  reports = [];
  visibility = "visible";
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
  deck = new PlayerDeck({
    link,
    clock,
    document,
    canDecode: (codec) => codec === "H264",
    onReport: (report) => reports.push(report),
    onFault: () => undefined,
  });
  driver = deck.open(ChannelId.parse("c1"));
  host = document.createElement("div");
  driver.attach(host);
  driver.show(small);
});

describe("a tile's picture", () => {
  it("is connecting until its first frame is presented, then live with its age from capture", async () => {
    expect(driver.state.kind).toBe("connecting");
    await goLive();
    expect(driver.state).toEqual({ kind: "live", ageMs: 150 });
  });

  it("says at once and with each beat how long its claim lasts, and nothing while it claims nothing", async () => {
    const ends: number[] = [];
    driver.subscribeClaim(({ endsMs }) => ends.push(endsMs));
    expect(ends).toEqual([]);
    await goLive();
    expect(ends).toEqual([clock.monotonicMs() - 150 + 2_000]);
    const late: number[] = [];
    driver.subscribeClaim(({ endsMs }) => late.push(endsMs));
    expect(late).toEqual(ends);
    clock.pass(300);
    nextFrame(1);
    deck.tick();
    expect(ends.at(-1)).toBe(clock.monotonicMs() - 100 + 2_000);
    const before = ends.length;
    clock.pass(20_000);
    deck.tick();
    expect(driver.state.kind).toBe("stale");
    expect(ends).toHaveLength(before);
  });

  it("is not live because bytes arrive: only a presented frame counts", async () => {
    await goLive();
    for (let sequence = 1; sequence <= 40; sequence++) {
      clock.pass(100);
      link.last().say(frame(sequence, clock.now() - 100));
      deck.tick();
    }
    expect(driver.state.kind).toBe("stale");
  });

  it("is delayed when what is shown was captured 3 s ago", async () => {
    await goLive();
    clock.pass(100);
    link.last().say(frame(1, clock.now() - 3_000));
    present(video(), 0.1);
    expect(driver.state.kind).toBe("delayed");
  });

  it("is lost at once when the source is gone, and live again only with a new frame", async () => {
    await goLive();
    const retryAt = clock.now() + 1_000;
    const gone = {
      kind: "waiting",
      reason: "closed",
      detail: "",
      since: 0,
      attempt: 1,
      lastFrameAt: null,
    } as const;
    link.last().say({ type: "status", subscription: 0, status: { ...gone, retryAt } });
    expect(driver.state).toMatchObject({ kind: "lost", reason: "closed", retryAt });
    clock.pass(5_000);
    link.last().say({ type: "status", subscription: 0, status: playing });
    expect(driver.state.kind).toBe("stale");
    nextFrame(1);
    expect(driver.state.kind).toBe("live");
  });

  it("proves itself anew after the computer slept, whatever the monotonic clock says", async () => {
    await goLive();
    deck.tick();
    clock.wallMs += 3_600_000;
    clock.monotonic += 250;
    deck.tick();
    expect(driver.state.kind).toBe("connecting");
    nextFrame(1);
    expect(driver.state.kind).toBe("live");
  });

  it("keeps its age when this computer's clock is set back by an hour", async () => {
    await goLive();
    deck.tick();
    clock.wallMs -= 3_600_000;
    clock.monotonic += 3_000;
    deck.tick();
    clock.pass(3_000);
    expect(driver.state).toMatchObject({ kind: "stale", forMs: 6_000 });
  });

  it("is neither judged nor reported while the window is hidden, and shows a new frame before it is live", async () => {
    await goLive();
    for (let beat = 0; beat < 4; beat++) deck.tick();
    expect(reports).toHaveLength(1);
    visibility = "hidden";
    for (let beat = 0; beat < 40; beat++) {
      clock.pass(250);
      deck.tick();
    }
    expect(reports).toHaveLength(1);
    visibility = "visible";
    deck.start();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(driver.state.kind).toBe("connecting");
    nextFrame(1);
    expect(driver.state.kind).toBe("live");
    deck.stop();
  });
});

describe("changing what is played", () => {
  it("prepares the main stream behind the picture and swaps when its first frame is presented", async () => {
    await goLive();
    const before = video();
    driver.show({ ...small, size: "large" });
    expect(link.orders.map((order) => order.order.role)).toEqual(["sub", "main"]);
    expect(video()).toBe(before);
    const behind = host.querySelector<HTMLVideoElement>("video[data-layer=back]");
    link.last().say({ type: "status", subscription: 0, status: playing });
    link.last().say(init());
    link.last().say(frame(0, clock.now() - 100));
    await settle();
    expect(video()).toBe(before);
    if (behind !== null) present(behind, 0);
    expect(video()).toBe(behind);
    expect(before.isConnected).toBe(false);
    expect(link.stillOpen).toHaveLength(1);
    expect(driver.state.kind).toBe("live");
  });

  it("drops what it prepared when the wish is taken back, and reuses the element", async () => {
    await goLive();
    for (let time = 0; time < 20; time++) {
      driver.show({ ...small, size: "large" });
      driver.show(small);
    }
    expect(link.stillOpen.map((order) => order.order.role)).toEqual(["sub"]);
    expect(deck.pool.made).toBe(2);
  });

  it("plays the other stream when the bytes turn out not to be decodable, and says so", async () => {
    FakeMediaSource.playable = (type) => type.includes("avc1");
    link.last().say(init("hvc1.1.6.L120.B0"));
    await settle();
    expect(link.stillOpen.map((order) => order.order.role)).toEqual(["main"]);
    expect(driver.view.plan?.note).toEqual({ kind: "substitute", wanted: "sub", codec: "H264" });
  });

  it("builds a new feed when the media process started anew, with the old picture standing and ageing", async () => {
    await goLive();
    const before = video();
    link.last().say({ type: "reset" });
    clock.pass(3_000);
    deck.tick();
    expect(link.orders).toHaveLength(2);
    expect(video()).toBe(before);
    expect(driver.state.kind).toBe("stale");
  });

  it("builds a new feed when the source buffer fails", async () => {
    await goLive();
    const buffer = FakeMediaSource.made.at(-1)?.buffers[0];
    buffer?.dispatchEvent(new Event("error"));
    await settle();
    clock.pass(500);
    deck.tick();
    expect(link.orders).toHaveLength(2);
    await goLiveBehind();
    expect(driver.state.kind).toBe("live");
  });

  const goLiveBehind = async (): Promise<void> => {
    link.last().say({ type: "status", subscription: 0, status: playing });
    link.last().say(init());
    link.last().say(frame(0, clock.now() - 100));
    await settle();
    const behind = host.querySelector<HTMLVideoElement>("video[data-layer=back]");
    if (behind !== null) present(behind, 0);
  };

  it("changes the type of the buffer when the camera changes its encoder", async () => {
    await goLive();
    link.last().say(init("avc1.640028"));
    expect(FakeMediaSource.made.at(-1)?.buffers[0]?.types.at(-1)).toContain("avc1.640028");
  });

  it("tells the media process how far it has come, a few times a second", async () => {
    await goLive();
    for (let sequence = 1; sequence <= 10; sequence++) {
      clock.pass(100);
      link.last().say(frame(sequence, clock.now()));
      await settle();
    }
    const { acknowledged } = link.last();
    expect(acknowledged.at(-1)).toBeGreaterThanOrEqual(8);
    expect(acknowledged.length).toBeLessThanOrEqual(7);
  });

  it("tells the media process of the last frame of a burst, or it would wait for ever", async () => {
    await goLive();
    for (let sequence = 1; sequence <= 40; sequence++) link.last().say(frame(sequence, clock.now()));
    await vi.waitFor(() => expect(link.last().acknowledged.at(-1)).toBe(40));
  });

  it("takes a group of pictures sent once more, and begins anew when the timeline does", async () => {
    await goLive();
    for (const sequence of [400, 380, 390]) link.last().say(frame(sequence, clock.now()));
    expect(link.stillOpen).toHaveLength(1);
    link.last().say(frame(3, clock.now()));
    clock.pass(500);
    deck.tick();
    expect(link.orders).toHaveLength(2);
  });

  it("frees everything when it is closed", async () => {
    await goLive();
    deck.close(driver);
    expect(link.stillOpen).toEqual([]);
    expect(host.querySelector("video")).toBeNull();
  });
});
