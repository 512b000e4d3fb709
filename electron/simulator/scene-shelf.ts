import { fileURLToPath } from "node:url";
import { loadScene, loadStill } from "./scenes/load-scene.ts";
import { SceneFileError } from "./scenes/scene-file.ts";
import { sceneNames, type Scene, type SceneName, type SceneStream } from "./scenes/scene.ts";
import { plainFormats, sceneFormats, streamPaths, type SourceFormat } from "./stream-format.ts";

/** What a camera shows: how its sources describe themselves, and the streams by RTSP path. */
export interface ShownScenes {
  readonly sources: readonly SourceFormat[];
  readonly streams: ReadonlyMap<string, SceneStream> | undefined;
  /** JPEG of each source; undefined where nothing was read or baked. */
  readonly stills: readonly (Uint8Array | undefined)[];
}

/** Scene files of a site, each read once and shared by all cameras that look at it. */
export class SceneShelf {
  readonly #folder: string;
  readonly #isServed: boolean;
  readonly #remark: (remark: string) => void;
  readonly #scenes = new Map<SceneName, Promise<Scene>>();
  readonly #stills = new Map<SceneName, Promise<Uint8Array | undefined>>();

  constructor(deps: {
    /** Undefined: `resources/scenes` of the source tree. */
    readonly folder: string | undefined;
    /** False: no RTSP, nothing is read. */
    readonly isServed: boolean;
    readonly remark: (remark: string) => void;
  }) {
    this.#folder = deps.folder ?? fileURLToPath(new URL("../../resources/scenes", import.meta.url));
    this.#isServed = deps.isServed;
    this.#remark = deps.remark;
  }

  /**
   * The first source shows the scene itself, further ones the scenes after it.
   *
   * @throws SceneFileError when there is no scene file at all
   */
  async take(first: SceneName, sourceCount: number): Promise<ShownScenes> {
    const start = sceneNames.indexOf(first);
    const names = Array.from(
      { length: sourceCount },
      (_, index) => sceneNames[(start + index) % sceneNames.length] ?? first,
    );
    const streams = new Map<string, SceneStream>();
    const sources: SourceFormat[] = [];
    const stills: (Uint8Array | undefined)[] = [];
    for (const [index, name] of names.entries()) {
      const paths = streamPaths(index);
      const token = `VideoSource_${String(index + 1)}`;
      if (!this.#isServed) {
        sources.push({ token, ...paths, ...plainFormats(name) });
        continue;
      }
      const scene = await this.#load(name);
      sources.push({ token, ...paths, ...sceneFormats(scene) });
      streams.set(paths.mainPath, scene.main);
      streams.set(paths.subPath, scene.sub);
      stills.push(await this.#still(scene.name));
    }
    return { sources, stills, streams: this.#isServed ? streams : undefined };
  }

  #still(name: SceneName): Promise<Uint8Array | undefined> {
    const known = this.#stills.get(name) ?? loadStill(name, this.#folder);
    this.#stills.set(name, known);
    return known;
  }

  #load(name: SceneName): Promise<Scene> {
    const known = this.#scenes.get(name) ?? this.#loadOrSubstitute(name);
    this.#scenes.set(name, known);
    return known;
  }

  async #loadOrSubstitute(name: SceneName): Promise<Scene> {
    try {
      return await loadScene(name, this.#folder);
    } catch (error) {
      if (!(error instanceof SceneFileError) || name === "gate") throw error;
      this.#remark(`${error.message}: cameras there show the gate`);
      return this.#load("gate");
    }
  }
}
