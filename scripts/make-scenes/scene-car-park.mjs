// Car park at night: lamp posts, parked cars, one looking for a place with its headlights on.
import { lamp, sun } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, fence, hedge, many, pole, tree } from "./parts.mjs";
import { asphalt, glow, grass, noise, plain, rough } from "./textures.mjs";
import { standing } from "./placed.mjs";
import { drive, vehicle } from "./vehicles.mjs";
import { World } from "./world.mjs";

const bay = 2.7;
/** Bays on both sides of the lane (x from -3.2 to 3.2), lines across x. */
const isPaint = (x, z) => {
  const inBay = (x > 3.3 && x < 8.4) || (x < -3.3 && x > -8.4);
  const f = ((z % bay) + bay) % bay;
  if (inBay && z < 5 && (f < 0.1 || f > bay - 0.02)) return true;
  const inArrow = Math.abs(x - 1.5) < 0.07 && z % 9 < -2 && z % 9 > -4.4;
  const head = z % 9 < -4.2 && z % 9 > -5 && Math.abs(x - 1.5) < ((z % 9) + 5) * 0.5;
  return z < 0 && (inArrow || head);
};
const kerb = rough([0.3, 0.3, 0.29], 1, 0.1);
const steel = plain([0.12, 0.12, 0.12]);
const posts = [[-8.8, -4], [8.8, -12], [-8.8, -22], [8.8, -32]]; // prettier-ignore
const cone = { aim: [0, -1, 0], inner: 0.8, outer: 0.22 };

const shapes = [
  box(-60, -0.3, -90, 60, 0, 30, asphalt(isPaint, 0.1)),
  box(-14, 0, -90, -8.5, 0.12, 30, grass([0.06, 0.09, 0.03])),
  box(8.5, 0, -90, 14, 0.12, 30, grass([0.06, 0.09, 0.03])),
  box(-8.55, 0, -90, -8.4, 0.15, 30, kerb),
  box(8.4, 0, -90, 8.55, 0.15, 30, kerb),
  ...posts.flatMap(([x, z]) => {
    const reach = x < 0 ? 1.6 : -1.6;
    return [
      pole(x, z, 6.4, 0.08, steel),
      box(Math.min(x, x + reach), 6.35, z - 0.06, Math.max(x, x + reach), 6.45, z + 0.06, steel),
      box(x + reach - 0.35, 6.28, z - 0.16, x + reach + 0.35, 6.35, z + 0.16, glow([9, 7.8, 5.6])),
    ];
  }),
  // an office block with some windows lit, a stair tower, a ticket machine
  box(-40, 0, -62, 24, 15, -48, {
    colour: ([x, y]) => (windowAt(x, y) === undefined ? [0.2, 0.19, 0.18] : [0.02, 0.025, 0.03]),
    emission: ([x, y]) => {
      const id = windowAt(x, y);
      return id !== undefined && noise(id[0] * 1.7, id[1] * 2.3, 8) > 0.62 ? [0.85, 0.72, 0.46] : [0, 0, 0];
    },
  }),
  box(15, 0, -40, 22, 9, -30, rough([0.24, 0.22, 0.2], 3, 0.1)),
  box(8.7, 0.1, 1.4, 9.2, 1.6, 1.9, plain([0.5, 0.4, 0.05])),
  box(8.69, 1.1, 1.5, 8.72, 1.45, 1.8, glow([0.4, 0.9, 1.3])),
  ...fence({ from: -60, to: 12, at: -13.8, axis: "z", height: 1.8, pitch: 0.2, material: steel }),
  ...hedge(8.9, 13, -18, 1, 3),
  ...tree(-11.5, -9, 6, 1, [0.05, 0.08, 0.03]), ...tree(-11.3, -17, 6.5, 4, [0.05, 0.08, 0.03]), ...tree(11.4, -22, 6, 6, [0.05, 0.08, 0.03]), ...tree(11.2, -5.5, 5.5, 9, [0.05, 0.08, 0.03]),
  ...many(2, (i) => box(-2.6 + i * 5.2, 0, -44, -2.4 + i * 5.2, 1, -43.8, plain([0.6, 0.5, 0.1]))),
]; // prettier-ignore

function windowAt(x, y) {
  const [u, v] = [((x % 2.6) + 2.6) % 2.6, ((y % 3.2) + 3.2) % 3.2];
  return u > 0.4 && u < 2.2 && v > 1 && v < 2.5 ? [Math.floor(x / 2.6), Math.floor(y / 3.2)] : undefined;
}

const paints = [[0.4, 0.41, 0.42], [0.03, 0.03, 0.035], [0.3, 0.03, 0.03], [0.04, 0.08, 0.2], [0.55, 0.55, 0.53], [0.1, 0.12, 0.1], [0.2, 0.15, 0.1]]; // prettier-ignore
const kindOf = ["car", "estate", "car", "van", "car", "estate"];
/** Bays that are empty: the third on the right is where the searching car parks. */
const empty = new Set(["1:2", "-1:4", "1:6", "-1:9", "1:11"]);
const parked = [1, -1].flatMap((side) =>
  many(13, (row) => {
    if (empty.has(`${side}:${row}`)) return [];
    const z = 3 - row * bay;
    const at = { x: side * (5.9 + 0.2 * noise(row, side, 1)), z: z - bay / 2 - 0.35, yaw: ((row * 7 + side) % 5 === 0 ? -1 : 1) * (side * Math.PI) / 2 };
    return [vehicle(at, { kind: kindOf[(row * 5 + side + 6) % 6], paint: paints[(row * 3 + side + 7) % 7] })];
  }),
); // prettier-ignore

/** In from the far end, into the bay on the right; its driver walks off; later another car leaves the lane. */
const searching = drive([[2, 1.4, -60], [10, 1.4, -16], [13.5, 1.5, -7.5], [15.5, 3, -4.2], [17.5, 5.9, -4.1], [46, 5.9, -4.1]]); // prettier-ignore
const leaving = drive([
  [29, -1.5, 14],
  [33, -1.5, 0],
  [41, -1.5, -62],
]);
const backing = drive(
  [
    [46, 5.9, -4.1],
    [49.5, 2.2, -3.9],
    [51.5, -0.4, -1.4],
    [53, -0.4, -1.4],
  ],
  { reverse: true },
);
const away = drive([
  [53, -0.4, -1.4],
  [55, -1.3, -6],
  [60.6, -1.5, -62],
]);
const people = [
  {
    way: route({
      start: 19.5,
      points: [
        [4.4, -3.1],
        [3, -2.6],
        [0.5, 2],
        [-1, 8],
      ],
    }),
    outfit: outfits.office,
  },
  {
    way: route({
      start: 3,
      points: [
        [-2.6, 7],
        [-2.4, -30],
      ],
      speed: 1.35,
    }),
    outfit: outfits.red,
  },
  {
    way: route({
      start: 36,
      points: [
        [-0.5, 8],
        [1.6, 0],
        [3.2, -2.7],
        [4.6, -3.1],
      ],
    }),
    outfit: outfits.office,
  },
  {
    way: route({
      start: 28,
      points: [
        [2.5, -40],
        [2.6, -2],
        [4.5, 6],
      ],
      speed: 1.4,
    }),
    outfit: outfits.camel,
  },
];

/** The parking car: which stretch it is on, and what its lamps do. */
function mover(t) {
  if (t < 46) {
    const at = searching(t);
    return at === undefined
      ? []
      : [vehicle(at, { paint: [0.5, 0.5, 0.52], lampsOn: t < 19, brakes: t > 14 && t < 18.5 })];
  }
  if (t < 53) return [vehicle(backing(t), { paint: [0.5, 0.5, 0.52], lampsOn: true, brakes: t > 51 })];
  const at = away(t);
  return at === undefined ? [] : [vehicle(at, { paint: [0.5, 0.5, 0.52], lampsOn: true })];
}

export const carPark = {
  world: new World([...shapes, ...parked.flatMap(standing)]),
  camera: { eye: [-3.6, 5.6, 9.6], target: [1.4, 0.2, -6.5], fov: 76, barrel: 0.08 },
  lights: [
    ...posts.slice(0, 3).map(([x, z]) => lamp([x + (x < 0 ? 1.6 : -1.6), 6.25, z], [0.7, 0.3], [44, 37, 25], cone)),
    sun([-0.3, 0.8, 0.4], [0.035, 0.042, 0.06], 0.1),
  ],
  sky: (d) => {
    const k = Math.max(0, 1 - Math.max(0, d[1]) * 2);
    return [0.02 + 0.045 * k, 0.024 + 0.036 * k, 0.04 + 0.025 * k];
  },
  bounce: [0.1, 0.09, 0.07],
  ambient: { up: [0.05, 0.055, 0.07], down: [0.035, 0.03, 0.025] },
  look: { exposure: 1.7, tint: [1.02, 1, 0.98], saturation: 0.92, vignette: 0.45, grain: 2 },
  actors: (t) => [
    ...mover(t),
    ...[leaving(t)].flatMap((at) => (at === undefined ? [] : [vehicle(at, { kind: "van", paint: [0.4, 0.4, 0.38], lampsOn: true })])),
    ...people.flatMap(({ way, outfit }) => {
      const at = way(t);
      return at === undefined ? [] : [person(at, outfit, t)];
    }),
  ],
}; // prettier-ignore
