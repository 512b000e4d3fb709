import { z } from "zod";
import { RecordingFileError } from "./recording-file-error.ts";
import type { ReadAt } from "./read-at.ts";

/** Whose recording a file is: its site, and the stream it was made of. */
const SiteMark = z.strictObject({
  site: z.string().regex(/^[0-9a-f]{32}$/),
  channelId: z.string().min(1).max(64),
  role: z.enum(["main", "sub", "other"]),
});
export type SiteMark = z.infer<typeof SiteMark>;

/** The mark's identity as `uuid` box, chosen at random for this format. */
const boxIdentity = Buffer.from("6f1d8e27b9c44a1f8d3e5b7290ac64f3", "hex");
const headBytes = 8 + 16;
const maxMarkBytes = 512;

/** A `uuid` box behind the `moov`: players skip it, the console knows its own files by it. */
export function writeSiteMark(mark: SiteMark): Buffer<ArrayBuffer> {
  const text = Buffer.from(JSON.stringify(mark), "utf8");
  const out = Buffer.allocUnsafeSlow(headBytes + text.length);
  out.writeUInt32BE(out.length, 0);
  out.write("uuid", 4, 4, "latin1");
  boxIdentity.copy(out, 8);
  text.copy(out, headBytes);
  return out;
}

/**
 * The mark behind a file's beginning, which is `at` bytes long, and how many bytes it takes. Files from before there
 * was a mark have none: then 0 bytes.
 *
 * @throws RecordingFileError when there is a mark that cannot be read.
 */
export async function readSiteMark(
  read: ReadAt,
  at: number,
): Promise<{ readonly mark: SiteMark | undefined; readonly bytes: number }> {
  const bytes = await read(at, maxMarkBytes);
  const isOurs =
    bytes.length >= headBytes &&
    bytes.toString("latin1", 4, 8) === "uuid" &&
    bytes.subarray(8, headBytes).equals(boxIdentity);
  if (!isOurs) return { mark: undefined, bytes: 0 };
  const length = bytes.readUInt32BE(0);
  if (length < headBytes || length > bytes.length) throw new RecordingFileError("its mark is damaged");
  const parsed = SiteMark.safeParse(parseJson(bytes.toString("utf8", headBytes, length)));
  if (!parsed.success) throw new RecordingFileError("its mark is damaged");
  return { mark: parsed.data, bytes: length };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
