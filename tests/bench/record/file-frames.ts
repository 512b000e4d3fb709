import { openSync, closeSync, fstatSync, readSync } from "node:fs";
import { readFragmentHead } from "../../../electron/drivers/recording-file/fragment-head.ts";

/** What a recorded file holds of pictures. */
export interface FileFrames {
  readonly frames: number;
  /** Pictures that are missing between two others. */
  readonly missing: number;
  readonly firstTicks: number;
  readonly endTicks: number;
  /** Bytes behind the last whole box. */
  readonly tornBytes: number;
}

const ticksPerS = 90_000;

/** Walks a file's boxes and counts its pictures against their times. */
export function framesOf(path: string, fps: number): FileFrames {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const read = (at: number, length: number): Buffer => {
      const bytes = Buffer.alloc(Math.min(length, size - at));
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at));
    };
    const times: number[] = [];
    let at = 0;
    while (at + 8 <= size) {
      const head = read(at, 8);
      const length = head.readUInt32BE(0);
      if (length < 8 || at + length > size) break;
      if (head.toString("latin1", 4, 8) === "moof") {
        const fragment = readFragmentHead(read(at, length));
        if (fragment?.isVideo === true) times.push(fragment.startTicks);
      }
      at += length;
    }
    times.sort((a, b) => a - b);
    const step = ticksPerS / fps;
    const first = times[0] ?? 0;
    const last = times.at(-1) ?? 0;
    const expected = times.length === 0 ? 0 : Math.round((last - first) / step) + 1;
    return {
      frames: times.length,
      missing: expected - times.length,
      firstTicks: first,
      endTicks: last + step,
      tornBytes: size - at,
    };
  } finally {
    closeSync(file);
  }
}
