import { sceneNames, type AudioTrack, type Scene, type SceneStream, type VideoTrack } from "./scene.ts";
import { z } from "zod";

/**
 * The scene file: `WFSCENE1`, the header's length (uint32, big endian), the header as JSON, then the frames of every
 * track one after the other in the header's order.
 *
 * A video frame is its NAL units, each behind its length (uint32, big endian); an audio frame is its bytes.
 */
export const sceneFileMagic = "WFSCENE1";

const size = z.int().min(1).max(8_000_000);

const VideoHeader = z.strictObject({
  kind: z.literal("video"),
  role: z.enum(["main", "sub"]),
  codec: z.enum(["h264", "h265"]),
  width: z.int().min(16).max(8_192),
  height: z.int().min(16).max(8_192),
  fps: z.int().min(1).max(60),
  phaseMs: z.int().min(0).max(60_000),
  sizes: z.array(size).min(1),
  /** Indexes of the keyframes. */
  keyframes: z.array(z.int().min(0)).min(1),
  /** One an access unit, or empty when display order is decoding order. */
  displayOffsets: z.array(z.int().min(-16).max(16)),
});

const AudioHeader = z.strictObject({
  kind: z.literal("audio"),
  codec: z.enum(["aac", "pcmu", "pcma"]),
  sampleRate: z.int().min(8_000).max(96_000),
  channels: z.int().min(1).max(2),
  samplesPerFrame: z.int().min(1),
  config: z.base64(),
  sizes: z.array(size).min(1),
});

/** What the header of a scene file says. */
export const SceneHeader = z.strictObject({
  name: z.enum(sceneNames),
  title: z.string().min(1),
  number: z.int().min(0).max(15),
  tracks: z.array(z.discriminatedUnion("kind", [VideoHeader, AudioHeader])),
});
export type SceneHeader = z.infer<typeof SceneHeader>;

/** The file is not a scene file, or is damaged; the message says where. */
export class SceneFileError extends Error {
  override readonly name = "SceneFileError";
}

/**
 * Reads a scene file without copying a frame: every NAL unit is a view into `bytes`.
 *
 * @throws {SceneFileError} for anything that is not a whole, consistent scene file.
 */
export function parseSceneFile(bytes: Uint8Array): Scene {
  const { header, bodyAt } = readHeader(bytes);
  let at = bodyAt;
  const video = new Map<"main" | "sub", VideoTrack>();
  let audio: AudioTrack | undefined;
  for (const track of header.tracks) {
    const frames = track.sizes.map((length) => {
      if (at + length > bytes.length) throw new SceneFileError(`cut off in the ${track.kind} track`);
      at += length;
      return bytes.subarray(at - length, at);
    });
    if (track.kind === "audio") {
      audio = { ...track, config: Uint8Array.from(Buffer.from(track.config, "base64")), frames };
    } else {
      video.set(track.role, videoTrack(track, frames));
    }
  }
  if (at !== bytes.length) throw new SceneFileError(`${bytes.length - at} bytes after the last frame`);
  const stream = (role: "main" | "sub"): SceneStream => {
    const track = video.get(role);
    if (track === undefined) throw new SceneFileError(`no ${role} video track`);
    return { video: track, audio };
  };
  return {
    name: header.name,
    title: header.title,
    number: header.number,
    main: stream("main"),
    sub: stream("sub"),
  };
}

function readHeader(bytes: Uint8Array): { header: SceneHeader; bodyAt: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = new TextDecoder();
  if (bytes.length < 12 || text.decode(bytes.subarray(0, 8)) !== sceneFileMagic) {
    throw new SceneFileError("not a scene file");
  }
  const bodyAt = 12 + view.getUint32(8);
  if (bodyAt > bytes.length) throw new SceneFileError("cut off in the header");
  let json: unknown;
  try {
    json = JSON.parse(text.decode(bytes.subarray(12, bodyAt)));
  } catch (cause) {
    throw new SceneFileError("header is not JSON", { cause });
  }
  const parsed = SceneHeader.safeParse(json);
  if (!parsed.success) throw new SceneFileError(z.prettifyError(parsed.error));
  return { header: parsed.data, bodyAt };
}

function videoTrack(header: z.infer<typeof VideoHeader>, frames: readonly Uint8Array[]): VideoTrack {
  const { codec, width, height, fps, phaseMs, displayOffsets } = header;
  if (displayOffsets.length !== 0 && displayOffsets.length !== frames.length) {
    throw new SceneFileError("as many display offsets as frames, or none");
  }
  const keyframes = new Set(header.keyframes);
  const units = frames.map((frame, index) => ({
    nals: splitFrame(frame),
    isKeyframe: keyframes.has(index),
    displayOffset: displayOffsets[index] ?? 0,
  }));
  const [first] = units;
  if (first === undefined || !first.isKeyframe) throw new SceneFileError("does not begin with a keyframe");
  const parameterSets = first.nals.filter((nal) => isParameterSet(codec, nal));
  if (parameterSets.length < (codec === "h264" ? 2 : 3)) throw new SceneFileError("parameter sets missing");
  return { kind: "video", codec, width, height, fps, phaseMs, parameterSets, frames: units };
}

/** SPS or PPS of H.264; VPS, SPS or PPS of H.265. */
function isParameterSet(codec: "h264" | "h265", nal: Uint8Array): boolean {
  const [head = 0] = nal;
  const type = codec === "h264" ? head & 0x1f : (head >> 1) & 0x3f;
  return codec === "h264" ? type === 7 || type === 8 : type >= 32 && type <= 34;
}

function splitFrame(frame: Uint8Array): Uint8Array[] {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const nals: Uint8Array[] = [];
  let at = 0;
  while (at < frame.length) {
    if (at + 4 > frame.length) throw new SceneFileError("cut off in a NAL unit's length");
    const length = view.getUint32(at);
    if (length === 0 || at + 4 + length > frame.length)
      throw new SceneFileError("NAL unit longer than its frame");
    nals.push(frame.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return nals;
}
