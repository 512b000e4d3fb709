import { withoutZone } from "../addresses.ts";
import type { AudioTrack, SceneStream, SceneTrack, VideoTrack } from "../scenes/scene.ts";
import { clockRate, payloadType } from "./packetiser.ts";

/** The tracks of a stream in the order of their control names `trackID=0`, `trackID=1`. */
export function tracksOf(stream: SceneStream): readonly SceneTrack[] {
  return stream.audio === undefined ? [stream.video] : [stream.video, stream.audio];
}

/** The stream's session description: RFC 8866, with RFC 6184, 7798, 3640 and 3551 formats. */
export function describeStream(stream: SceneStream, host: string): string {
  const address = host.includes(":") ? `IP6 ${withoutZone(host)}` : `IP4 ${host}`;
  const lines = [
    "v=0",
    `o=- 1 1 IN ${address}`,
    "s=Watchfloor simulated camera",
    `c=IN ${host.includes(":") ? "IP6 ::" : "IP4 0.0.0.0"}`,
    "t=0 0",
    "a=control:*",
    "a=range:npt=now-",
  ];
  for (const [index, track] of tracksOf(stream).entries()) {
    const type = payloadType(track);
    lines.push(`m=${track.kind} 0 RTP/AVP ${type}`);
    lines.push(`a=rtpmap:${type} ${encodingName(track)}/${clockRate(track)}`);
    const parameters = track.kind === "video" ? videoParameters(track) : audioParameters(track);
    if (parameters !== undefined) lines.push(`a=fmtp:${type} ${parameters}`);
    if (track.kind === "video") lines.push(`a=framerate:${track.fps}`);
    lines.push(`a=control:trackID=${index}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

function encodingName(track: SceneTrack): string {
  return track.codec === "aac" ? "MPEG4-GENERIC" : track.codec.toUpperCase();
}

function videoParameters(track: VideoTrack): string {
  const encoded = track.parameterSets.map((set) => Buffer.from(set).toString("base64"));
  if (track.codec === "h265") {
    const [video, sequence, picture] = encoded;
    return `sprop-vps=${video};sprop-sps=${sequence};sprop-pps=${picture}`;
  }
  const [sequence = new Uint8Array()] = track.parameterSets;
  const level = Buffer.from(sequence.subarray(1, 4)).toString("hex").toUpperCase();
  return `packetization-mode=1;profile-level-id=${level};sprop-parameter-sets=${encoded.join(",")}`;
}

function audioParameters(track: AudioTrack): string | undefined {
  if (track.codec !== "aac") return undefined;
  const config = Buffer.from(track.config).toString("hex").toUpperCase();
  return `streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=${config}`;
}
