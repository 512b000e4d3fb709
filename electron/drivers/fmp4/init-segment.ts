import { audioSampleEntry, type AudioTrack } from "./audio-config.ts";
import { box, fullBox, joinBoxes, text, u16, u32, zeros } from "./boxes.ts";
import type { VideoTrack } from "./video-config.ts";

export const videoTrackId = 1;
export const audioTrackId = 2;
/** Ticks a second of the video track. */
export const videoTimescale = 90_000;

const matrix = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000].flatMap((value) => u32(value));

/** An initialisation segment: ftyp and moov without samples (ISO/IEC 14496-12, 14496-15). */
export function writeInitSegment(video: VideoTrack, audio: AudioTrack | undefined): Buffer<ArrayBuffer> {
  const tracks = [videoTrak(video), ...(audio ? [audioTrak(audio)] : [])];
  const ids = audio ? [videoTrackId, audioTrackId] : [videoTrackId];
  const extensions = ids.map((id) => fullBox("trex", 0, 0, u32(id), u32(1), u32(0), u32(0), u32(0)));
  const header = fullBox(
    "mvhd",
    0,
    0,
    zeros(8),
    u32(1000),
    u32(0),
    u32(0x1_0000),
    u16(0x100),
    zeros(10),
    matrix,
    zeros(24),
    u32(ids.length + 1),
  );
  const brand = text("iso5");
  return joinBoxes(
    box("ftyp", brand, u32(512), brand, text("iso6"), text("mp41")),
    box("moov", header, ...tracks, box("mvex", ...extensions)),
  );
}

function videoTrak(track: VideoTrack): Buffer {
  const { width, height } = track.format;
  const entry = box(
    track.entryType,
    zeros(6),
    u16(1),
    zeros(16),
    u16(width),
    u16(height),
    u32(0x48_0000),
    u32(0x48_0000),
    zeros(4),
    u16(1),
    zeros(32),
    u16(0x18),
    u16(0xffff),
    track.configuration,
  );
  return trak({
    id: videoTrackId,
    timescale: videoTimescale,
    handler: "vide",
    mediaHeader: fullBox("vmhd", 0, 1, zeros(8)),
    entry,
    width,
    height,
  });
}

function audioTrak(track: AudioTrack): Buffer {
  return trak({
    id: audioTrackId,
    timescale: track.sampleRate,
    handler: "soun",
    mediaHeader: fullBox("smhd", 0, 0, zeros(4)),
    entry: audioSampleEntry(track),
    width: 0,
    height: 0,
  });
}

interface TrakParts {
  readonly id: number;
  readonly timescale: number;
  readonly handler: "vide" | "soun";
  readonly mediaHeader: Buffer;
  readonly entry: Buffer;
  readonly width: number;
  readonly height: number;
}

function trak(parts: TrakParts): Buffer {
  const volume = parts.handler === "soun" ? 0x100 : 0;
  const trackHeader = fullBox(
    "tkhd",
    0,
    3,
    zeros(8),
    u32(parts.id),
    zeros(16),
    // layer, alternate group
    u16(0),
    u16(0),
    u16(volume),
    zeros(2),
    matrix,
    u32(parts.width << 16),
    u32(parts.height << 16),
  );
  const mediaHeader = fullBox("mdhd", 0, 0, zeros(8), u32(parts.timescale), u32(0), u16(0x55c4), u16(0));
  const handler = fullBox("hdlr", 0, 0, zeros(4), text(parts.handler), zeros(12), text("Watchfloor\0"));
  const dataInformation = box("dinf", fullBox("dref", 0, 0, u32(1), fullBox("url ", 0, 1)));
  const table = box(
    "stbl",
    fullBox("stsd", 0, 0, u32(1), parts.entry),
    fullBox("stts", 0, 0, u32(0)),
    fullBox("stsc", 0, 0, u32(0)),
    fullBox("stsz", 0, 0, u32(0), u32(0)),
    fullBox("stco", 0, 0, u32(0)),
  );
  const information = box("minf", parts.mediaHeader, dataInformation, table);
  return box("trak", trackHeader, box("mdia", mediaHeader, handler, information));
}
