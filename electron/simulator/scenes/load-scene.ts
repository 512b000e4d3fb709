import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSceneFile, SceneFileError } from "./scene-file.ts";
import type { Scene, SceneName } from "./scene.ts";

/** The scene's file inside a scene folder (`resources/scenes`). */
export function sceneFile(name: SceneName, folder: string): string {
  return join(folder, `${name}.wfscene`);
}

/**
 * Reads one scene, about 2 MB, in a few milliseconds. Load each once and share it between all cameras that show it.
 *
 * @param folder where the scene files are; bundled code cannot know, so the caller says.
 * @throws {SceneFileError} when the file is missing, unreadable or damaged.
 */
export async function loadScene(name: SceneName, folder: string): Promise<Scene> {
  const path = sceneFile(name, folder);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new SceneFileError(`scene ${name} cannot be read from ${path}`, { cause });
  }
  return parseSceneFile(bytes);
}

/** One small JPEG of the scene, 640×360; undefined when none was baked. @throws {SceneFileError} when unreadable */
export async function loadStill(name: SceneName, folder: string): Promise<Uint8Array | undefined> {
  const path = join(folder, `${name}.jpg`);
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new SceneFileError(`the still picture of ${name} cannot be read from ${path}`, { cause });
  }
}
