import type { Scene, SceneName, SceneStream, VideoTrack } from "./scenes/scene.ts";

/** What an encoder of a camera sends, as its configuration tells it. */
export interface VideoFormat {
  readonly codec: "H264" | "H265";
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bitrateKbps: number;
  readonly govLength: number;
}

export interface AudioFormat {
  readonly codec: "AAC" | "PCMU" | "PCMA";
  readonly sampleRate: number;
  readonly bitrateKbps: number;
}

/** One video source with its two encoders. */
export interface SourceFormat {
  /** `VideoSource_1` and so on. */
  readonly token: string;
  readonly main: VideoFormat;
  readonly sub: VideoFormat;
  readonly audio: AudioFormat | undefined;
  /** RTSP paths, beginning with a slash. */
  readonly mainPath: string;
  readonly subPath: string;
}

/** Formats told by a camera that serves no RTSP (`rtsp: false`); with RTSP the scene's own are told. */
export function plainFormats(scene: SceneName): Pick<SourceFormat, "main" | "sub" | "audio"> {
  const codec = scene === "loading-bay" ? "H265" : "H264";
  return {
    main: { codec, width: 1_280, height: 720, fps: 15, bitrateKbps: 1_024, govLength: 30 },
    sub: { codec: "H264", width: 640, height: 360, fps: 10, bitrateKbps: 256, govLength: 20 },
    audio: plainAudio(scene),
  };
}

/** What the encoders of a camera that looks at this scene really send. */
export function sceneFormats(scene: Scene): Pick<SourceFormat, "main" | "sub" | "audio"> {
  return {
    main: videoFormat(scene.main.video),
    sub: videoFormat(scene.sub.video),
    audio: audioFormat(scene.main),
  };
}

function videoFormat(track: VideoTrack): VideoFormat {
  const bytes = track.frames.reduce(
    (sum, frame) => sum + frame.nals.reduce((size, nal) => size + nal.length, 0),
    0,
  );
  const keyframes = track.frames.filter((frame) => frame.isKeyframe).length;
  return {
    codec: track.codec === "h265" ? "H265" : "H264",
    width: track.width,
    height: track.height,
    fps: track.fps,
    bitrateKbps: Math.max(64, Math.ceil((bytes * 8 * track.fps) / Math.max(1, track.frames.length) / 1_000)),
    govLength: Math.max(1, Math.round(track.frames.length / Math.max(1, keyframes))),
  };
}

function audioFormat({ audio }: SceneStream): AudioFormat | undefined {
  if (audio === undefined) return undefined;
  const { sampleRate } = audio;
  if (audio.codec === "aac") return { codec: "AAC", sampleRate, bitrateKbps: 64 };
  return { codec: audio.codec === "pcma" ? "PCMA" : "PCMU", sampleRate, bitrateKbps: 64 };
}

/** RTSP paths of source number `index` (0 = first): `/main` and `/sub`, then `/2/main` and so on. */
export function streamPaths(index: number): Pick<SourceFormat, "mainPath" | "subPath"> {
  const folder = index === 0 ? "" : `/${String(index + 1)}`;
  return { mainPath: `${folder}/main`, subPath: `${folder}/sub` };
}

function plainAudio(scene: SceneName): AudioFormat | undefined {
  if (scene === "gate") return { codec: "PCMU", sampleRate: 8_000, bitrateKbps: 64 };
  if (scene === "lobby") return { codec: "AAC", sampleRate: 16_000, bitrateKbps: 64 };
  return undefined;
}
