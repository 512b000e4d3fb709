import { mkdir, statfs } from "node:fs/promises";

/** Free bytes of the disk that holds the folder, which is made; or why it cannot be used, in plain words. */
export async function freeBytesOf(root: string): Promise<number | string> {
  try {
    await mkdir(root, { recursive: true });
    const { bavail, bsize } = await statfs(root);
    return bavail * bsize;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return `the folder for recordings cannot be used (${code})`;
  }
}
