import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { loadScene, sceneFile } from "../../../electron/simulator/scenes/load-scene.ts";
import { parseSceneFile, SceneFileError } from "../../../electron/simulator/scenes/scene-file.ts";
import { loopMs, sceneNames, type VideoTrack } from "../../../electron/simulator/scenes/scene.ts";

const folder = fileURLToPath(new URL("../../../resources/scenes", import.meta.url));

const files = readdirSync(folder);

describe.each(sceneNames)("scene %s", (name) => {
  it("is one minute of main and sub stream, each group of pictures whole", async () => {
    const scene = await loadScene(name, folder);
    expect(scene.number).toBe(sceneNames.indexOf(name));
    const expected: [VideoTrack, number, number, number][] = [
      [scene.main.video, 1_280, 720, 15],
      [scene.sub.video, 640, 360, 10],
    ];
    for (const [track, width, height, fps] of expected) {
      expect([track.width, track.height, track.fps]).toEqual([width, height, fps]);
      expect((track.frames.length * 1_000) / fps).toBe(loopMs);
      for (const [index, frame] of track.frames.entries()) {
        expect(frame.isKeyframe).toBe(index % (fps * 2) === 0);
        expect(frame.displayOffset === 0 || !frame.isKeyframe).toBe(true);
      }
      const shown = track.frames.map((frame, index) => index + frame.displayOffset).sort((a, b) => a - b);
      expect(shown).toEqual(track.frames.map((_, index) => index));
    }
  });
});

describe("the set of scenes", () => {
  it("is every scene that the simulator knows with its still picture, and nothing else", () => {
    expect(files.toSorted()).toEqual(
      sceneNames.flatMap((name) => [`${name}.jpg`, `${name}.wfscene`]).toSorted(),
    );
  });

  it("has H.265, B-frames, AAC and G.711 once each at least, and H.264 sub streams only", async () => {
    const scenes = await Promise.all(sceneNames.map((name) => loadScene(name, folder)));
    expect(scenes.some((scene) => scene.main.video.codec === "h265")).toBe(true);
    expect(scenes.some((scene) => scene.main.video.frames.some((frame) => frame.displayOffset > 0))).toBe(
      true,
    );
    expect(scenes.some((scene) => scene.main.audio?.codec === "aac")).toBe(true);
    expect(scenes.some((scene) => scene.main.audio?.codec === "pcmu")).toBe(true);
    expect(scenes.every((scene) => scene.sub.video.codec === "h264")).toBe(true);
  });
});

describe("scene file parser", () => {
  let whole: Uint8Array;
  beforeAll(async () => {
    whole = await readFile(sceneFile("gate", folder));
  });

  it("either reads a damaged file or throws its own error", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 20_000 }), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.option(fc.nat({ max: 60_000 }), { nil: undefined }),
        (changes, cutAt) => {
          const copy = whole.slice(0, cutAt ?? whole.length);
          for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
          try {
            parseSceneFile(copy);
          } catch (error) {
            expect(error).toBeInstanceOf(SceneFileError);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("says which scene is missing", async () => {
    await expect(loadScene("gate", "/nowhere")).rejects.toThrow(/scene gate cannot be read/);
  });
});
