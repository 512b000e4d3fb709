import { realpath } from "node:fs/promises";
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
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(path.dirname(file))]);
  const way = path.relative(realRoot, path.join(realFolder, path.basename(file)));
  if (way === "" || way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way)) {
    throw new OutsideRootError("the path leads out of the folder for recordings");
  }
  return file;
}
