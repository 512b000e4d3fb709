import type { AudioTrack, VideoFrame, VideoTrack } from "../../../electron/simulator/scenes/scene.ts";

/** A video track of made-up bytes: a keyframe every ten frames, one large. */
export function videoTrack(change: Partial<VideoTrack> = {}): VideoTrack {
  const parameterSets = [Uint8Array.of(0x67, 0x4d, 0x40, 0x1f, 1), Uint8Array.of(0x68, 0xee, 2)];
  const frames: VideoFrame[] = Array.from({ length: 600 }, (_, index) => {
    const isKeyframe = index % 10 === 0;
    const slice = new Uint8Array(isKeyframe ? 5_000 : 300).fill(index & 0xff);
    slice[0] = isKeyframe ? 0x65 : 0x41;
    return { nals: isKeyframe ? [...parameterSets, slice] : [slice], isKeyframe, displayOffset: 0 };
  });
  return {
    kind: "video",
    codec: "h264",
    width: 640,
    height: 360,
    fps: 10,
    phaseMs: 250,
    parameterSets,
    frames,
    ...change,
  };
}

/** A G.711 or AAC track of made-up bytes. */
export function audioTrack(change: Partial<AudioTrack> = {}): AudioTrack {
  const frames = Array.from({ length: 25 }, (_, index) => new Uint8Array(320).fill(index));
  return {
    kind: "audio",
    codec: "pcmu",
    sampleRate: 8_000,
    channels: 1,
    samplesPerFrame: 320,
    config: new Uint8Array(),
    frames,
    ...change,
  };
}
