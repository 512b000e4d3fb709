import { audioTrackId } from "../fmp4/init-segment.ts";
import { boxesIn, type Box } from "./box-walk.ts";
import { RecordingFileError } from "./recording-file-error.ts";

/** The same initialisation segment without its sound track. Throws `RecordingFileError` for one that is damaged. */
export function silentInit(init: Buffer): Buffer<ArrayBuffer> {
  const kept = boxesIn(init, 0, init.length).map((box) =>
    box.type === "moov" ? within(init, box, (inner) => moovChild(init, inner)) : slice(init, box),
  );
  return Buffer.concat(kept);
}

const slice = (bytes: Buffer, { from, to }: Box): Buffer => bytes.subarray(from, to);

function moovChild(init: Buffer, box: Box): Buffer | undefined {
  if (box.type === "mvex") return within(init, box, (inner) => ofTrack(init, inner, inner.from + 12));
  if (box.type !== "trak") return slice(init, box);
  const header = boxesIn(init, box.from + 8, box.to).find(({ type }) => type === "tkhd");
  return header === undefined
    ? slice(init, box)
    : ofTrack(init, { ...box, from: box.from }, header.from + 20);
}

/** The box, unless the track number at this place is the sound's. */
function ofTrack(init: Buffer, box: Box, numberAt: number): Buffer | undefined {
  if (numberAt + 4 > box.to) throw new RecordingFileError("its beginning is damaged");
  return init.readUInt32BE(numberAt) === audioTrackId ? undefined : slice(init, box);
}

function within(init: Buffer, box: Box, keep: (inner: Box) => Buffer | undefined): Buffer {
  const inner = boxesIn(init, box.from + 8, box.to).flatMap((one) => keep(one) ?? []);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + inner.reduce((sum, one) => sum + one.length, 0), 0);
  head.write(box.type, 4, 4, "latin1");
  return Buffer.concat([head, ...inner]);
}
