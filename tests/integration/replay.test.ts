import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import type { RtspServer } from "../../electron/simulator/rtsp/server.ts";
import { camera, MediaBench } from "../fixtures/media-bench.ts";
import { waitUntil } from "../fixtures/wait-until.ts";

const run = promisify(execFile);
const servers: RtspServer[] = [];
const benches: MediaBench[] = [];

afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

test("what a window shows live can be seen again without being recorded, and nothing else can", async () => {
  const { server, uri } = await camera("127.89.7.1", "gate");
  servers.push(server);
  const bench = new MediaBench();
  benches.push(bench);
  bench.configure("gate", uri);
  const heard = bench.open(1, "gate");
  await waitUntil("pictures of more than two groups", () => heard.fragments.length > 60, 30_000);

  bench.send({ type: "open-replay", subscription: 2, channelId: "gate" });
  bench.send({ type: "open-replay", subscription: 3, channelId: "lobby" });
  expect((await bench.get(3, "index.m3u8")).status).toBe(404);
  const playlist = Buffer.from((await bench.get(2, "index.m3u8")).bytes ?? []).toString("utf8");
  const names = playlist.match(/[a-z]+-\d+\.(?:mp4|m4s)/g) ?? [];
  expect(names.length).toBeGreaterThanOrEqual(3);
  const before = heard.fragments.length;
  await waitUntil("more live pictures", () => heard.fragments.length > before + 20, 20_000);
  // It was frozen when it was opened: asked again it is the same.
  expect(Buffer.from((await bench.get(2, "index.m3u8")).bytes ?? []).toString("utf8")).toBe(playlist);
  const parts = await Promise.all(names.map((name) => bench.get(2, name)));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-replay-"));
  try {
    const whole = path.join(folder, "replay.mp4");
    fs.writeFileSync(whole, Buffer.concat(parts.map(({ bytes }) => bytes ?? Buffer.alloc(0))));
    const args = ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0"];
    const counted = await run("ffprobe", [...args, whole]);
    expect(counted.stderr).toBe("");
    expect(Number(counted.stdout)).toBeGreaterThan(30);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  bench.send({ type: "close", subscription: 2 });
  expect((await bench.get(2, "index.m3u8")).status).toBe(404);
}, 90_000);
