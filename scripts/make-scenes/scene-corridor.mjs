// Corridor: doors left and right, strip lights, linoleum; the far end by a window.
import { lamp } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, many } from "./parts.mjs";
import { fbm, glow, noise, plain, rough, tiles } from "./textures.mjs";
import { World } from "./world.mjs";

const lino = {
  gloss: 0.45,
  blur: 0.05,
  colour: ([x, , z]) => {
    const k = 0.85 + 0.22 * fbm(x * 5, 0, z * 5) + 0.08 * (noise(x * 40, 1, z * 40) - 0.5);
    const edge = Math.abs(x) > 1.12;
    return edge ? [0.09 * k, 0.13 * k, 0.17 * k] : [0.26 * k, 0.31 * k, 0.33 * k];
  },
};
const wall = {
  colour: ([x, y, z]) => {
    const k = 0.95 + 0.1 * fbm(x * 2, y * 2, z * 2);
    if (y < 0.1) return [0.1, 0.11, 0.12];
    if (y > 0.98 && y < 1.08) return [0.3, 0.2, 0.12];
    return y < 0.98 ? [0.4 * k, 0.44 * k, 0.42 * k] : [0.64 * k, 0.63 * k, 0.58 * k];
  },
};
const door = (hue) => ({
  gloss: 0.12,
  colour: ([, y, z]) => {
    const k = 0.85 + 0.3 * noise(z * 40, y * 1.5, 1) * noise(z * 6, y * 0.7, 2);
    return hue.map((value) => value * k);
  },
});
const frame = plain([0.3, 0.31, 0.32]);
const doorAt = (side, z, hue) => {
  const [wallX, x] = side < 0 ? [-1.5, -1.485] : [1.5, 1.485];
  const put = (y0, y1, z0, z1, out, material) =>
    box(Math.min(wallX, x + out * -side), y0, z0, Math.max(wallX, x + out * -side), y1, z1, material);
  return [
    put(0, 2.1, z - 0.5, z + 0.5, 0.02, door(hue)),
    put(0, 2.18, z - 0.58, z - 0.5, 0.05, frame),
    put(0, 2.18, z + 0.5, z + 0.58, 0.05, frame),
    put(2.1, 2.18, z - 0.58, z + 0.58, 0.05, frame),
    put(1.02, 1.06, z + 0.3, z + 0.42, 0.09, plain([0.5, 0.5, 0.5], { gloss: 0.5 })),
    put(1.35, 1.55, z + 0.68, z + 0.92, 0.025, plain([0.08, 0.2, 0.42])),
  ];
};

const shapes = [
  box(-1.8, -0.2, -26, 1.8, 0, 6, lino),
  box(-1.8, 2.7, -26, 1.8, 2.9, 6, tiles([0.62, 0.62, 0.6], 0.6, 0.014, 0.02)),
  box(-1.8, 0, -26, -1.5, 2.7, 6, wall),
  box(1.5, 0, -26, 1.8, 2.7, -12.4, wall),
  box(1.5, 0, -10.6, 1.8, 2.7, 6, wall),
  box(1.5, 2.3, -12.4, 1.8, 2.7, -10.6, wall),
  box(1.8, 0, -12.6, 6, 2.7, -12.4, wall),
  box(1.8, 0, -10.6, 6, 2.7, -10.4, wall),
  box(1.5, -0.2, -12.4, 6, 0, -10.6, lino),
  box(1.5, 2.7, -12.4, 6, 2.9, -10.6, plain([0.6, 0.6, 0.58])),
  box(6, 0, -12.6, 6.2, 2.7, -10.4, wall),
  box(-1.8, 0, -26.2, 1.8, 2.7, -26, wall),
  box(-0.8, 0.95, -26.01, 0.8, 2.3, -25.97, glow([2.6, 2.8, 3])),
  box(-0.02, 0.95, -25.97, 0.02, 2.3, -25.95, frame),
  ...[[-1, 1.2, [0.34, 0.2, 0.1]], [1, -1.3, [0.34, 0.2, 0.1]], [-1, -4.4, [0.34, 0.2, 0.1]], [1, -7.2, [0.12, 0.2, 0.26]], [-1, -10, [0.34, 0.2, 0.1]], [-1, -15.5, [0.34, 0.2, 0.1]], [1, -16.5, [0.34, 0.2, 0.1]], [1, -21, [0.34, 0.2, 0.1]]].flatMap(([side, z, hue]) => doorAt(side, z, hue)),
  ...many(6, (i) => box(-0.62, 2.685, 1.4 - i * 4.6, 0.62, 2.72, 2 - i * 4.6, glow([3.4, 3.45, 3.3]))),
  box(1.38, 1.05, -3.6, 1.5, 1.62, -3.2, plain([0.5, 0.03, 0.03])),
  box(-0.25, 2.42, -6.03, 0.25, 2.66, -5.97, { colour: () => [0, 0, 0], emission: ([x, y]) => (Math.abs(x) < 0.2 && Math.abs(y - 2.54) < 0.08 && (x * 17) % 2 < 1.4 ? [1.2, 1.4, 1.25] : [0.03, 0.5, 0.16]), isLamp: true }),
  box(-1.46, 0, -7.4, -1.06, 0.9, -6.6, rough([0.3, 0.3, 0.32], 1, 0.1)),
  box(-1.5, 1.3, -1.9, -1.47, 2, -0.7, plain([0.3, 0.24, 0.14])),
  ...many(3, (i) => box(-1.47, 1.4 + (i % 2) * 0.3, -1.8 + i * 0.38, -1.46, 1.6 + (i % 2) * 0.3, -1.6 + i * 0.38, plain([0.6, 0.6, 0.5]))),
]; // prettier-ignore

const people = [
  {
    way: route({
      start: 0,
      points: [
        [-0.5, 6],
        [-0.45, -11.5],
        [5, -11.5],
      ],
      speed: 1.35,
    }),
    outfit: outfits.shirt,
  },
  {
    way: route({
      start: 11,
      points: [
        [5.5, -11.5],
        [0.4, -11.4],
        [0.55, 6.5],
      ],
      speed: 1.45,
    }),
    outfit: outfits.red,
  },
  {
    way: route({
      start: 24,
      points: [
        [-0.3, 6],
        [0, -3.8, 3.5],
        [0.5, -11.4],
        [5.5, -11.5],
      ],
      face: -1.4,
    }),
    outfit: outfits.office,
  },
  {
    way: route({
      start: 26,
      points: [
        [5, -11.4],
        [0.1, -11.5],
        [-0.6, -4.6, 6],
        [-0.6, 6.5],
      ],
      face: 1.5,
    }),
    outfit: outfits.green,
  },
  {
    way: route({
      start: 45,
      points: [
        [5.5, -11.5],
        [-0.2, -11.3],
        [0.2, 6.5],
      ],
      speed: 1.7,
    }),
    outfit: { ...outfits.worker, helmet: undefined, carries: true },
  },
];

export const corridor = {
  world: new World(shapes),
  camera: { eye: [0.45, 2.52, 5.4], target: [-0.1, 0.8, -5], fov: 76, barrel: 0.08 },
  lights: [lamp([0, 2.64, 0.5], [1.2, 3.4], [3.6, 3.65, 3.45]), lamp([0, 2.64, -5.2], [1.2, 5.6], [4.4, 4.45, 4.2]), lamp([0, 2.64, -14], [1.2, 7], [6, 6.1, 5.9])],
  sky: () => [0.5, 0.55, 0.6],
  bounce: [0.6, 0.6, 0.56],
  ambient: { up: [0.5, 0.51, 0.5], down: [0.24, 0.25, 0.25] },
  look: { exposure: 0.8, tint: [0.98, 1.01, 1], saturation: 1.05, vignette: 0.4, grain: 1.2 },
  actors: (t) => people.flatMap(({ way, outfit }) => {
    const at = way(t);
    return at === undefined ? [] : [person(at, outfit, t)];
  }),
}; // prettier-ignore
