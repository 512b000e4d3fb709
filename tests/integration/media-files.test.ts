import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { RtspServer } from "../../electron/simulator/rtsp/server.ts";
import type { SceneName } from "../../electron/simulator/scenes/scene.ts";
import { camera, MediaBench, scene } from "../fixtures/media-bench.ts";
import { readFragment } from "../fixtures/mp4-boxes.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { here } from "../fixtures/address-block.ts";

const hasFfmpeg = spawnSync("ffprobe", ["-version"], { stdio: "ignore" }).status === 0;
const servers: RtspServer[] = [];
const benches: MediaBench[] = [];
let hosts = 0;

async function play(name: SceneName, more: object): Promise<MediaBench> {
  hosts += 1;
  const { server, uri } = await camera(`${here("127.84.3")}.${hosts}`, name);
  servers.push(server);
  const bench = new MediaBench();
  benches.push(bench);
  bench.configure("c1", uri);
  bench.open(1, "c1", more);
  return bench;
}

afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** What ffprobe says of MP4 bytes, after ffmpeg decoded all of it without a complaint. */
function probe(mp4: Buffer): { readonly codecs: readonly string[]; readonly frames: number } {
  const folder = mkdtempSync(path.join(tmpdir(), "watchfloor-media-"));
  try {
    const file = path.join(folder, "out.mp4");
    writeFileSync(file, mp4);
    const decoded = spawnSync("ffmpeg", ["-v", "error", "-i", file, "-f", "null", "-"], { encoding: "utf8" });
    expect(decoded.stderr).toBe("");
    const show = ["-count_frames", "-show_entries", "stream=codec_name,nb_read_frames", "-of", "json"];
    const told: { streams: { codec_name: string; nb_read_frames: string }[] } = JSON.parse(
      execFileSync("ffprobe", ["-v", "error", ...show, file], { encoding: "utf8" }),
    );
    return {
      codecs: told.streams.map((stream) => stream.codec_name),
      frames: Number(told.streams[0]?.nb_read_frames),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("what a window is sent", () => {
  test.each([
    ["gate", "h264", "flac"],
    ["lobby", "h264", "aac"],
    ["car-park", "h264", undefined],
    ["loading-bay", "hevc", undefined],
  ] as const)("of %s is a valid file of %s that decodes without a complaint", async (name, video, audio) => {
    const bench = await play(name, { audio: audio !== undefined });
    const heard = bench.heard.get(1);
    if (heard === undefined) throw new Error("not open");
    const epoch = (): number => heard.inits.at(-1)?.epoch ?? 0;
    const current = (): typeof heard.fragments => heard.fragments.filter((one) => one.epoch === epoch());
    const pictures = (): typeof heard.fragments => current().filter(({ frames }) => frames.length === 1);
    const hasAll = (): boolean => audio === undefined || current().length > pictures().length;
    await waitUntil("forty pictures", () => pictures().length >= 40 && hasAll(), 20_000);
    const fragments = current();
    const shown = fragments.filter(({ frames }) => frames.length === 1);
    const samples = shown.flatMap(({ bytes }) => readFragment(Buffer.from(bytes)));
    for (const [index, sample] of samples.entries()) {
      expect(sample.compositionOffset).toBeGreaterThanOrEqual(0);
      if (index > 0) expect(sample.decodeTime).toBeGreaterThan(samples[index - 1]?.decodeTime ?? 0);
    }
    const truth = await scene(name);
    const reorders = truth.main.video.frames.some(({ displayOffset }) => displayOffset !== 0);
    expect(samples.some(({ compositionOffset }) => compositionOffset > 0)).toBe(reorders);
    if (!hasFfmpeg) return;
    const init = heard.inits.at(-1)?.bytes ?? new Uint8Array();
    const { codecs, frames } = probe(Buffer.concat([init, ...fragments.map(({ bytes }) => bytes)]));
    expect(codecs).toEqual(audio === undefined ? [video] : [video, audio]);
    expect(frames).toBe(shown.length);
  });
});

describe("standard mode", () => {
  test("serves a playlist, an init and segments that make a valid file, over a killed connection too", async () => {
    const bench = await play("gate", { mode: "standard", audio: true });
    const text = async (query = ""): Promise<string> => {
      const response = await bench.get(1, `index.m3u8${query}`);
      expect(response.status).toBe(200);
      return Buffer.from(response.bytes ?? []).toString("utf8");
    };
    const first = await text();
    expect(first).toContain("CAN-BLOCK-RELOAD=YES");
    const target = Number(/PART-TARGET=([\d.]+)/.exec(first)?.[1]);
    expect(target).toBeLessThan(0.35);
    servers[0]?.killConnections();
    let latest = first;
    await waitUntil(
      "a discontinuity with a whole segment after it",
      async () => {
        latest = await text();
        return /#EXT-X-DISCONTINUITY\n[\s\S]*#EXTINF/.test(latest);
      },
      20_000,
    );
    const uris = latest
      .split("\n")
      .filter((line) => /^segment-|^#EXT-X-MAP|^#EXT-X-DISCONTINUITY$/.test(line));
    const after = uris.slice(uris.lastIndexOf("#EXT-X-DISCONTINUITY") + 1);
    const files = after.map((line) => /"(init-\d+\.mp4)"/.exec(line)?.[1] ?? line);
    const pieces = await Promise.all(files.map((file) => bench.get(1, file)));
    expect(pieces.every(({ status }) => status === 200)).toBe(true);
    const mp4 = Buffer.concat(pieces.map(({ bytes }) => bytes ?? new Uint8Array()));
    if (hasFfmpeg) expect(probe(mp4).codecs[0]).toBe("h264");
    expect((await bench.get(1, "segment-99999.m4s")).status).toBe(404);
  }, 60_000);
});
