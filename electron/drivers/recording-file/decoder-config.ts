import { h264CodecString, h265CodecString } from "../fmp4/video-config.ts";
import { boxesIn, type Box } from "./box-walk.ts";
import { RecordingFileError } from "./recording-file-error.ts";

/** What a decoder must know before the first sample of a recording. */
export interface DecoderConfig {
  /** RFC 6381. */
  readonly codec: string;
  /** Content of the avcC or hvcC box. */
  readonly description: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Fields of a VisualSampleEntry before its boxes (ISO/IEC 14496-12 §12.1.3). */
const entryBytes = 78;

/** Reads it from an initialisation segment. Throws `RecordingFileError` for one without a usable picture track. */
export function decoderConfig(init: Buffer): DecoderConfig {
  const moov = childOf(init, { type: "", from: -8, to: init.length }, "moov");
  for (const trak of boxesIn(init, moov.from + 8, moov.to).filter(({ type }) => type === "trak")) {
    const table = ["mdia", "minf", "stbl", "stsd"].reduce((box, type) => childOf(init, box, type), trak);
    const [entry] = boxesIn(init, table.from + 16, table.to);
    if (entry?.type !== "avc1" && entry?.type !== "hvc1") continue;
    const fieldsAt = entry.from + 8;
    if (fieldsAt + entryBytes > entry.to) throw damaged();
    const name = entry.type === "avc1" ? "avcC" : "hvcC";
    const found = boxesIn(init, fieldsAt + entryBytes, entry.to).find(({ type }) => type === name);
    if (found === undefined) throw damaged();
    const description = init.subarray(found.from + 8, found.to);
    return {
      codec: name === "avcC" ? avcCodec(description) : hevcCodec(description),
      description,
      width: init.readUInt16BE(fieldsAt + 24),
      height: init.readUInt16BE(fieldsAt + 26),
    };
  }
  throw new RecordingFileError("it has no pictures that can be described");
}

function avcCodec(record: Buffer): string {
  if (record.length < 7) throw damaged();
  const [profile, constraints, level] = [1, 2, 3].map((at) => record.readUInt8(at));
  return h264CodecString({ profile: profile ?? 0, constraints: constraints ?? 0, level: level ?? 0 });
}

/** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 §8.3.3.1). */
function hevcCodec(record: Buffer): string {
  if (record.length < 23) throw damaged();
  const general = record.readUInt8(1);
  return h265CodecString({
    space: general >> 6,
    isHighTier: (general & 0x20) !== 0,
    profile: general & 0x1f,
    compatibility: record.readUInt32BE(2),
    constraints: [...record.subarray(6, 12)],
    level: record.readUInt8(12),
  });
}

function childOf(init: Buffer, parent: Box, type: string): Box {
  const found = boxesIn(init, parent.from + 8, parent.to).find((box) => box.type === type);
  if (found === undefined) throw damaged();
  return found;
}

const damaged = (): RecordingFileError => new RecordingFileError("its beginning is damaged");
