import { RtpError } from "./rtp-error.ts";

/** One `m=` section of a session description (RFC 4566), for its first payload type. */
export interface SdpTrack {
  readonly kind: "video" | "audio" | "application" | "other";
  readonly payloadType: number;
  /** Encoding name in upper case: `H264`, `H265`, `PCMU`, `MPEG4-GENERIC`; empty when not told. */
  readonly encoding: string;
  /** RTP clock, Hz. */
  readonly clockRate: number;
  readonly channels: number;
  /** `a=fmtp` parameters, names in lower case. */
  readonly format: ReadonlyMap<string, string>;
  readonly control: string;
}

const maxLines = 2_000;
const maxTracks = 16;
const known: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0, ["PCMU", 8000]],
  [8, ["PCMA", 8000]],
  [26, ["JPEG", 90_000]],
  [32, ["MPV", 90_000]],
]);

interface Draft {
  kind: SdpTrack["kind"];
  payloadType: number;
  encoding: string;
  clockRate: number;
  channels: number;
  format: Map<string, string>;
  control: string;
}

/**
 * Parses the tracks of a session description.
 *
 * Lines it does not know are skipped; a description without any track is an error.
 * @throws RtpError, nothing else.
 */
export function parseSdp(text: string): readonly SdpTrack[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > maxLines) throw new RtpError("the stream description is too long");
  const tracks: Draft[] = [];
  for (const line of lines) {
    if (line.startsWith("m=")) {
      if (tracks.length >= maxTracks) throw new RtpError("the stream description has too many tracks");
      tracks.push(parseMedia(line.slice(2)));
    } else if (line.startsWith("a=")) {
      const track = tracks.at(-1);
      if (track) parseAttribute(track, line.slice(2));
    }
  }
  if (tracks.length === 0) throw new RtpError("the stream description names no track");
  return tracks;
}

function parseMedia(value: string): Draft {
  const [kind = "", , , payload = ""] = value.trim().split(/\s+/);
  const payloadType = /^\d{1,3}$/.test(payload) ? Number(payload) : 128;
  if (payloadType > 127) throw new RtpError("the stream description has a bad payload type");
  const [encoding, clockRate] = known.get(payloadType) ?? ["", kind === "audio" ? 8000 : 90_000];
  return {
    kind: kind === "video" || kind === "audio" || kind === "application" ? kind : "other",
    payloadType,
    encoding,
    clockRate,
    channels: 1,
    format: new Map(),
    control: "",
  };
}

function parseAttribute(track: Draft, attribute: string): void {
  const colon = attribute.indexOf(":");
  if (colon < 0) return;
  const value = attribute.slice(colon + 1).trim();
  switch (attribute.slice(0, colon).toLowerCase()) {
    case "control":
      track.control = value;
      return;
    case "rtpmap": {
      const map = /^(\d{1,3})\s+([A-Za-z0-9._-]{1,64})\/(\d{1,7})(?:\/(\d{1,2}))?/.exec(value);
      if (!map || Number(map[1]) !== track.payloadType || Number(map[3]) === 0) return;
      track.encoding = (map[2] ?? "").toUpperCase();
      track.clockRate = Number(map[3]);
      track.channels = Math.max(1, Number(map[4] ?? 1));
      return;
    }
    case "fmtp": {
      const format = /^(\d{1,3})\s+(.*)$/.exec(value);
      if (!format || Number(format[1]) !== track.payloadType) return;
      for (const pair of (format[2] ?? "").split(";").slice(0, 64)) {
        const equals = pair.indexOf("=");
        if (equals > 0)
          track.format.set(pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim());
      }
      return;
    }
    default:
  }
}

/** Parameter sets of `sprop-…` values (base64, comma separated); what is not base64 is left out. */
export function decodeParameterSets(track: SdpTrack, ...names: readonly string[]): readonly Uint8Array[] {
  const sets: Uint8Array[] = [];
  for (const name of names) {
    for (const text of (track.format.get(name) ?? "").split(",").slice(0, 16)) {
      if (!/^[A-Za-z0-9+/]+=*$/.test(text.trim())) continue;
      const bytes = Buffer.from(text.trim(), "base64");
      if (bytes.length > 0 && bytes.length <= 4096) sets.push(bytes);
    }
  }
  return sets;
}
