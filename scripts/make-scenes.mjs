// Draws, encodes and packs the simulated site's scenes into resources/scenes.
//
//   node scripts/make-scenes.mjs                      all scenes
//   node scripts/make-scenes.mjs gate lobby           some
//   node scripts/make-scenes.mjs gate --still 12.5 --png /tmp/gate.png      one picture, to look at
//
// Needs Node 24 and, as development tools, ffmpeg and ffprobe with libx264 and libx265. See docs/design/scenes.md.
import { mkdir } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sceneNames } from "../electron/simulator/scenes/scene.ts";
import { encodeSound, encodeVideo } from "./make-scenes/encode.mjs";
import { burnIn } from "./make-scenes/overlay.mjs";
import { writeSceneFile } from "./make-scenes/container.mjs";
import { ambientSound } from "./make-scenes/sound.mjs";
import { scenes } from "./make-scenes/scenes.mjs";

const loopS = 60;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: fileURLToPath(new URL("../resources/scenes", import.meta.url)) },
    still: { type: "string" },
    png: { type: "string", default: "scene.png" },
    height: { type: "string", default: "720" },
  },
});

for (const name of positionals.length > 0 ? positionals : sceneNames) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}; there are ${sceneNames.join(", ")}`);
  if (values.still === undefined) await makeScene(name, scene);
  else still(name, scene, Number(values.still), Number(values.height));
}

async function makeScene(name, scene) {
  const startedAt = performance.now();
  const number = sceneNames.indexOf(name);
  const main = { role: "main", width: 1280, height: 720, fps: 15, ...scene.main };
  const sub = { role: "sub", width: 640, height: 360, fps: 10, ...scene.sub };
  const tracks = [];
  for (const stream of [main, sub]) {
    const settings = { codec: "h264", gopFrames: stream.fps * 2, ...stream };
    const { frames } = await encodeVideo(pictures(name, scene, settings), settings);
    if (frames.length !== loopS * stream.fps) throw new Error(`${name}: ${frames.length} frames`);
    if (frames.some((frame, index) => frame.isKeyframe !== (index % settings.gopFrames === 0))) {
      throw new Error(`${name}: keyframes are not where they belong`);
    }
    tracks.push({ kind: "video", phaseMs: scene.phaseMs, ...settings, frames });
  }
  if (scene.sound !== undefined) tracks.push(await soundTrack(scene.sound));
  await mkdir(values.out, { recursive: true });
  const bytes = await writeSceneFile(join(values.out, `${name}.wfscene`), {
    name,
    title: scene.title,
    number,
    tracks,
  });
  const sizes = tracks.map((track) => `${track.role ?? track.codec} ${kilobytes(track)} kB`).join(", ");
  console.log(
    `${name}: ${(bytes / 1e6).toFixed(2)} MB (${sizes}), ${((performance.now() - startedAt) / 1e3).toFixed(0)} s`,
  );
}

/** Every picture of one loop in order. */
function* pictures(name, scene, { width, height, fps }) {
  const view = scene.open(width, height);
  for (let index = 0; index < loopS * fps; index += 1)
    yield picture(name, scene, view, index / fps, width, height);
}

function picture(name, scene, view, second, width, height) {
  const exactMs = second * 1_000 + scene.phaseMs;
  const pixels = view.draw((exactMs / 1_000) % loopS);
  const msOfMinute = Math.round(exactMs) % (loopS * 1_000);
  burnIn(pixels, width, height, { title: scene.title, scene: sceneNames.indexOf(name), msOfMinute });
  return pixels;
}

function still(name, scene, second, height) {
  const width = (height * 16) / 9;
  const pixels = picture(name, scene, scene.open(width, height), second, width, height);
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-i", "-"];
  spawnSync("ffmpeg", ["-v", "error", "-y", ...input, "-frames:v", "1", values.png], { input: pixels });
}

async function soundTrack({ codec, stepsAt, humHz }) {
  const isAac = codec === "aac";
  const [sampleRate, samplesPerFrame] = isAac ? [16_000, 1_024] : [8_000, 320];
  const seconds = 24; // 375 AAC frames, 600 of G.711
  const samples = ambientSound({ seconds, sampleRate, stepsAt, humHz });
  const frames = await encodeSound(samples, { codec, sampleRate, samplesPerFrame });
  // AudioSpecificConfig: AAC-LC, 16 kHz, mono.
  const config = isAac ? Buffer.from([0x14, 0x08]) : Buffer.alloc(0);
  return { kind: "audio", codec, sampleRate, channels: 1, samplesPerFrame, config, frames };
}

function kilobytes(track) {
  const sizes = track.frames.map((frame) =>
    track.kind === "video" ? frame.nals.reduce((sum, nal) => sum + nal.length, 0) : frame.length,
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1_000);
}
