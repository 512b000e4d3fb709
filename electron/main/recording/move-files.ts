import { createHash } from "node:crypto";
import { open, rename, unlink } from "node:fs/promises";
import path from "node:path";
import { insideRoot, makeInside, OutsideRootError } from "../../drivers/recording-file/inside-root.ts";

/** What moving a recording asks of the disks; every step is on the disk when it resolves. */
export interface MoveFiles {
  /** Copies to a name that nothing looks at; answers the SHA-256 of what was read. */
  readonly copy: (fromRoot: string, toRoot: string, file: string, signal: AbortSignal) => Promise<string>;
  /** The SHA-256 of the copy, read back. */
  readonly hashOfCopy: (toRoot: string, file: string) => Promise<string>;
  /** Gives the copy its name. */
  readonly place: (toRoot: string, file: string) => Promise<void>;
  /** Deletes the file; fine when it is not there. */
  readonly remove: (root: string, file: string) => Promise<void>;
  /** Deletes the copy under either name; fine when there is none. */
  readonly removeCopy: (toRoot: string, file: string) => Promise<void>;
}

const chunkBytes = 1024 * 1024;
const partial = (file: string): string => `${file}.moving`;

/** The disks themselves. No path leaves its root, whatever links lie there. */
export const diskMoveFiles: MoveFiles = {
  copy: async (fromRoot, toRoot, file, signal) => {
    const source = await open(await insideRoot(fromRoot, file), "r");
    try {
      await makeInside(toRoot, path.dirname(file));
      const target = await open(await insideRoot(toRoot, partial(file)), "w");
      try {
        const hash = createHash("sha256");
        const chunk = Buffer.allocUnsafeSlow(chunkBytes);
        for (let at = 0; ;) {
          signal.throwIfAborted();
          const { bytesRead } = await source.read(chunk, 0, chunkBytes, at);
          if (bytesRead === 0) break;
          const bytes = chunk.subarray(0, bytesRead);
          hash.update(bytes);
          for (let done = 0; done < bytesRead;) {
            done += (await target.write(bytes, done, bytesRead - done, at + done)).bytesWritten;
          }
          at += bytesRead;
        }
        await target.sync();
        return hash.digest("hex");
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  },
  hashOfCopy: async (toRoot, file) => {
    const copy = await open(await insideRoot(toRoot, partial(file)), "r");
    try {
      const hash = createHash("sha256");
      for await (const bytes of copy.createReadStream({ autoClose: false })) hash.update(bytes as Buffer);
      return hash.digest("hex");
    } finally {
      await copy.close();
    }
  },
  place: async (toRoot, file) => {
    await rename(await insideRoot(toRoot, partial(file)), await insideRoot(toRoot, file));
    await syncFolder(path.dirname(path.join(toRoot, file)));
  },
  remove: async (root, file) => {
    await unlinkIfThere(root, file);
  },
  removeCopy: async (toRoot, file) => {
    await unlinkIfThere(toRoot, partial(file));
    await unlinkIfThere(toRoot, file);
  },
};

async function unlinkIfThere(root: string, file: string): Promise<void> {
  try {
    await unlink(await insideRoot(root, file));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Behind a link that leads out there is nothing of ours.
    if (code !== "ENOENT" && !(error instanceof OutsideRootError)) throw error;
  }
}

/** Windows cannot open a folder, and needs not: its rename is on the disk with the file. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
