import { mkdir, realpath } from "node:fs/promises";
import path from "node:path";

/** A path led out of the folder that it belongs to. */
export class OutsideRootError extends Error {
  override readonly name = "OutsideRootError";
}

/**
 * The absolute path of a file below a root, whose folder must exist; links are followed, and must not lead out.
 *
 * @throws OutsideRootError when they do; file system errors as they are.
 */
export async function insideRoot(root: string, relative: string): Promise<string> {
  const file = path.join(root, relative);
  // One after the other: on a disk that hangs each takes one of the few threads that serve files.
  const realRoot = await realpath(root);
  const realFolder = await realpath(path.dirname(file));
  const way = path.relative(realRoot, path.join(realFolder, path.basename(file)));
  if (way === "" || way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) {
    throw new OutsideRootError("the path leads out of the folder for recordings");
  }
  return file;
}

/**
 * Makes a folder below a root that exists, level by level, so that none is made behind a link that leads out.
 *
 * @throws as `insideRoot` and mkdir do.
 */
export async function makeInside(root: string, folder: string): Promise<void> {
  const names = path.normalize(folder).split(path.sep);
  if (names[0] === ".") return;
  for (const count of names.keys()) {
    const made = await insideRoot(root, path.join(...names.slice(0, count + 1)));
    await mkdir(made, { recursive: true });
  }
}
