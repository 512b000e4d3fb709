import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gridOf, type Luma } from "../../../../renderer/pictures/motion/luma-grid.ts";
import {
  MotionModel,
  type Look,
  type Sensitivity,
} from "../../../../renderer/pictures/motion/motion-model.ts";
import { median } from "../../../../renderer/pictures/motion/median.ts";
import { withLook, mergeMs, type Moment } from "../../../../renderer/pictures/motion/moments.ts";
import { isInside, maskOf, rectangleBetween } from "../../../../renderer/pictures/motion/region.ts";

const width = 320;
const height = 180;
const frameMs = 2_000;
const start = 1_790_000_000_000;

/** Numbers that look random and are the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Thing {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly level: number;
}

/** A picture with some structure, sensor noise of ± `noise` levels, under a light, with a thing in it. */
function picture(options: {
  readonly seed: number;
  readonly noise: number;
  readonly gain?: number;
  readonly added?: number;
  readonly thing?: Thing | undefined;
}): Luma {
  const { seed, noise, gain = 1, added = 0, thing } = options;
  const random = randomFrom(seed);
  const bytes = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isThing =
        thing !== undefined &&
        x >= thing.x &&
        x < thing.x + thing.size &&
        y >= thing.y &&
        y < thing.y + thing.size;
      const scene = 70 + 30 * Math.sin(x / 23) + 25 * Math.cos(y / 17) + (((x >> 4) ^ (y >> 4)) & 1) * 12;
      const level = (isThing ? thing.level : scene) * gain + added + (random() * 2 - 1) * noise;
      bytes[y * width + x] = Math.min(255, Math.max(0, Math.round(level)));
    }
  }
  return { bytes, stride: width, width, height };
}

function lookAll(pictures: readonly Luma[], model: MotionModel): readonly Look[] {
  return pictures.map((luma, index) => model.look(gridOf(luma), start + index * frameMs));
}
const found = (looks: readonly Look[]): readonly Look[] => looks.filter(({ share }) => share > 0);
const sensitivities: readonly Sensitivity[] = ["low", "normal", "high"];

describe("a still scene", () => {
  test("with sensor noise of any kind has no moment", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...sensitivities),
        (seed, noise, how) => {
          const pictures = [0, 1, 2, 3, 4, 5].map((index) => picture({ seed: seed + index * 7, noise }));
          expect(found(lookAll(pictures, new MotionModel([], how)))).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("whose light changes, by exposure or by haze, has no moment", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0.6, max: 1.5, noNaN: true }),
        fc.integer({ min: -20, max: 40 }),
        fc.boolean(),
        (seed, gain, added, isGain) => {
          const light = isGain ? { gain } : { added };
          const pictures = [0, 1, 2, 3].map((index) =>
            picture({ seed: seed + index, noise: 4, ...(index >= 2 ? light : {}) }),
          );
          expect(found(lookAll(pictures, new MotionModel([], "normal")))).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("that goes dark at once is light, not motion", () => {
    const pictures = [
      picture({ seed: 1, noise: 3 }),
      picture({ seed: 2, noise: 3 }),
      picture({ seed: 3, noise: 3, gain: 0.05 }),
      picture({ seed: 4, noise: 3, gain: 0.05 }),
    ];
    expect(found(lookAll(pictures, new MotionModel([], "normal")))).toEqual([]);
  });

  test("in which one spot flickers all the time becomes quiet, and a large change there still counts", () => {
    const flicker = (index: number): Thing => ({ x: 100, y: 60, size: 20, level: 70 + (index % 2) * 14 });
    const model = new MotionModel([], "normal");
    const pictures = Array.from({ length: 200 }, (_, index) =>
      picture({ seed: index, noise: 2, thing: flicker(index) }),
    );
    const looks = lookAll(pictures, model);
    expect(found(looks.slice(0, 10)).length).toBeGreaterThan(0);
    expect(found(looks.slice(150))).toEqual([]);
    const thing = { x: 100, y: 60, size: 20, level: 250 };
    expect(
      model.look(gridOf(picture({ seed: 999, noise: 2, thing })), start + 200 * frameMs).share,
    ).toBeGreaterThan(0);
  });
});

describe("a thing that moves", () => {
  const place = fc.record({
    seed: fc.nat(),
    noise: fc.integer({ min: 0, max: 6 }),
    x: fc.integer({ min: 0, max: 200 }),
    y: fc.integer({ min: 0, max: 140 }),
    dx: fc.integer({ min: 30, max: 80 }),
    level: fc.constantFrom(5, 200, 235),
  });

  test("is found wherever it is, when it comes, moves and goes", () => {
    fc.assert(
      fc.property(place, ({ seed, noise, x, y, dx, level }) => {
        const things = [undefined, undefined, { x, y }, { x: x + dx, y }, undefined];
        const pictures = things.map((at, index) =>
          picture({ seed: seed + index, noise, thing: at && { ...at, size: 22, level } }),
        );
        const looks = lookAll(pictures, new MotionModel([], "normal"));
        expect(found(looks).map(({ at }) => (at - start) / frameMs)).toEqual([2, 3, 4]);
      }),
      { numRuns: 25 },
    );
  });

  test("is found under a light that changes at the same moment", () => {
    const thing = { x: 150, y: 90, size: 24, level: 220 };
    const pictures = [
      picture({ seed: 1, noise: 3 }),
      picture({ seed: 2, noise: 3, gain: 1.3, thing }),
      picture({ seed: 3, noise: 3, gain: 1.3 }),
    ];
    expect(found(lookAll(pictures, new MotionModel([], "normal")))).toHaveLength(2);
  });

  test("counts only within the area that was drawn", () => {
    const left = rectangleBetween({ x: 0, y: 0 }, { x: 0.4, y: 1 }) ?? [];
    const at = (x: number) => picture({ seed: x, noise: 3, thing: { x, y: 80, size: 24, level: 220 } });
    const empty = picture({ seed: 5, noise: 3 });
    const outside = lookAll([empty, at(200), at(260), empty], new MotionModel([left], "normal"));
    expect(found(outside)).toEqual([]);
    const inside = lookAll([empty, at(40), at(260), empty], new MotionModel([left], "normal"));
    expect(found(inside).map(({ at: when }) => (when - start) / frameMs)).toEqual([1, 2]);
  });

  test("is not seen across a stretch that was not recorded", () => {
    const model = new MotionModel([], "high");
    model.look(gridOf(picture({ seed: 1, noise: 0 })), start);
    const thing = { x: 150, y: 90, size: 40, level: 250 };
    const look = model.look(gridOf(picture({ seed: 2, noise: 0, thing })), start + 3_600_000);
    expect(look).toMatchObject({ share: 0, sinceAt: null });
  });
});

test("a camera that changes its picture's shape in between is looked at anew", () => {
  const model = new MotionModel([], "normal");
  model.look(gridOf(picture({ seed: 1, noise: 0 })), start);
  const tall: Luma = { bytes: new Uint8Array(100 * 200), stride: 100, width: 100, height: 200 };
  expect(model.look(gridOf(tall), start + frameMs)).toMatchObject({ share: 0, sinceAt: null });
});

test("blocks of any picture are made without leaving it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      fc.nat(40),
      (w, h, more) => {
        const stride = w + more;
        const grid = gridOf({ bytes: new Uint8Array(stride * h).fill(77), stride, width: w, height: h });
        expect(new Set(grid.means)).toEqual(new Set([77]));
        expect(new Set(grid.textures)).toEqual(new Set([0]));
      },
    ),
  );
});

test("an area holds what lies in it, and the smallest one still one block", () => {
  const triangle = [
    { x: 0.1, y: 0.1 },
    { x: 0.9, y: 0.1 },
    { x: 0.5, y: 0.9 },
  ];
  expect(isInside(triangle, { x: 0.5, y: 0.4 })).toBe(true);
  expect(isInside(triangle, { x: 0.15, y: 0.8 })).toBe(false);
  const corner = fc.record({
    x: fc.double({ min: -1, max: 2, noNaN: true }),
    y: fc.double({ min: -1, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (region) => {
      const mask = maskOf([region], 64, 36);
      expect(mask.some((is) => is === 1)).toBe(true);
    }),
  );
  expect(rectangleBetween({ x: 0.5, y: 0.5 }, { x: 0.501, y: 0.9 })).toBeUndefined();
});

test("changes near each other are one moment, in order, and none is lost", () => {
  const looks = fc.array(
    fc.record({ stepMs: fc.integer({ min: 500, max: 9_000 }), share: fc.constantFrom(0, 0, 0.1, 0.5) }),
  );
  fc.assert(
    fc.property(looks, (steps) => {
      let at = start;
      let moments: readonly Moment[] = [];
      const hits: number[] = [];
      for (const { stepMs, share } of steps) {
        const sinceAt = at;
        at += stepMs;
        if (share > 0) hits.push(at);
        moments = withLook(moments, { at, sinceAt, share, isLight: false });
      }
      for (const hit of hits) {
        expect(moments.filter(({ from, to }) => from <= hit && hit <= to)).toHaveLength(1);
      }
      for (const [index, moment] of moments.entries()) {
        expect(moment.from).toBeLessThan(moment.to);
        expect(moment.peakAt).toBeGreaterThan(moment.from);
        const next = moments[index + 1];
        if (next) expect(next.from - moment.to).toBeGreaterThan(mergeMs);
      }
    }),
  );
});

test("the median is what sorting finds in the middle", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -255_000, max: 255_000 }).map((value) => value / 1_000 + 0)),
      (numbers) => {
        const values = Float32Array.from(numbers);
        expect(median(values)).toBe(values.toSorted()[values.length >> 1] ?? 0);
      },
    ),
  );
});
