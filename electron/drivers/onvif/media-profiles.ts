import type { AudioCodec, VideoCodec } from "../../../shared/model/stream.ts";
import { all, at, textAt, type XmlElement } from "../soap/xml.ts";

/** One media profile with video, as the device describes it. */
export interface MediaProfile {
  readonly token: string;
  readonly name: string;
  readonly sourceToken: string;
  readonly hasPtz: boolean;
  readonly codec: VideoCodec;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly bitrateKbps: number;
  readonly govLength: number;
  readonly audioCodec: AudioCodec | null;
}

const maxProfiles = 256;

/** Profiles of a GetProfilesResponse of the Media service; those without video are left out. */
export function readMediaProfiles(reply: XmlElement): readonly MediaProfile[] {
  return all(reply, "Profiles")
    .slice(0, maxProfiles)
    .flatMap((profile) => {
      const encoder = at(profile, "VideoEncoderConfiguration");
      const rate = at(encoder, "RateControl");
      const ptz = at(profile, "PTZConfiguration");
      return assemble(profile, {
        source: textAt(profile, "VideoSourceConfiguration", "SourceToken"),
        encoder,
        govLength: ["H264", "MPEG4"].map((name) => textAt(encoder, name, "GovLength")).find(Boolean),
        rate,
        audio: textAt(profile, "AudioEncoderConfiguration", "Encoding"),
        hasPtz: ptz !== undefined,
      });
    });
}

/** Profiles of a GetProfilesResponse of Media2; those without video are left out. */
export function readMedia2Profiles(reply: XmlElement): readonly MediaProfile[] {
  return all(reply, "Profiles")
    .slice(0, maxProfiles)
    .flatMap((profile) => {
      const parts = at(profile, "Configurations");
      const encoder = at(parts, "VideoEncoder");
      return assemble(profile, {
        source: textAt(parts, "VideoSource", "SourceToken"),
        encoder,
        govLength: encoder?.attributes.get("GovLength"),
        rate: at(encoder, "RateControl"),
        audio: textAt(parts, "AudioEncoder", "Encoding"),
        hasPtz: at(parts, "PTZ") !== undefined,
      });
    });
}

interface ProfileParts {
  readonly source: string | undefined;
  readonly encoder: XmlElement | undefined;
  readonly govLength: string | undefined;
  readonly rate: XmlElement | undefined;
  readonly audio: string | undefined;
  readonly hasPtz: boolean;
}

function assemble(profile: XmlElement, parts: ProfileParts): readonly MediaProfile[] {
  const token = profile.attributes.get("token") ?? "";
  const { source, encoder, rate } = parts;
  if (encoder === undefined || token === "" || token.length > 256) return [];
  return [
    {
      token,
      name: (textAt(profile, "Name") ?? "").slice(0, 256),
      // Some devices leave the source out when they have only one.
      sourceToken: source === undefined || source === "" || source.length > 256 ? "0" : source,
      hasPtz: parts.hasPtz,
      codec: videoCodec(textAt(encoder, "Encoding") ?? ""),
      width: whole(textAt(encoder, "Resolution", "Width"), 32_768),
      height: whole(textAt(encoder, "Resolution", "Height"), 32_768),
      fps: decimal(textAt(rate, "FrameRateLimit"), 1_000),
      bitrateKbps: decimal(textAt(rate, "BitrateLimit"), 10_000_000),
      govLength: whole(parts.govLength, 1_000_000),
      audioCodec: parts.audio === undefined || parts.audio === "" ? null : audioCodec(parts.audio),
    },
  ];
}

function videoCodec(text: string): VideoCodec {
  switch (text.trim().toUpperCase().replaceAll(".", "")) {
    case "H264":
      return "H264";
    case "H265":
    case "HEVC":
      return "H265";
    case "JPEG":
    case "MJPEG":
      return "JPEG";
    default:
      return "other";
  }
}

/** ONVIF says G711 without which law: µ-law is what the RTP payload type 0 of nearly all of them is. */
function audioCodec(text: string): AudioCodec {
  switch (text.trim().toUpperCase()) {
    case "AAC":
    case "MP4A-LATM":
    case "MPEG4-GENERIC":
      return "AAC";
    case "G711":
    case "PCMU":
      return "PCMU";
    case "PCMA":
      return "PCMA";
    case "G726":
      return "G726";
    default:
      return "other";
  }
}

function whole(text: string | undefined, most: number): number {
  const value = Math.round(decimal(text, most));
  return value;
}

function decimal(text: string | undefined, most: number): number {
  if (text === undefined || !/^\d{1,9}(\.\d{1,6})?$/.test(text.trim())) return 0;
  return Math.min(most, Number(text));
}
