import type { MendedFile } from "../../../shared/contract/media-port.ts";
import { insideRoot, OutsideRootError } from "../../drivers/recording-file/inside-root.ts";
import { mendRecording } from "../../drivers/recording-file/open-recording.ts";
import type { SiteMark } from "../../drivers/recording-file/site-mark.ts";
import { RecordingFileError } from "../../drivers/recording-file/recording-file-error.ts";

/**
 * Looks through files that nobody writes, one after the other, and cuts torn tails. A file of another site, or of
 * another stream than its name says, is not touched. Never throws for a file.
 */
export async function mendFiles(root: string, site: string, paths: readonly string[]): Promise<MendedFile[]> {
  const mended: MendedFile[] = [];
  for (const one of paths) mended.push(await mendOne(root, site, one));
  return mended;
}

async function mendOne(root: string, site: string, file: string): Promise<MendedFile> {
  try {
    const found = await mendRecording(await insideRoot(root, file), isOf(site, file));
    if (found === "foreign") return { kind: "foreign", path: file };
    const { scan, cutBytes } = found;
    const startAt = scan.keys[0]?.capturedAt ?? scan.endAt;
    const bytes = scan.endOffset;
    return { kind: "whole", path: file, startAt, endAt: Math.round(scan.endAt), bytes, cutBytes };
  } catch (error) {
    const isExpected =
      error instanceof RecordingFileError ||
      error instanceof OutsideRootError ||
      (error instanceof Error && "code" in error);
    if (!isExpected) throw error;
    return { kind: "unreadable", path: file, detail: error.message.slice(0, 300) };
  }
}

/** Files from before there was a mark are taken by their name. */
const isOf =
  (site: string, file: string) =>
  (mark: SiteMark | undefined): boolean =>
    mark === undefined ||
    (mark.site === site &&
      file.startsWith(`recordings/${mark.channelId}/`) &&
      file.endsWith(`-${mark.role}.mp4`));
