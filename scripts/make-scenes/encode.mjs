// Raw pictures and samples into access units, with ffmpeg as a development tool.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";

const colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];

/**
 * Encodes one loop of RGB pictures: first nearly without loss, then in two passes to the bytes it may have.
 *
 * @param pictures async or sync iterable of Buffers, width × height × 3
 * @param options { codec, width, height, fps, gopFrames, bFrames, bytes }
 * @returns {Promise<{ nals: Buffer[], isKeyframe: boolean, displayOffset: number }[]>} in decoding order
 */
export async function encodeVideo(pictures, options) {
  const { width, height, fps } = options;
  return inFolder(async (folder) => {
    const master = join(folder, "master.mkv");
    const input = [
      "-f",
      "rawvideo",
      "-pix_fmt",
      "rgb24",
      "-s",
      `${width}x${height}`,
      "-r",
      `${fps}`,
      "-i",
      "-",
    ];
    const convert = ["-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p"];
    const coder = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "12"];
    const encoder = run("ffmpeg", [...input, ...convert, ...coder, ...colours, master]);
    for await (const picture of pictures) {
      if (!encoder.child.stdin.write(picture)) await once(encoder.child.stdin, "drain");
    }
    encoder.child.stdin.end();
    await encoder.done;
    return squeeze(folder, ["-i", master], options);
  });
}

/** Encodes frames again, as they are in a scene file, to fewer bytes. */
export async function encodeAgain(frames, options) {
  return inFolder(async (folder) => {
    const stream = join(folder, "before.es");
    const start = Buffer.from([0, 0, 0, 1]);
    await writeFile(stream, Buffer.concat(frames.flatMap(({ nals }) => nals.flatMap((nal) => [start, nal]))));
    const format = options.codec === "h264" ? "h264" : "hevc";
    return squeeze(folder, ["-r", `${options.fps}`, "-f", format, "-i", stream], options);
  });
}

/** Two passes: every scene gets the same room, and spends it where its pictures need it. */
async function squeeze(folder, input, { codec, fps, gopFrames, bFrames = 0, bytes, seconds = 60 }) {
  const rate = ["-b:v", `${Math.floor((bytes * 8) / seconds)}`];
  const keys = `scenecut=0:open-gop=0:keyint=${gopFrames}:min-keyint=${gopFrames}`;
  const log = join(folder, "passes.log");
  const movie = join(folder, "loop.mp4");
  for (const pass of [1, 2]) {
    const coder =
      codec === "h264"
        ? ["-c:v", "libx264", "-preset", "medium", "-profile:v", "main", "-bf", `${bFrames}`, "-refs", "2",
           "-x264-params", `${keys}:aq-mode=2:pass=${pass}:stats=${log}`]
        : ["-c:v", "libx265", "-preset", "medium", "-tag:v", "hvc1",
           "-x265-params", `${keys}:bframes=${bFrames}:log-level=error:pass=${pass}:stats=${log}`]; // prettier-ignore
    const out = pass === 1 ? ["-f", "null", "-"] : [movie];
    await run("ffmpeg", [
      ...input,
      "-fps_mode",
      "passthrough",
      ...coder,
      ...colours,
      ...rate,
      "-r",
      `${fps}`,
      ...out,
    ]).done;
  }
  const stream = join(folder, "loop.es");
  const filter = codec === "h264" ? "h264_mp4toannexb" : "hevc_mp4toannexb";
  const format = codec === "h264" ? "h264" : "hevc";
  await run("ffmpeg", ["-i", movie, "-c", "copy", "-bsf:v", filter, "-f", format, stream]).done;
  const probe = run("ffprobe", ["-show_entries", "packet=pts,flags", "-of", "csv=p=0", movie]);
  const packets = (await probe.done)
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return accessUnits(codec, await readFile(stream), packets);
}

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), "wf-scene-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Encodes 16 kHz (AAC) or 8 kHz (G.711) mono samples; `samples` is an Int16Array of whole frames. */
export async function encodeSound(samples, { codec, sampleRate, samplesPerFrame }) {
  const raw = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const input = ["-f", "s16le", "-ar", `${sampleRate}`, "-ac", "1", "-i", "-"];
  const count = samples.length / samplesPerFrame;
  if (codec === "aac") {
    const bytes = await pipe([...input, "-c:a", "aac", "-b:a", "32k", "-f", "adts", "-"], raw);
    // The encoder puts one frame of priming before the first samples.
    return adtsFrames(bytes).slice(1, 1 + count);
  }
  const coder = codec === "pcmu" ? "pcm_mulaw" : "pcm_alaw";
  const bytes = await pipe([...input, "-c:a", coder, "-f", codec === "pcmu" ? "mulaw" : "alaw", "-"], raw);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * samplesPerFrame, (index + 1) * samplesPerFrame),
  );
}

async function pipe(args, input) {
  const job = run("ffmpeg", args, true);
  job.child.stdin.end(input);
  return job.done;
}

function run(program, args, binary = false) {
  const quiet = program === "ffmpeg" ? ["-hide_banner", "-v", "error", "-y"] : ["-v", "error"];
  const child = spawn(program, [...quiet, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const chunks = [];
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  const done = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const bytes = Buffer.concat(chunks);
      if (code === 0) resolve(binary ? bytes : bytes.toString());
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
  return { child, done };
}

function accessUnits(codec, bytes, packets) {
  const units = [];
  let current = [];
  for (const nal of splitNals(bytes)) {
    const type = codec === "h264" ? nal[0] & 31 : (nal[0] >> 1) & 63;
    const isSlice = codec === "h264" ? type >= 1 && type <= 5 : type < 32;
    const isDropped = codec === "h264" ? type === 6 || type === 9 : type === 35 || type === 39 || type === 40;
    if (isDropped) continue;
    current.push(nal);
    if (isSlice) {
      units.push(current);
      current = [];
    }
  }
  if (units.length !== packets.length) throw new Error(`${units.length} pictures, ${packets.length} packets`);
  const order = packets.map(([pts], index) => ({ pts: Number(pts), index })).sort((a, b) => a.pts - b.pts);
  const display = new Map(order.map(({ index }, place) => [index, place]));
  return units.map((nals, index) => ({
    nals,
    isKeyframe: packets[index][1].includes("K"),
    displayOffset: display.get(index) - index,
  }));
}

function splitNals(bytes) {
  const nals = [];
  let start = -1;
  for (
    let at = bytes.indexOf("\0\0\x01", 0, "latin1");
    at !== -1;
    at = bytes.indexOf("\0\0\x01", at + 3, "latin1")
  ) {
    if (start >= 0) nals.push(trimmed(bytes, start, at));
    start = at + 3;
  }
  nals.push(trimmed(bytes, start, bytes.length));
  return nals;
}

function trimmed(bytes, start, end) {
  let last = end;
  while (last > start && bytes[last - 1] === 0) last -= 1;
  return bytes.subarray(start, last);
}

function adtsFrames(bytes) {
  const frames = [];
  for (let at = 0; at + 7 <= bytes.length;) {
    const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5);
    frames.push(bytes.subarray(at + ((bytes[at + 1] & 1) === 1 ? 7 : 9), at + length));
    at += length;
  }
  return frames;
}
