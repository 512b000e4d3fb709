import { afterEach, describe, expect, test } from "vitest";
import type { RtspServer } from "../../electron/simulator/rtsp/server.ts";
import type { SceneName } from "../../electron/simulator/scenes/scene.ts";
import { camera, MediaBench, type Heard } from "../fixtures/media-bench.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { here } from "../fixtures/address-block.ts";

const servers: RtspServer[] = [];
const benches: MediaBench[] = [];
let hosts = 0;

async function startCamera(
  name: SceneName = "gate",
  more: Parameters<typeof camera>[2] = {},
): Promise<Awaited<ReturnType<typeof camera>>> {
  hosts += 1;
  const started = await camera(`${here("127.84.2")}.${hosts}`, name, more);
  servers.push(started.server);
  return started;
}

function startBench(): MediaBench {
  const bench = new MediaBench();
  benches.push(bench);
  return bench;
}

const playing = async (heard: Heard, count = 5): Promise<void> =>
  waitUntil(`${count} fragments`, () => heard.fragments.length >= count);
const newest = (heard: Heard): number => heard.fragments.at(-1)?.frames[0]?.capturedAt ?? 0;
const reasons = (heard: Heard): readonly string[] =>
  heard.statuses.flatMap((status) => (status.kind === "waiting" ? [status.reason] : []));

afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe("a healthy camera", () => {
  test.each(["tcp", "udp"] as const)(
    "plays over %s: init, keyframe, then a frame a fragment",
    async (transport) => {
      const { uri } = await startCamera("gate");
      const bench = startBench();
      bench.configure("c1", uri, { transport });
      const heard = bench.open(1, "c1");
      await playing(heard, 20);
      expect(heard.inits).toHaveLength(1);
      expect(heard.inits[0]).toMatchObject({ codecs: "avc1.4d401f", width: 1280, height: 720 });
      expect(heard.fragments[0]?.isKeyframe).toBe(true);
      const times = heard.fragments.flatMap(({ frames }) => frames.map((frame) => frame.presentationS));
      expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
      expect(heard.fragments.map(({ sequence }) => sequence)).toEqual(
        heard.fragments.map((_, index) => index + 1),
      );
      expect(Date.now() - newest(heard)).toBeLessThan(1_500);
      await waitUntil("device time", () =>
        heard.statuses.some(
          (status) => status.kind === "playing" && !status.arrivalTime && status.transport === transport,
        ),
      );
    },
  );

  test("that refuses interleaved packets is asked for UDP in the same session", async () => {
    const { uri, server } = await startCamera("gate", { transports: ["udp"] });
    const bench = startBench();
    bench.configure("c1", uri, { transport: "tcp" });
    const heard = bench.open(1, "c1");
    await playing(heard);
    expect(server.counters.connections).toBe(1);
    expect(heard.statuses.find((status) => status.kind === "playing")).toMatchObject({ transport: "udp" });
  });

  test("that offers only Basic is logged in to, one that knows nobody is not", async () => {
    const auth = { kind: "basic", passwordOf: () => "right" } as const;
    const { uri } = await startCamera("gate", { auth });
    const bench = startBench();
    bench.configure("c1", uri);
    await playing(bench.open(1, "c1"));
    bench.configure("c2", uri, { username: null, password: null });
    const refused = bench.open(2, "c2");
    await waitUntil("the refusal", () => reasons(refused).includes("unauthorised"));
    expect(refused.inits).toEqual([]);
  });

  test("shows a second viewer the current group of pictures at once", async () => {
    const { uri } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri);
    const first = bench.open(1, "c1");
    await playing(first, 8);
    const second = bench.open(2, "c1");
    // Without waiting: everything since the keyframe was posted in the same turn.
    expect(second.inits).toHaveLength(1);
    expect(second.fragments[0]?.isKeyframe).toBe(true);
    expect(servers[0]?.counters.connections).toBe(1);
  });

  test("plays H.265 with a proper codec string", async () => {
    const { uri } = await startCamera("loading-bay");
    const bench = startBench();
    bench.configure("c1", uri);
    const heard = bench.open(1, "c1");
    await playing(heard);
    expect(heard.inits[0]?.codecs).toMatch(/^hvc1\.1\.6\.L\d+\.[0-9A-F]+/);
    expect(heard.statuses.some((status) => status.kind === "playing" && status.codec === "H265")).toBe(true);
  });

  test.each([
    ["gate", "flac", "G.711 µ-law"],
    ["lobby", "mp4a.40.2", "AAC"],
  ] as const)("brings the sound of %s as %s to who asked for it", async (name, codec, said) => {
    const { uri } = await startCamera(name);
    const bench = startBench();
    bench.configure("c1", uri);
    const silent = bench.open(1, "c1");
    await playing(silent);
    const loud = bench.open(2, "c1", { audio: true });
    await waitUntil("sound", () => loud.fragments.some(({ frames }) => frames.length === 0), 12_000);
    expect(loud.inits.at(-1)?.codecs).toContain(codec);
    expect(silent.inits.every(({ codecs }) => !codecs.includes(codec))).toBe(true);
    expect(silent.fragments.every(({ frames }) => frames.length === 1)).toBe(true);
    expect(silent.statuses.some((status) => status.kind === "playing" && status.audio === said)).toBe(true);
  });
});

describe("a camera that fails", () => {
  test("comes back within about 2 s when its socket is killed, and no other is disturbed", async () => {
    const [one, two] = [await startCamera("gate"), await startCamera("lobby")];
    const bench = startBench();
    bench.configure("c1", one.uri);
    bench.configure("c2", two.uri);
    const [first, second] = [bench.open(1, "c1"), bench.open(2, "c2")];
    await Promise.all([playing(first), playing(second)]);
    const before = first.fragments.length;
    const killedAt = performance.now();
    one.server.killConnections();
    await waitUntil("lost to be said", () => reasons(first).includes("closed"));
    await waitUntil("pictures again", () => first.inits.length === 2 && first.fragments.length > before + 2);
    // 0.25 s of backoff, then at most one group of pictures of 2 s until a keyframe.
    expect(performance.now() - killedAt).toBeLessThan(4_500);
    const gaps = second.times.map((time, index) => time - (second.times[index - 1] ?? time));
    expect(Math.max(...gaps)).toBeLessThan(1_000);
    const presentation = first.fragments.flatMap(({ frames }) => frames.map((frame) => frame.presentationS));
    expect(presentation.every((time, index) => index === 0 || time > (presentation[index - 1] ?? 0))).toBe(
      true,
    );
  });

  test("says unauthorised and tries a wrong password once, not again", async () => {
    const { uri, server } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri, { password: "wrong-canary-4711" });
    const heard = bench.open(1, "c1");
    await waitUntil("the refusal", () => reasons(heard).includes("unauthorised"));
    expect(heard.statuses.at(-1)).toMatchObject({ kind: "waiting", retryAt: null });
    // Longer than the first retries would take.
    const other = await startCamera("lobby");
    bench.configure("c2", other.uri);
    await playing(bench.open(2, "c2"), 30);
    expect(server.counters.connections).toBe(1);
    expect(JSON.stringify(bench.reports)).not.toContain("canary");
    bench.configure("c1", uri);
    await playing(heard);
  });

  test("says refused when nothing listens, and a retry by a person is at once", async () => {
    const { uri, server } = await startCamera("gate");
    server.faults.set({ kind: "rtsp-refuse" });
    const bench = startBench();
    bench.configure("c1", uri);
    const heard = bench.open(1, "c1");
    await waitUntil(
      "three refusals",
      () => reasons(heard).filter((reason) => reason === "refused").length >= 3,
    );
    server.faults.clear();
    await waitUntil("listening again", async () => {
      bench.process.receive({ type: "retry", channelId: "c1" });
      return heard.fragments.length > 0;
    });
    expect(heard.inits).toHaveLength(1);
  });

  test("notices stalled pictures after 5 s while three stalled cameras disturb no other", async () => {
    const stalled = await Promise.all(
      ["gate", "lobby", "car-park"].map((name) => startCamera(name as SceneName)),
    );
    const good = await startCamera("loading-bay");
    const bench = startBench();
    const heard = stalled.map(({ uri }, index) => {
      bench.configure(`s${index}`, uri);
      return bench.open(index, `s${index}`);
    });
    bench.configure("good", good.uri);
    const well = bench.open(9, "good");
    await Promise.all([...heard, well].map((one) => playing(one)));
    for (const { server } of stalled) server.faults.set({ kind: "rtsp-stall" });
    await waitUntil(
      "all three said stalled",
      () => heard.every((one) => reasons(one).includes("stalled")),
      9_000,
    );
    const gaps = well.times.map((time, index) => time - (well.times[index - 1] ?? time));
    expect(Math.max(...gaps)).toBeLessThan(1_000);
    for (const { server } of stalled) server.faults.clear();
    await waitUntil("all back", () => heard.every((one) => one.inits.length >= 2), 15_000);
  });

  test("survives garbage between packets and malformed units without an exception", async () => {
    const { uri, server } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri);
    const heard = bench.open(1, "c1");
    await playing(heard);
    server.faults.set({ kind: "rtsp-garbage", share: 0.5 });
    server.faults.set({ kind: "rtsp-malformed-nals", share: 0.3 });
    const before = heard.fragments.length;
    await waitUntil("damage to be counted", () =>
      heard.statuses.some((status) => status.kind === "playing" && status.malformedPackets > 0),
    );
    server.faults.clear();
    const after = Math.max(before, heard.fragments.length);
    await waitUntil("pictures again", () => heard.fragments.length > after + 20);
    expect(bench.reports.every((report) => report.type !== "log" || report.level !== "error")).toBe(true);
  });

  test("starts a new epoch when the picture's size changes", async () => {
    const { uri, server } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri);
    const heard = bench.open(1, "c1");
    await playing(heard);
    server.faults.set({ kind: "rtsp-resolution-change", path: "/main" });
    await waitUntil("another size", () => heard.inits.some(({ width }) => width === 640));
    expect(heard.inits[0]?.width).toBe(1280);
    const changed = heard.inits.find(({ width }) => width === 640);
    const first = heard.fragments.find(({ epoch }) => epoch === changed?.epoch);
    await waitUntil("its keyframe", () => heard.fragments.some(({ epoch }) => epoch === changed?.epoch));
    expect(first === undefined || first.isKeyframe).toBe(true);
  });

  test.each(["rtsp-frozen-timestamps", "rtsp-jumping-timestamps", "rtsp-no-sender-reports"] as const)(
    "goes on through %s with times that grow and are near the truth",
    async (kind) => {
      const { uri, server } = await startCamera("gate");
      server.faults.set(kind === "rtsp-jumping-timestamps" ? { kind, byMs: 600_000 } : { kind });
      const bench = startBench();
      bench.configure("c1", uri);
      const heard = bench.open(1, "c1");
      await playing(heard, 60);
      const frames = heard.fragments.flatMap((fragment) => fragment.frames);
      const spanS = (frames.at(-1)?.presentationS ?? 0) - (frames[0]?.presentationS ?? 0);
      expect(
        frames.every(
          ({ presentationS }, index) =>
            index === 0 || presentationS > (frames[index - 1]?.presentationS ?? 0),
        ),
      ).toBe(true);
      expect(spanS).toBeLessThan(12);
      expect(Math.abs(Date.now() - newest(heard))).toBeLessThan(1_500);
      await waitUntil("arrival time to be said", () =>
        heard.statuses.some((status) => status.kind === "playing" && status.arrivalTime),
      );
    },
  );

  test("shows the age of pictures that a camera sends late", async () => {
    const { uri, server } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri);
    const heard = bench.open(1, "c1");
    await playing(heard, 20);
    server.faults.set({ kind: "rtsp-delay", delayMs: 2_500 });
    await waitUntil("an old picture", () => {
      const index = heard.times.length - 1;
      const arrivedAt = performance.timeOrigin + (heard.times[index] ?? 0);
      return arrivedAt - newest(heard) > 2_200;
    });
    expect(heard.inits).toHaveLength(1);
  });
});

describe("a window that does not keep up", () => {
  test("is sent nothing more after 3 s, and goes on at a keyframe when it has caught up", async () => {
    const { uri } = await startCamera("gate");
    const bench = startBench();
    bench.configure("c1", uri);
    bench.acknowledges = false;
    const heard = bench.open(1, "c1");
    await playing(heard, 30);
    await waitUntil("the flow to stop", () => performance.now() - (heard.times.at(-1) ?? 0) > 600);
    const last = heard.fragments.length;
    bench.acknowledges = true;
    bench.send({ type: "appended", subscription: 1, sequence: heard.fragments.at(-1)?.sequence ?? 0 });
    await waitUntil("the flow to go on", () => heard.fragments.length > last);
    expect(heard.fragments[last]?.isKeyframe).toBe(true);
  });
});
