// Roof by day: air handlers whose fans turn, ducts, a parapet, the town behind; a technician at work.
import { sun } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, many, pole } from "./parts.mjs";
import { daySky } from "./scene-gate.mjs";
import { Capsule } from "./shapes.mjs";
import { fbm, noise, plain, ribbed, rough } from "./textures.mjs";
import { World } from "./world.mjs";

const membrane = {
  colour: ([x, , z]) => {
    const [u, v] = [x / 2.1 - Math.floor(x / 2.1), z / 6 - Math.floor(z / 6)];
    const seam = u < 0.02 || v < 0.008 ? 0.72 : 1;
    const puddle = fbm(x / 2.6, 4, z / 2.6);
    const k = seam * (0.8 + 0.35 * fbm(x / 1.5, 0, z / 1.5)) * (puddle > 0.62 ? 0.62 : 1);
    return [0.3 * k, 0.3 * k, 0.29 * k];
  },
};
const tin = ribbed([0.5, 0.52, 0.53], 0.3, 0, { gloss: 0.15 });
const duct = plain([0.46, 0.47, 0.48], { gloss: 0.35 });
const dark = plain([0.05, 0.05, 0.055]);

/** An air handler with a louvred side and two fans on top. */
const handler = (x, z) => [
  box(x - 1.5, 0.25, z - 1, x + 1.5, 1.9, z + 1, tin),
  box(x - 1.2, 0.5, z + 1, x + 1.2, 1.6, z + 1.02, ribbed([0.2, 0.21, 0.22], 0.12, 1)),
  box(x - 1.4, 0, z - 0.9, x - 1.2, 0.25, z + 0.9, dark),
  box(x + 1.2, 0, z - 0.9, x + 1.4, 0.25, z + 0.9, dark),
  ...[-0.75, 0.75].map((dx) => new Capsule([x + dx, 1.86, z], [x + dx, 1.9, z], 0.01, dark)),
];
const handlers = [[-4.5, -4], [-4.5, -9], [4.6, -7]]; // prettier-ignore
const fans = handlers.flatMap(([x, z]) => [[x - 0.75, z], [x + 0.75, z]]); // prettier-ignore

const town = many(46, (i) => {
  const [a, b, c] = [noise(i * 7.7, 1, 2), noise(i * 3.3, 5, 1), noise(i * 5.1, 2, 8)];
  const [x, z] = [-75 + (i % 23) * 6.8 + a * 5, -48 - Math.floor(i / 23) * 26 - b * 14];
  const [width, height] = [4 + c * 4, -6 + a * 13 + (i % 7 === 0 ? 7 : 0)];
  const hue = [0.32 + 0.2 * b, 0.3 + 0.16 * b, 0.28 + 0.12 * c];
  const facade = { colour: ([px, py], n) => (n[1] < 0.5 && ((px % 1.5) + 1.5) % 1.5 > 0.5 && ((py % 2.6) + 2.6) % 2.6 > 1.1 ? [0.1, 0.12, 0.14] : n[1] > 0.5 ? hue.map((v) => v * 0.7) : hue) };
  return [box(x - width, -30, z - 6, x + width, height, z + 6, facade)];
}); // prettier-ignore

const shapes = [
  box(-11, -12, -18, 11, 0, 12, membrane),
  box(-11.3, -12, -18.3, 11.3, 0.85, -18, rough([0.42, 0.41, 0.39], 2, 0.06)),
  box(-11.3, -12, -18, -11, 0.85, 12, rough([0.42, 0.41, 0.39], 2, 0.06)),
  box(11, -12, -18, 11.3, 0.85, 12, rough([0.42, 0.41, 0.39], 2, 0.06)),
  box(-11.35, 0.85, -18.35, 11.35, 0.9, -17.95, plain([0.25, 0.26, 0.27])),
  box(-11.35, 0.85, -18.35, -10.95, 0.9, 12, plain([0.25, 0.26, 0.27])),
  box(10.95, 0.85, -18.35, 11.35, 0.9, 12, plain([0.25, 0.26, 0.27])),
  ...handlers.flatMap(([x, z]) => handler(x, z)),
  ...fans.map(([x, z]) => ({ ...fanRing(x, z) })).flatMap(({ parts }) => parts),
  box(-3, 0.5, -4.4, 1.6, 1.1, -3.7, duct),
  box(1, 0.5, -12, 1.6, 1.1, -3.7, duct),
  ...many(4, (i) => box(1.1, 0, -11.5 + i * 2.3, 1.5, 0.5, -11.3 + i * 2.3, dark)),
  // stair house with a door, skylights, masts, a cable tray, a walkway of slabs
  box(3.4, 0, -17.5, 8.2, 2.9, -13, rough([0.44, 0.42, 0.38], 2, 0.06)),
  box(3.2, 2.9, -17.7, 8.4, 3.05, -12.8, plain([0.2, 0.2, 0.21])),
  box(4.3, 0, -13, 5.3, 2.1, -12.97, plain([0.12, 0.2, 0.26])),
  box(5.15, 1, -12.97, 5.22, 1.06, -12.9, duct),
  ...[-8, 0.2].map((x) => box(x, 0, -16, x + 2, 0.5, -14, { gloss: 0.9, colour: () => [0.1, 0.14, 0.17] })),
  pole(-9.5, -15.5, 5.5, 0.05, duct), pole(-8.9, -15.5, 4.2, 0.04, duct),
  ...[3.4, 4.2, 5].map((y) => box(-9.7, y, -15.6, -9.3, y + 0.45, -15.4, plain([0.62, 0.62, 0.62]))),
  box(7.6, 0.12, -12, 7.9, 0.2, 10, duct),
  ...many(14, (i) => box(2.9 + (i % 2) * 0.03, 0, -11.6 + i * 1.25, 3.9 + (i % 2) * 0.03, 0.05, -10.5 + i * 1.25, rough([0.4, 0.39, 0.37], 1, 0.08))),
  ...town.flat(),
]; // prettier-ignore

function fanRing(x, z) {
  const parts = [];
  for (let step = 0; step < 12; step += 1) {
    const [a, b] = [(step * Math.PI) / 6, ((step + 1) * Math.PI) / 6];
    parts.push(
      new Capsule(
        [x + 0.58 * Math.cos(a), 1.95, z + 0.58 * Math.sin(a)],
        [x + 0.58 * Math.cos(b), 1.95, z + 0.58 * Math.sin(b)],
        0.07,
        dark,
      ),
    );
  }
  parts.push(new Capsule([x, 1.92, z], [x, 1.98, z], 0.12, dark));
  return { parts };
}

/** Blades turn a whole number of thirds a loop, so the loop closes. */
function blades(t) {
  return fans.map(([x, z], index) => {
    const angle = ((t * (34 + index)) / 60) * Math.PI * 2;
    const shapesOf = many(3, (k) => {
      const a = angle + (k * Math.PI * 2) / 3;
      return [
        new Capsule(
          [x, 1.96, z],
          [x + 0.5 * Math.cos(a), 1.96, z + 0.5 * Math.sin(a)],
          0.055,
          plain([0.3, 0.31, 0.32]),
        ),
      ];
    });
    return { shapes: shapesOf, bounds: [x - 0.6, 1.88, z - 0.6, x + 0.6, 2.05, z + 0.6] };
  });
}

const people = [
  {
    way: route({
      start: 2,
      points: [
        [4.8, -13.6],
        [3.6, -11],
        [3.2, -5.4],
        [2.7, -5.1, 12],
        [3.5, -2.6],
        [3.4, 12],
      ],
      speed: 1.25,
      face: 0.9,
    }),
    outfit: outfits.worker,
  },
  {
    way: route({
      start: 33,
      points: [
        [3.4, 12],
        [3.3, 1],
        [-2.2, -1.4],
        [-2.6, -2.5, 9],
        [0, -0.4],
        [3.3, 1],
        [3.5, 13],
      ],
      speed: 1.4,
      face: -2.4,
    }),
    outfit: { ...outfits.loader, bag: [0.08, 0.08, 0.1] },
  },
];

/** A red mast light that blinks, and birds that cross high up. */
function birds(t) {
  const along = ((t - 24) / 14) * 60 - 30;
  if (Math.abs(along) > 30) return [];
  return many(5, (i) => {
    const c = [along - Math.abs(i - 2) * 0.9, 7.5 + 0.4 * Math.sin(i * 2 + t * 0.7), -24 - (i - 2) * 1.1];
    const flap = 0.16 * Math.sin(t * 13 + i * 1.7);
    const wings = [-1, 1].map((side) => new Capsule(c, [c[0], c[1] + flap, c[2] + side * 0.32], 0.035, dark));
    return [
      { shapes: wings, bounds: [c[0] - 0.1, c[1] - 0.25, c[2] - 0.4, c[0] + 0.1, c[1] + 0.25, c[2] + 0.4] },
    ];
  });
}

export const roof = {
  world: new World(shapes),
  camera: { eye: [-2.6, 5.2, 9.4], target: [0.2, 0.4, -5], fov: 78, barrel: 0.09 },
  lights: [sun([0.62, 0.5, 0.2], [4.4, 3.9, 3.1], 0.02)],
  sky: daySky([1.02, 1, 0.96]),
  bounce: [0.5, 0.48, 0.44],
  ambient: { up: [0.55, 0.6, 0.68], down: [0.26, 0.25, 0.23] },
  haze: { colour: [0.66, 0.69, 0.73], perMetre: 0.006 },
  look: { exposure: 0.46, tint: [1.02, 1, 0.97], saturation: 0.98, vignette: 0.32, grain: 1 },
  actors: (t) => [
    ...blades(t),
    ...birds(t),
    { sprites: (t % 2) < 0.9 ? [{ at: [-9.5, 5.6, -15.5], radius: 0.08, colour: [1, 0.12, 0.08] }] : [] },
    ...people.flatMap(({ way, outfit }) => {
      const at = way(t);
      return at === undefined ? [] : [person(at, outfit, t)];
    }),
  ],
}; // prettier-ignore
