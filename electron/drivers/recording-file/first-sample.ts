import { readFragmentHead } from "./fragment-head.ts";
import { referenceTimeBytes } from "./reference-time.ts";

/** Where `writeFragment` puts the size of the first sample. */
const firstSizeAt = 8 + 16 + 8 + 16 + 20 + 20 + 4;

/**
 * The first sample of a fragment as it is recorded: a `prft` box, `moof`, `mdat`; a view into the bytes.
 * Undefined when they are anything else.
 */
export function firstSample(bytes: Buffer): Buffer | undefined {
  const moofAt = referenceTimeBytes;
  if (bytes.length < moofAt + 8) return undefined;
  const dataAt = moofAt + bytes.readUInt32BE(moofAt);
  if (dataAt + 8 > bytes.length || bytes.toString("latin1", dataAt + 4, dataAt + 8) !== "mdat")
    return undefined;
  const moof = bytes.subarray(moofAt, dataAt);
  if (readFragmentHead(moof)?.isKeyframe !== true) return undefined;
  const endAt = dataAt + 8 + moof.readUInt32BE(firstSizeAt);
  return endAt > bytes.length ? undefined : bytes.subarray(dataAt + 8, endAt);
}
