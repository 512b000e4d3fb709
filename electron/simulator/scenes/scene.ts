/** Every scene there is, in the order of their numbers in the frame stamp. */
export const sceneNames = [
  "gate",
  "lobby",
  "car-park",
  "corridor",
  "loading-bay",
  "roof",
  "server-room",
  "perimeter",
] as const;
export type SceneName = (typeof sceneNames)[number];

/** Length of every video loop: a whole minute, so that a stamp is the wall clock's own milliseconds of the minute. */
export const loopMs = 60_000;

/** One access unit of video, in decoding order. */
export interface VideoFrame {
  /** NAL units without start codes; keyframes carry their parameter sets first. */
  readonly nals: readonly Uint8Array[];
  readonly isKeyframe: boolean;
  /** Place in display order minus place in decoding order, in frames; 0 everywhere without B-frames. */
  readonly displayOffset: number;
}

/** A looping video track; frame `k` since 1970 was captured at `phaseMs + k × 1000 / fps`. */
export interface VideoTrack {
  readonly kind: "video";
  readonly codec: "h264" | "h265";
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Shift against the full minute in ms: cameras of a site do not take their pictures at the same instant. */
  readonly phaseMs: number;
  /** SPS, PPS for H.264; VPS, SPS, PPS for H.265. */
  readonly parameterSets: readonly Uint8Array[];
  /** One loop; the first is a keyframe and no group of pictures reaches over the end. */
  readonly frames: readonly VideoFrame[];
}

/** A looping sound track; frame `k` since 1970 begins at `k × samplesPerFrame / sampleRate` seconds. */
export interface AudioTrack {
  readonly kind: "audio";
  readonly codec: "aac" | "pcmu" | "pcma";
  readonly sampleRate: number;
  readonly channels: number;
  readonly samplesPerFrame: number;
  /** AudioSpecificConfig (ISO 14496-3) for AAC, empty otherwise. */
  readonly config: Uint8Array;
  readonly frames: readonly Uint8Array[];
}

export type SceneTrack = VideoTrack | AudioTrack;

/** What one RTSP path serves. */
export interface SceneStream {
  readonly video: VideoTrack;
  readonly audio: AudioTrack | undefined;
}

/** One place of the simulated site: a main and a sub stream of the same view, and sound where the camera has a microphone. */
export interface Scene {
  readonly name: SceneName;
  /** As burnt into the picture. */
  readonly title: string;
  /** Number in the frame stamp. */
  readonly number: number;
  readonly main: SceneStream;
  readonly sub: SceneStream;
}

/** Time between two frames, ms. */
export function frameIntervalMs(track: SceneTrack): number {
  return track.kind === "video" ? 1_000 / track.fps : (track.samplesPerFrame * 1_000) / track.sampleRate;
}

/** Whole frames by which decoding runs ahead of display: what a camera with B-frames waits before it can send. */
export function reorderFrames(track: SceneTrack): number {
  if (track.kind === "audio") return 0;
  return track.frames.reduce((most, frame) => Math.max(most, frame.displayOffset), 0);
}
