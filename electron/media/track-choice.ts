import { describeAac, describeFlac, type AudioTrack } from "../drivers/fmp4/audio-config.ts";
import { Fmp4Error } from "../drivers/fmp4/fmp4-error.ts";
import type { SdpTrack } from "../drivers/rtp/sdp.ts";
import { StreamError } from "./failure.ts";

export interface ChosenVideo {
  readonly sdp: SdpTrack;
  readonly codec: "H264" | "H265";
}

export interface ChosenSound {
  readonly sdp: SdpTrack;
  readonly track: AudioTrack;
  readonly law: "mu" | "a" | undefined;
  /** What the status says: `G.711 µ-law`, `AAC`. */
  readonly name: string;
}

/**
 * The first picture track that can be shown.
 *
 * @throws StreamError `unsupported-codec` with the codec's name.
 */
export function chooseVideo(tracks: readonly SdpTrack[]): ChosenVideo {
  const pictures = tracks.filter((track) => track.kind === "video");
  for (const sdp of pictures) {
    if (sdp.encoding === "H264") return { sdp, codec: "H264" };
    if (sdp.encoding === "H265" || sdp.encoding === "HEVC") return { sdp, codec: "H265" };
  }
  const [other] = pictures;
  if (other === undefined) throw new StreamError("unsupported-codec", "the stream has no pictures");
  const name = other.encoding === "" ? "an unnamed codec" : other.encoding.slice(0, 32);
  throw new StreamError("unsupported-codec", `the camera sends ${name}; H.264 and H.265 can be shown`);
}

/** The first sound track that can be played; undefined when there is none. */
export function chooseSound(tracks: readonly SdpTrack[]): ChosenSound | undefined {
  for (const sdp of tracks) {
    const sound = sdp.kind === "audio" ? describeSound(sdp) : undefined;
    if (sound) return sound;
  }
  return undefined;
}

function describeSound(sdp: SdpTrack): ChosenSound | undefined {
  const isMonoTelephone = sdp.channels === 1 && sdp.clockRate === 8000;
  if (sdp.encoding === "PCMU" && isMonoTelephone) {
    return { sdp, track: describeFlac(8000), law: "mu", name: "G.711 µ-law" };
  }
  if (sdp.encoding === "PCMA" && isMonoTelephone) {
    return { sdp, track: describeFlac(8000), law: "a", name: "G.711 A-law" };
  }
  if (sdp.encoding !== "MPEG4-GENERIC") return undefined;
  try {
    return { sdp, track: describeAac(sdp.format.get("config") ?? ""), law: undefined, name: "AAC" };
  } catch (error) {
    // Sound that cannot be described is left out; the pictures matter more.
    if (error instanceof Fmp4Error) return undefined;
    throw error;
  }
}
