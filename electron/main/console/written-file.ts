import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { fail, ok, type Result } from "../../../shared/base/result.ts";

/**
 * Writes a text file whole or not at all: beside its place first, on the disk, then under its name. A file
 * that was there is replaced, as the person confirmed in the dialog.
 */
export async function writeWholeFile(file: string, text: string): Promise<Result<string, string>> {
  const partial = `${file}.${randomUUID().slice(0, 8)}.partial`;
  try {
    const handle = await open(partial, "wx");
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
    return ok(file);
  } catch (error) {
    await rm(partial, { force: true });
    return fail(error instanceof Error ? error.message : String(error));
  }
}
