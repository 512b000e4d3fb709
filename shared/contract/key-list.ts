import { z } from "zod";

const instant = z.int().min(0).max(8_640_000_000_000_000);

/** How a decoder is set up for keyframes (WebCodecs `VideoDecoderConfig`). */
export const KeyConfig = z.strictObject({
  /** RFC 6381: `avc1.4d401f`, `hvc1.1.6.L93.90`. */
  codec: z.string().min(1).max(64),
  /** Content of the avcC or hvcC box. */
  description: z.base64().max(65_536),
  width: z.int().min(1).max(16_384),
  height: z.int().min(1).max(16_384),
});
export type KeyConfig = z.infer<typeof KeyConfig>;

/** One keyframe: when it was captured (UTC ms), for how long it stands until the next one (ms), its decoder's place. */
const KeyPlace = z.tuple([instant, z.number().min(0), z.int().min(0)]);

/**
 * The keyframes of a recorded channel: what `get pictures.json` answers on an `open-playback` subscription, in order
 * of time. `get sample-N.bin` is keyframe N as the decoder takes it.
 */
export const KeyList = z.strictObject({
  /** Null: it cannot be read from the file. */
  configs: z.array(KeyConfig.nullable()).max(10_000),
  keys: z.array(KeyPlace).max(1_000_000),
});
export type KeyList = z.infer<typeof KeyList>;
