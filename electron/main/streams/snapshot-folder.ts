import { constants } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "../../../shared/base/result.ts";

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const maxBytes = 24 * 1024 * 1024;
const maxTries = 100;

/**
 * Writes a picture under a name that was free, and never over another file.
 *
 * @returns the path, or in plain words why it was not saved; then nothing is left behind.
 */
export async function saveSnapshotFile(
  folder: string,
  name: string,
  png: Buffer,
): Promise<Result<string, string>> {
  if (png.length > maxBytes) return fail("the picture is larger than 24 MB");
  if (!png.subarray(0, pngSignature.length).equals(pngSignature)) return fail("the picture is not a PNG");
  try {
    await mkdir(folder, { recursive: true });
    for (let number = 1; number <= maxTries; number++) {
      const file = path.join(folder, numbered(name, number));
      if (await writeNew(file, png)) return ok(file);
    }
    return fail("there are too many pictures of that moment");
  } catch (error) {
    return fail(reasonOf(error));
  }
}

function numbered(name: string, number: number): string {
  const { name: stem, ext } = path.parse(name);
  return number === 1 ? name : `${stem} (${number})${ext}`;
}

/** False when the name is taken. */
async function writeNew(file: string, bytes: Buffer): Promise<boolean> {
  let handle;
  try {
    handle = await open(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o644);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
  try {
    await handle.writeFile(bytes);
    await handle.close();
    return true;
  } catch (error) {
    await handle.close().catch(ignoreClosed);
    await rm(file, { force: true });
    throw error;
  }
}

/** The first error is the one that is told. */
function ignoreClosed(): void {}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

function reasonOf(error: unknown): string {
  switch (codeOf(error) ?? "") {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "the snapshot folder may not be written";
    case "ENOTDIR":
      return "the snapshot folder's path leads through a file";
    case "ENAMETOOLONG":
      return "the snapshot folder's path is too long";
    default:
      return "the snapshot could not be written";
  }
}
