import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { captureTimeNear, decodeFrameStamp } from "../../../electron/simulator/scenes/frame-stamp.ts";
import { cameraShowing } from "./camera-under-test.ts";
import { here } from "../../fixtures/address-block.ts";

const run = promisify(execFile);
const hasFfmpeg = await run("ffmpeg", ["-version"]).then(
  () => true,
  () => false,
);
if (!hasFfmpeg) console.log("ffmpeg is not installed: outside-player tests are left out");

/** Grey pictures of the first seconds of a stream as ffmpeg decodes them. */
async function decoded(uri: string, transport: string, width: number, height: number): Promise<Uint8Array[]> {
  const { stdout } = await run(
    "ffmpeg",
    ["-v", "error", "-rtsp_transport", transport, "-i", uri, "-an", "-fps_mode", "passthrough", "-frames:v", "12", "-vf", "format=gray", "-f", "rawvideo", "-"],
    { encoding: "buffer", maxBuffer: 64_000_000, timeout: 28_000 },
  ); // prettier-ignore
  const size = width * height;
  return Array.from({ length: stdout.length / size }, (_, index) =>
    stdout.subarray(index * size, (index + 1) * size),
  );
}

describe.runIf(hasFfmpeg)("an outside player", () => {
  it.each([
    ["gate", "/sub", "tcp", 640, 360, 100],
    ["gate", "/sub", "udp", 640, 360, 100],
    ["lobby", "/main", "tcp", 1_280, 720, 1_000 / 15],
    ["car-park", "/main", "tcp", 1_280, 720, 1_000 / 15],
    ["loading-bay", "/main", "tcp", 1_280, 720, 1_000 / 15],
  ] as const)(
    "decodes %s%s over %s, and every picture's stamp says when it was taken",
    async (scene, path, transport, width, height, intervalMs) => {
      await using camera = await cameraShowing(scene, { host: here("127.83.4.1") });
      const pictures = await decoded(`${camera.base}${path}`, transport, width, height);
      const now = Date.now();
      expect(pictures.length).toBe(12);
      const times = pictures.map((pixels) => {
        const stamp = decodeFrameStamp((x, y) => pixels[y * width + x] ?? 0, width, height);
        return stamp === undefined ? Number.NaN : captureTimeNear(stamp.msOfMinute, now);
      });
      expect(times.every((time) => time <= now + 5 && time > now - 28_000)).toBe(true);
      for (const [index, time] of times.entries()) {
        if (index > 0) expect(Math.abs(time - (times[index - 1] ?? 0) - intervalMs)).toBeLessThanOrEqual(1);
      }
    },
  );
});
