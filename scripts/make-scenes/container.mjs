// Writes the scene file that electron/simulator/scenes/scene-file.ts reads.
import { writeFile } from "node:fs/promises";

/** @returns {Promise<number>} bytes written */
export async function writeSceneFile(path, { name, title, number, tracks }) {
  const bodies = [];
  const headers = tracks.map((track) => {
    const frames = track.kind === "video" ? track.frames.map(({ nals }) => withLengths(nals)) : track.frames;
    bodies.push(...frames);
    const sizes = frames.map((frame) => frame.length);
    if (track.kind === "audio") {
      const { kind, codec, sampleRate, channels, samplesPerFrame, config } = track;
      return { kind, codec, sampleRate, channels, samplesPerFrame, config: config.toString("base64"), sizes };
    }
    const { kind, role, codec, width, height, fps, phaseMs } = track;
    const keyframes = track.frames.flatMap((frame, index) => (frame.isKeyframe ? [index] : []));
    const offsets = track.frames.map((frame) => frame.displayOffset);
    const displayOffsets = offsets.some((offset) => offset !== 0) ? offsets : [];
    return { kind, role, codec, width, height, fps, phaseMs, sizes, keyframes, displayOffsets };
  });
  const header = Buffer.from(JSON.stringify({ name, title, number, tracks: headers }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  const file = Buffer.concat([Buffer.from("WFSCENE1"), length, header, ...bodies]);
  await writeFile(path, file);
  return file.length;
}

function withLengths(nals) {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
}
