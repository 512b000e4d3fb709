import { SlowDiskError } from "./file-writer.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { GapCause } from "../../../shared/model/recording.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";

/**
 * Where the recording of a stream that begins at this instant goes, below the storage root. The time in a name is
 * only a name: where it is taken (the clock was set back), the next free millisecond is used. The index and the file
 * itself say when it begins.
 */
export function recordingPath(
  channelId: ChannelId,
  role: StreamRole,
  startAt: number,
  attempt: number,
): string {
  const named = startAt + attempt;
  const day = new Date(named).toISOString().slice(0, 10);
  return `recordings/${channelId}/${day}/${named}-${role}.mp4`;
}

const fullCodes: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Why a file could not be written, as the cause of a gap and in plain words. */
export function diskTrouble(error: unknown): { readonly cause: GapCause; readonly detail: string } {
  if (error instanceof SlowDiskError) return { cause: "disk-slow", detail: error.message };
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (fullCodes.has(code)) return { cause: "disk-full", detail: "the disk is full" };
  const words: Readonly<Record<string, string>> = {
    EACCES: "no permission to write to the disk",
    EPERM: "no permission to write to the disk",
    EROFS: "the disk is read-only",
    EIO: "the disk reports an input/output error",
    ENOENT: "the folder for recordings is gone",
    ENOTDIR: "the folder for recordings is not a folder",
    ENODEV: "the disk is gone",
    ENXIO: "the disk is gone",
    EEXIST: "a file of this name exists already",
  };
  const known = typeof code === "string" ? words[code] : undefined;
  return { cause: "disk-error", detail: known ?? (error instanceof Error ? error.message : String(error)) };
}
