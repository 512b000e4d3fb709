// Draws, encodes and packs the simulated site's scenes into resources/scenes.
//
//   node scripts/make-scenes.mjs                      all scenes
//   node scripts/make-scenes.mjs gate lobby           some
//   node scripts/make-scenes.mjs gate --hold 2        main pictures move every second frame only: half the time
//   node scripts/make-scenes.mjs gate --again         encodes the existing file again, after its room was changed
//   node scripts/make-scenes.mjs --snapshots          the still pictures alone, from the existing files
//   node scripts/make-scenes.mjs gate --still 12.5 --png /tmp/gate.png      one picture, to look at
//
// Needs Node 24 and, as development tools, ffmpeg and ffprobe with libx264 and libx265. See docs/design/scenes.md.
import { mkdir } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sceneNames } from "../electron/simulator/scenes/scene.ts";
import { loadScene } from "../electron/simulator/scenes/load-scene.ts";
import { encodeAgain, encodeSound, encodeVideo } from "./make-scenes/encode.mjs";
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
    hold: { type: "string", default: "1" },
    again: { type: "boolean", default: false },
    snapshots: { type: "boolean", default: false },
  },
});

for (const name of positionals.length > 0 ? positionals : sceneNames) {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`no scene ${name}; there are ${sceneNames.join(", ")}`);
  if (values.snapshots) await snapshot(name);
  else if (values.still === undefined) await (values.again ? encodeSceneAgain : makeScene)(name, scene);
  else still(name, scene, Number(values.still), Number(values.height));
}

async function makeScene(name, scene) {
  const startedAt = performance.now();
  const tracks = [];
  for (const settings of streamsOf(scene)) {
    const drawn = { ...settings, hold: settings.role === "main" ? Number(values.hold) : 1 };
    tracks.push(videoTrack(settings, await encodeVideo(pictures(name, scene, drawn), settings)));
  }
  if (scene.sound !== undefined) tracks.push(await soundTrack(scene.sound));
  await pack(name, scene, tracks, startedAt);
}

/** Encodes an existing file's pictures again, to the bytes its streams may have now. */
async function encodeSceneAgain(name, scene) {
  const startedAt = performance.now();
  const before = await loadScene(name, values.out);
  const tracks = [];
  for (const settings of streamsOf(scene)) {
    tracks.push(videoTrack(settings, await encodeAgain(before[settings.role].video.frames, settings)));
  }
  const { audio } = before.main;
  if (audio !== undefined) tracks.push({ ...audio, config: Buffer.from(audio.config) });
  await pack(name, scene, tracks, startedAt);
}

function streamsOf(scene) {
  const main = { role: "main", width: 1280, height: 720, fps: 15, bytes: 1_250_000, ...scene.main };
  const sub = { role: "sub", width: 640, height: 360, fps: 10, bytes: 440_000, ...scene.sub };
  return [main, sub].map((stream) => ({
    codec: "h264",
    phaseMs: scene.phaseMs,
    gopFrames: stream.fps * 2,
    ...stream,
  }));
}

function videoTrack(settings, frames) {
  if (frames.length !== loopS * settings.fps) throw new Error(`${frames.length} frames`);
  if (frames.some((frame, index) => frame.isKeyframe !== (index % settings.gopFrames === 0))) {
    throw new Error("keyframes are not where they belong");
  }
  return { kind: "video", ...settings, frames };
}

async function pack(name, scene, tracks, startedAt) {
  await mkdir(values.out, { recursive: true });
  const number = sceneNames.indexOf(name);
  const path = join(values.out, `${name}.wfscene`);
  const bytes = await writeSceneFile(path, { name, title: scene.title, number, tracks });
  const sizes = tracks.map((track) => `${track.role ?? track.codec} ${kilobytes(track)} kB`).join(", ");
  const seconds = ((performance.now() - startedAt) / 1e3).toFixed(0);
  console.log(`${name}: ${(bytes / 1e6).toFixed(2)} MB (${sizes}), ${seconds} s`);
  await snapshot(name);
}

/** The first picture of the sub stream as the JPEG that GetSnapshotUri leads to. */
async function snapshot(name) {
  const { nals } = (await loadScene(name, values.out)).sub.video.frames[0];
  const start = Buffer.from([0, 0, 0, 1]);
  const path = join(values.out, `${name}.jpg`);
  const output = ["-frames:v", "1", "-q:v", "6", "-map_metadata", "-1", "-fflags", "+bitexact", path];
  const input = Buffer.concat(nals.flatMap((nal) => [start, nal]));
  const { status, stderr } = spawnSync("ffmpeg", ["-v", "error", "-y", "-f", "h264", "-i", "-", ...output], {
    input,
  });
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
}

/** Every picture of one loop in order; `hold` of them in a row may show the same movement (clock and stamp go on). */
function* pictures(name, scene, { width, height, fps, hold = 1 }) {
  const view = scene.open(width, height);
  let clean;
  for (let index = 0; index < loopS * fps; index += 1) {
    const exactMs = (index / fps) * 1_000 + scene.phaseMs;
    if (index % hold === 0) clean = Buffer.from(view.draw((exactMs / 1_000) % loopS));
    const pixels = Buffer.from(clean);
    burn(name, scene, pixels, width, height, exactMs);
    yield pixels;
  }
}

function burn(name, scene, pixels, width, height, exactMs) {
  const msOfMinute = Math.round(exactMs) % (loopS * 1_000);
  burnIn(pixels, width, height, { title: scene.title, scene: sceneNames.indexOf(name), msOfMinute });
}

function still(name, scene, second, height) {
  const width = (height * 16) / 9;
  const exactMs = second * 1_000;
  const pixels = scene.open(width, height).draw(second);
  burn(name, scene, pixels, width, height, exactMs);
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
