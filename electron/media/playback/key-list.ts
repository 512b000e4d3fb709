import type { KeyConfig, KeyList } from "../../../shared/contract/key-list.ts";
import { decoderConfig } from "../../drivers/recording-file/decoder-config.ts";
import { RecordingFileError } from "../../drivers/recording-file/recording-file-error.ts";
import type { RecordedTrack } from "./recorded-track.ts";

const ticksPerMs = 90;

/** What `pictures.json` answers: every keyframe of a track, when it was captured and how it is decoded. */
export function writeKeyList({ inits, keys }: RecordedTrack): Buffer {
  const list: KeyList = {
    configs: inits.map((init) => configOf(init)),
    keys: keys.map(({ startAt, durationTicks, init }) => [
      startAt,
      Math.round(durationTicks / ticksPerMs),
      init,
    ]),
  };
  return Buffer.from(JSON.stringify(list));
}

/** Null for a beginning that cannot be read: its pictures are said to be broken. */
function configOf(init: Buffer): KeyConfig | null {
  try {
    const { codec, description, width, height } = decoderConfig(init);
    return width > 0 && height > 0
      ? { codec, description: description.toString("base64"), width, height }
      : null;
  } catch (error) {
    if (error instanceof RecordingFileError) return null;
    throw error;
  }
}
