import { z } from "zod";

/** One picture of a group as the decoder takes it, in the order of decoding. */
export interface GroupPicture {
  /** Capture time, UTC ms. */
  readonly at: number;
  readonly isKey: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const Head = z.array(z.tuple([z.number().min(-60_000).max(86_400_000), z.int().min(0)])).max(20_000);

/**
 * Reads what `group-N.bin` answered (`packSamples` in the media process); undefined when it contradicts itself.
 *
 * @param keyAt capture time of the group's keyframe, UTC ms
 */
export function readGroup(bytes: Uint8Array, keyAt: number): readonly GroupPicture[] | undefined {
  if (bytes.length < 4) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const head = 4 + length <= bytes.length ? parse(bytes.subarray(4, 4 + length)) : undefined;
  if (head === undefined) return undefined;
  const pictures: GroupPicture[] = [];
  let from = 4 + length;
  for (const [afterMs, size] of head) {
    if (from + size > bytes.length) return undefined;
    const sample = new Uint8Array(bytes.subarray(from, from + size));
    pictures.push({ at: keyAt + afterMs, isKey: pictures.length === 0, bytes: sample });
    from += size;
  }
  return pictures;
}

function parse(bytes: Uint8Array): z.infer<typeof Head> | undefined {
  try {
    return Head.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
