// Lobby: reception desk, two lifts whose doors open, a polished floor under ceiling panels.
import { lamp } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, plant } from "./parts.mjs";
import { Box } from "./shapes.mjs";
import { World } from "./world.mjs";
import { smooth } from "./light.mjs";
import { fbm, glow, noise, plain, rough, tiles } from "./textures.mjs";

const stone = {
  gloss: 0.65,
  blur: 0.035,
  colour: ([x, , z]) => {
    const [a, b] = [x / 0.9, z / 0.9];
    const joint = Math.min(a - Math.floor(a), b - Math.floor(b)) < 0.012;
    const k = 0.82 + 0.3 * fbm(x * 1.6 + Math.floor(a) * 7, 0, z * 1.6 + Math.floor(b) * 3);
    return joint ? [0.2, 0.19, 0.18] : [0.44 * k, 0.42 * k, 0.39 * k];
  },
};
const wood = {
  gloss: 0.2,
  colour: (p) => {
    const k = 0.75 + 0.5 * noise(p[0] * 3, p[1] * 0.8, p[2] * 40) * noise(p[0] * 30, p[1] * 1.5, p[2] * 3);
    return [0.3 * k, 0.17 * k, 0.085 * k];
  },
};
const steel = {
  gloss: 0.5,
  blur: 0.08,
  colour: ([x, y]) => [0.36, 0.37, 0.38].map((v) => v * (0.92 + 0.12 * noise(x * 60, y * 2, 0))),
};
const wall = rough([0.62, 0.6, 0.56], 3, 0.04);

const shapes = [
  box(-9, -0.2, -9, 9, 0, 9, stone),
  box(-9, 3.4, -9, 9, 3.6, 9, tiles([0.66, 0.66, 0.64], 0.6, 0.012, 0.02)),
  // back wall with openings for two lifts at x = 1.2 … 2.4 and 3.4 … 4.6
  box(-9, 0, -6.2, 1.2, 3.4, -6, wall),
  box(2.4, 0, -6.2, 3.4, 3.4, -6, wall),
  box(4.6, 0, -6.2, 9, 3.4, -6, wall),
  box(1.2, 2.25, -6.2, 2.4, 3.4, -6, wall),
  box(3.4, 2.25, -6.2, 4.6, 3.4, -6, wall),
  box(1, 0, -8, 4.8, 0.01, -6.2, plain([0.2, 0.2, 0.21])),
  box(1, 0, -8.2, 4.8, 3.4, -8, { ...steel, gloss: 0.3 }),
  box(0.9, 0, -8, 1.05, 3.4, -6.2, steel),
  box(2.85, 0, -8, 2.95, 3.4, -6.2, steel),
  box(4.75, 0, -8, 4.9, 3.4, -6.2, steel),
  ...[1.2, 3.4].flatMap((x) => [
    box(x - 0.12, 0, -5.99, x, 2.37, -5.95, steel),
    box(x + 1.2, 0, -5.99, x + 1.32, 2.37, -5.95, steel),
    box(x - 0.12, 2.25, -5.99, x + 1.32, 2.37, -5.95, steel),
    box(x + 0.3, 3.3, -7.6, x + 0.9, 3.36, -6.6, glow([2.2, 2.1, 1.9])),
  ]),
  box(2.82, 1, -5.99, 2.98, 1.3, -5.96, steel),
  box(-9, 0, -9, -8.8, 3.4, 9, wall),
  box(8.8, 0, -9, 9, 3.4, 9, wall),
  // wood-clad wall behind reception, a lit sign line, the desk
  box(-7.4, 0, -5.98, -0.6, 3.1, -5.85, wood),
  box(-5.4, 2.2, -5.84, -2.6, 2.26, -5.8, glow([1.5, 1.35, 1.1])),
  box(-5.8, 0, -3.6, -1.6, 1.08, -3, wood),
  box(-5.95, 1.08, -3.7, -1.45, 1.14, -2.85, plain([0.58, 0.58, 0.57])),
  box(-5.8, 0.1, -2.99, -1.6, 0.13, -2.98, glow([1.2, 1.1, 0.9])),
  box(-4.2, 1.14, -3.5, -3.7, 1.46, -3.46, plain([0.02, 0.02, 0.02])),
  // seats, table, columns, turnstile posts
  ...[-1.9, 0.4].map((z) => box(-8.3, 0, z, -7.4, 0.42, z + 1.8, plain([0.06, 0.1, 0.16]))),
  ...[-1.9, 0.4].map((z) => box(-8.6, 0, z, -8.3, 0.85, z + 1.8, plain([0.06, 0.1, 0.16]))),
  box(-6.9, 0.38, -0.6, -6.1, 0.43, 0.6, wood),
  box(-6.55, 0, -0.05, -6.45, 0.4, 0.05, steel),
  box(5.6, 0, -2.3, 6.2, 3.4, -1.7, rough([0.5, 0.49, 0.47], 1, 0.05)),
  box(-0.4, 0, -2.3, 0.2, 3.4, -1.7, rough([0.5, 0.49, 0.47], 1, 0.05)),
  box(5.4, 0, 0.4, 8.2, 0.95, 0.65, steel),
  box(6.8, 0.3, -5.98, 8.2, 1.9, -5.93, plain([0.1, 0.2, 0.3])),
  ...plant(0.55, -5.5, 1.5, 1),
  ...plant(5.3, -5.5, 1.4, 5),
  ...plant(-8.2, -2.7, 1.6, 9),
  ...[-4.6, 0, 4.6].flatMap((x) =>
    [-3.6, 0.6].map((z) => box(x - 0.6, 3.385, z - 0.6, x + 0.6, 3.42, z + 0.6, glow([3.2, 3.1, 2.9]))),
  ),
];

const people = [
  {
    way: route({
      start: 2,
      points: [
        [-9.2, 4.4],
        [-3.4, 1.2],
        [1.2, -2.8],
        [1.8, -5.4, 4],
        [1.8, -7.4, 0.1],
      ],
    }),
    outfit: outfits.office,
  },
  {
    way: route({
      start: 16,
      points: [
        [4, -7.4],
        [4, -5],
        [2.6, -1],
        [4.4, 6],
      ],
    }),
    outfit: outfits.camel,
  },
  {
    way: route({
      start: 28,
      points: [
        [6.9, 6],
        [3, 1.5],
        [-2.6, -2.1, 9],
        [-0.6, 2.4],
        [-6, 6.4],
      ],
    }),
    outfit: outfits.green,
  },
  {
    way: route({
      start: 40,
      points: [
        [1.6, -7.4],
        [1.9, -4.6],
        [0.6, 0.6],
        [-3.2, 3.2],
        [-9.4, 5],
      ],
    }),
    outfit: outfits.red,
  },
  {
    way: route({
      start: 41,
      points: [
        [2, -7.5],
        [2.3, -5],
        [1.5, 0.4],
        [-2.4, 4],
        [-8, 7],
      ],
    }),
    outfit: outfits.shirt,
  },
  {
    way: route({
      start: 52,
      points: [
        [-9.2, 3],
        [-1, 0.8],
        [3.8, -2.2],
        [4, -5.3, 2.4],
        [4, -7.4, 0.1],
      ],
    }),
    outfit: outfits.blue,
  },
];
const receptionist = { x: -3.9, z: -4.2, yaw: 0.1, walked: 0, pace: 0 };

/** How far a lift's doors are open, 0 … 1; they open for a while around each of these seconds. */
const doorTimes = [[0, 13], [1, 18.5], [0, 42], [1, 5], [0, 21]]; // prettier-ignore
function openness(lift, t) {
  let most = 0;
  for (const [which, at] of doorTimes) {
    if (which !== lift) continue;
    const away = Math.abs(((t - at + 90) % 60) - 30);
    most = Math.max(most, 1 - smooth(1.8, 3, away));
  }
  return most;
}

function doors(t) {
  return [1.2, 3.4].flatMap((x, lift) => {
    const slide = openness(lift, t) * 0.58;
    return [[x - slide, x + 0.6 - slide], [x + 0.6 + slide, x + 1.2 + slide]].map(([x0, x1]) => {
      const [from, to] = [Math.max(x, x0), Math.min(x + 1.2, x1)];
      return { key: `door ${lift} ${from.toFixed(3)} ${to.toFixed(3)}`, shapes: [new Box([from, 0, -6.12], [to, 2.25, -6.07], steel)], bounds: [from, 0, -6.12, to, 2.25, -6.07] };
    });
  });
} // prettier-ignore

export const lobby = {
  world: new World(shapes),
  camera: { eye: [6.6, 3.15, 5.8], target: [-0.6, 0.6, -3], fov: 82, barrel: 0.09 },
  lights: [-4.6, 0, 4.6].map((x) => lamp([x, 3.36, -1.5], [1.2, 3.4], [6.4, 6.1, 5.6])),
  sky: () => [0.5, 0.52, 0.55],
  bounce: [0.62, 0.59, 0.54],
  ambient: { up: [0.62, 0.6, 0.55], down: [0.3, 0.28, 0.25] },
  look: { exposure: 0.82, tint: [1.02, 1, 0.97], saturation: 1.05, vignette: 0.4, grain: 1.2 },
  actors: (t) => [
    ...doors(t),
    { ...person(receptionist, outfits.shirt, 0), key: "receptionist", capsules: undefined },
    ...people.flatMap(({ way, outfit }) => {
      const at = way(t);
      return at === undefined ? [] : [person(at, outfit, t)];
    }),
  ],
};
