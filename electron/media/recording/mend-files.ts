import path from "node:path";
import type { MendedFile } from "../../../shared/contract/media-port.ts";
import { mendRecording } from "../../drivers/recording-file/open-recording.ts";
import { RecordingFileError } from "../../drivers/recording-file/recording-file-error.ts";

/** Looks through files that nobody writes, one after the other, and cuts torn tails. Never throws for a file. */
export async function mendFiles(root: string, paths: readonly string[]): Promise<MendedFile[]> {
  const mended: MendedFile[] = [];
  for (const one of paths) mended.push(await mendOne(root, one));
  return mended;
}

async function mendOne(root: string, file: string): Promise<MendedFile> {
  try {
    const { scan, cutBytes } = await mendRecording(path.join(root, file));
    const startAt = scan.keys[0]?.capturedAt ?? scan.endAt;
    const bytes = scan.endOffset;
    return { kind: "whole", path: file, startAt, endAt: Math.round(scan.endAt), bytes, cutBytes };
  } catch (error) {
    const isExpected = error instanceof RecordingFileError || (error instanceof Error && "code" in error);
    if (!isExpected) throw error;
    return { kind: "unreadable", path: file, detail: error.message.slice(0, 300) };
  }
}
