import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFor, type PlayKnowledge, type PlayWish } from "../../../renderer/player/player-state.ts";
import { RebuildLimit } from "../../../renderer/player/rebuild-limit.ts";
import type { Stream, StreamRole, VideoCodec } from "../../../shared/model/stream.ts";

const stream = (role: StreamRole, codec: VideoCodec = "H264"): Stream => ({
  role,
  codec,
  profileToken: role,
  profileName: role,
  width: role === "main" ? 1280 : 640,
  height: role === "main" ? 720 : 360,
  fps: 10,
  bitrateKbps: 500,
  govLength: 20,
  audioCodec: null,
  uri: "rtsp://127.86.0.1:8554/main",
});
const wish = (over: Partial<PlayWish> = {}): PlayWish => ({
  streams: [stream("main"), stream("sub")],
  size: "small",
  mode: "auto",
  autoMode: "low-latency",
  sound: "off",
  ...over,
});
const known = (over: Partial<PlayKnowledge> = {}): PlayKnowledge => ({
  canDecode: (codec) => codec === "H264",
  unplayable: new Set(),
  prefersStandard: false,
  ...over,
});

describe("choosing what to play", () => {
  it("plays the sub stream small and the main stream large", () => {
    expect(planFor(wish(), known())).toMatchObject({ role: "sub", mode: "low-latency", note: undefined });
    expect(planFor(wish({ size: "large" }), known())).toMatchObject({ role: "main", note: undefined });
  });

  it("plays the only stream there is without remark", () => {
    expect(planFor(wish({ streams: [stream("main")] }), known())).toMatchObject({
      role: "main",
      note: undefined,
    });
  });

  it("shows the H.264 sub stream in place of an H.265 main stream and says why", () => {
    const streams = [stream("main", "H265"), stream("sub")];
    expect(planFor(wish({ streams, size: "large" }), known())).toMatchObject({
      role: "sub",
      note: { kind: "substitute", wanted: "main", codec: "H265" },
    });
  });

  it("learns from bytes that could not be decoded", () => {
    const unplayable = new Set<StreamRole>(["sub"]);
    expect(planFor(wish(), known({ unplayable }))).toMatchObject({
      role: "main",
      note: { kind: "substitute" },
    });
  });

  it("names the codecs when nothing can be decoded", () => {
    const streams = [stream("main", "H265"), stream("sub", "JPEG")];
    expect(planFor(wish({ streams }), known())).toEqual({ unsupported: ["JPEG", "H265"] });
  });

  it("falls back to standard mode only where the mode is not pinned", () => {
    const tired = known({ prefersStandard: true });
    expect(planFor(wish(), tired)).toMatchObject({ mode: "standard", note: { kind: "fallback" } });
    expect(planFor(wish({ mode: "low-latency" }), tired)).toMatchObject({ mode: "low-latency" });
  });

  it("never plays what cannot be decoded", () => {
    const codec = fc.constantFrom<VideoCodec>("H264", "H265", "JPEG", "other");
    const streams = fc.uniqueArray(
      fc
        .record({ role: fc.constantFrom<StreamRole>("main", "sub", "other"), codec })
        .map((it) => stream(it.role, it.codec)),
      { selector: (it) => it.role, minLength: 1 },
    );
    fc.assert(
      fc.property(streams, fc.constantFrom("small" as const, "large" as const), (offered, size) => {
        const plan = planFor(wish({ streams: offered, size }), known());
        const playable = offered.filter((it) => it.codec === "H264");
        if ("unsupported" in plan) expect(playable).toEqual([]);
        else expect(playable.map((it) => it.role)).toContain(plan.role);
      }),
    );
  });
});

describe("building a broken feed again", () => {
  it("waits longer each time", () => {
    const limit = new RebuildLimit();
    expect([limit.broke(0), limit.broke(1_000), limit.broke(2_000)]).toEqual([100, 200, 400]);
    expect(limit.broke(400_000)).toBe(100);
  });

  it("gives the mode up for a minute after three troubles within a minute", () => {
    const limit = new RebuildLimit();
    limit.broke(0);
    limit.broke(10_000);
    expect(limit.isTired(10_000)).toBe(false);
    limit.broke(20_000);
    expect(limit.isTired(20_000)).toBe(true);
    expect(limit.isTired(79_999)).toBe(true);
    expect(limit.isTired(80_000)).toBe(false);
  });

  it("takes failures over one broken group of pictures as one trouble", () => {
    const limit = new RebuildLimit();
    for (const atMs of [0, 200, 700, 1_500, 3_200]) limit.broke(atMs);
    expect(limit.isTired(3_200)).toBe(false);
  });
});
