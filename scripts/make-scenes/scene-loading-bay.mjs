// Loading bay at dusk: three dock doors, a lorry that backs to the middle one, pallets moved by hand and by truck.
import { lamp, sun } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, many, pallet, pole } from "./parts.mjs";
import { Box, Capsule, turnedBox, Wheel } from "./shapes.mjs";
import { asphalt, glow, plain, ribbed, rough } from "./textures.mjs";
import { drive, lorry } from "./vehicles.mjs";
import { smooth } from "./light.mjs";
import { World } from "./world.mjs";

const doorsAt = [-5.4, 0, 5.4];
const yellow = [0.7, 0.52, 0.03];
const isPaint = (x, z) => doorsAt.some((at) => Math.abs(Math.abs(x - at) - 1.75) < 0.07) && z > -9.6 && z < 2;
const concrete = rough([0.34, 0.33, 0.31], 1.6, 0.12);
const stripes = {
  colour: (p) => (Math.floor((p[0] + p[1] * 1.0 + p[2]) / 0.16) % 2 === 0 ? yellow : [0.03, 0.03, 0.03]),
};
const cladding = ribbed([0.36, 0.39, 0.41], 0.42, 0);
const wallZ = -10;

const doorway = (x) => [
  box(x - 1.75, 1.1, wallZ, x - 1.4, 4.1, wallZ + 0.35, plain([0.02, 0.02, 0.02])),
  box(x + 1.4, 1.1, wallZ, x + 1.75, 4.1, wallZ + 0.35, plain([0.02, 0.02, 0.02])),
  box(x - 1.75, 4.1, wallZ, x + 1.75, 4.6, wallZ + 0.4, plain([0.02, 0.02, 0.02])),
  box(x - 1.75, 0, wallZ, x - 1.5, 1.05, wallZ + 0.3, stripes),
  box(x + 1.5, 0, wallZ, x + 1.75, 1.05, wallZ + 0.3, stripes),
  box(x - 0.32, 4.75, wallZ, x + 0.32, 5.4, wallZ + 0.04, { colour: ([px, y]) => (digit(doorsAt.indexOf(x) + 1, (px - x) / 0.5 + 0.5, (y - 4.8) / 0.55) ? [0.03, 0.03, 0.03] : [0.75, 0.75, 0.72]) }),
  box(x + 1.95, 2.4, wallZ, x + 2.1, 2.9, wallZ + 0.12, plain([0.05, 0.05, 0.05])),
]; // prettier-ignore

/** 1, 2 and 3 in five rows of three. */
function digit(number, u, v) {
  if (u < 0.1 || u > 0.9 || v < 0 || v > 1) return false;
  const rows = ["", "010110010010111", "111001111100111", "111001011001111"][number];
  return (
    rows[(4 - Math.min(4, Math.floor(v * 5))) * 3 + Math.min(2, Math.floor(((u - 0.1) / 0.8) * 3))] === "1"
  );
}

const shapes = [
  box(-40, -0.3, -60, 40, 0, 40, asphalt(isPaint, 0.1)),
  // hall: wall around the three openings, the inside lit
  box(-14, 0, wallZ - 0.3, 14, 1.1, wallZ, concrete),
  box(-14, 4.1, wallZ - 0.3, 14, 7.6, wallZ, cladding),
  ...[[-14, -6.8], [-4, -1.4], [1.4, 4], [6.8, 14]].map(([a, b]) => box(a, 1.1, wallZ - 0.3, b, 4.1, wallZ, cladding)),
  box(-14.2, 7.6, wallZ - 12, 14.2, 7.9, wallZ + 0.5, plain([0.12, 0.13, 0.14])),
  box(-14, 0, wallZ - 12, 14, 1.1, wallZ - 0.3, concrete),
  box(-14, 1.1, wallZ - 12.2, 14, 7.6, wallZ - 12, rough([0.5, 0.5, 0.48], 3, 0.05)),
  box(-14.2, 0, wallZ - 12, -14, 7.6, wallZ, cladding),
  box(14, 0, wallZ - 12, 14.2, 7.6, wallZ, cladding),
  ...doorsAt.flatMap(doorway),
  ...many(3, (i) => box(-6 + i * 5.4, 7, -15, -4.8 + i * 5.4, 7.1, -13, glow([5, 4.8, 4.3]))),
  ...many(3, (i) => box(doorsAt[i] - 0.4, 5.75, wallZ, doorsAt[i] + 0.4, 5.9, wallZ + 0.5, glow([8, 6.6, 4.6]))),
  ...pallet(-6.2, -13, 0, 0.1, [[0.4, 0.3, 0.2]]).map((shape) => shape),
  // steps and a door for people, bollards, bins, stacked pallets, goods on the yard
  box(8.2, 0, wallZ, 9.6, 0.9, wallZ + 1.2, concrete),
  ...many(4, (i) => box(9.6 + i * 0.28, 0, wallZ, 9.88 + i * 0.28, 0.75 - i * 0.2, wallZ + 1.2, concrete)),
  box(8.4, 0.9, wallZ, 9.3, 3, wallZ + 0.03, plain([0.1, 0.2, 0.13])),
  box(8.5, 3.2, wallZ, 9.2, 3.3, wallZ + 0.25, glow([3, 2.9, 2.5])),
  ...[-2.7, 2.7, 8.1, -8.1].map((x) => new Capsule([x, 0, wallZ + 1], [x, 0.95, wallZ + 1], 0.09, stripes)),
  ...many(7, (i) => turnedBox([-10.6, 0.09 + i * 0.15, -6.4], [1.2, 0.13, 0.8], 0.06 * ((i * 5) % 4) - 0.1, plain([0.3 - 0.02 * (i % 3), 0.2, 0.11]))),
  ...pallet(-9.4, -8.6, 3, 0.05, [[0.4, 0.28, 0.16], [0.44, 0.32, 0.19], [0.36, 0.25, 0.14]]),
  ...pallet(-11.4, -8.7, 4, -0.06, [[0.5, 0.5, 0.5], [0.1, 0.2, 0.35], [0.46, 0.46, 0.48]]),
  ...pallet(11.4, -6.6, 3, 0.3, [[0.4, 0.28, 0.16], [0.44, 0.32, 0.19]]),
  box(11.6, 0, -9.6, 13.6, 1.35, -8.4, ribbed([0.06, 0.17, 0.1], 0.3, 0)),
  box(11.5, 1.35, -9.7, 13.7, 1.45, -8.3, plain([0.03, 0.03, 0.03])),
  pole(-13, 2, 7, 0.08, plain([0.15, 0.15, 0.15])),
]; // prettier-ignore

/** How far the doors are up: 1 and 3 stay shut, the middle one opens when the lorry has docked. */
function shutter(index, t) {
  if (index !== 1) return index === 0 ? 1 : 0;
  return smooth(16, 20, t) * (1 - smooth(41, 45, t));
}
const slats = ribbed([0.46, 0.47, 0.48], 0.22, 1);
function shutters(t) {
  return doorsAt.flatMap((x, index) => {
    const bottom = 1.1 + 3 * shutter(index, t);
    if (bottom > 4.05) return [];
    const bounds = [x - 1.4, bottom, wallZ - 0.25, x + 1.4, 4.1, wallZ - 0.18];
    return [
      {
        key: `shutter ${index} ${bottom.toFixed(3)}`,
        shapes: [new Box(bounds.slice(0, 3), bounds.slice(3), slats)],
        bounds,
      },
    ];
  });
}

const arriving = drive(
  [
    [2, 13, 26],
    [4.5, 7, 15],
    [8, 0, 12.2],
    [9, 0, 12.2],
    [15, 0, -4.6],
    [46, 0, -4.6],
  ],
  { reverse: true },
);
const departing = drive([
  [46, 0, -4.6],
  [50, 0, 4],
  [53, 5, 13],
  [57, 20, 34],
]);
function truck(t) {
  if (t < 46) {
    const at = arriving(t);
    if (at === undefined) return [];
    const straight = t > 8 ? { ...at, yaw: 0 } : { ...at, yaw: at.yaw * (1 - smooth(6.5, 8.2, t)) };
    return [{ ...lorry(straight, {}), ...(t > 15.8 && t < 45 ? { key: "lorry docked" } : {}) }];
  }
  const at = departing(t);
  return at === undefined ? [] : [lorry(at, {})];
}

/** A hand pallet truck pushed before a person. */
function cart(at) {
  const [c, s] = [Math.cos(at.yaw), Math.sin(at.yaw)];
  const shapesOf = [
    new Box([-0.3, 0.06, 0.5], [0.3, 0.14, 1.7], plain([0.6, 0.08, 0.04])),
    new Box([-0.45, 0.2, 0.55], [0.45, 0.95, 1.65], {
      colour: ([x, y]) =>
        Math.abs(x) < 0.03 || Math.abs(y - 0.57) < 0.012 ? [0.3, 0.21, 0.12] : [0.43, 0.31, 0.18],
    }),
    new Capsule([0, 0.2, 0.45], [0, 1.05, 0.3], 0.025, plain([0.05, 0.05, 0.05])),
    new Wheel([0, 0.1, 0.5], 0.1, 0.09, plain([0.02, 0.02, 0.02])),
  ];
  const world = ([x, y, z]) => [at.x + c * x + s * z, y, at.z - s * x + c * z];
  const capsules = [-0.25, 0.25].map((x) => [world([x, 0.5, 0.8]), world([x, 0.5, 1.4]), 0.35]);
  return {
    shapes: shapesOf,
    pose: at,
    capsules,
    bounds: [at.x - 1.8, 0, at.z - 1.8, at.x + 1.8, 1.2, at.z + 1.8],
  };
}

const people = [
  { way: route({ start: 4, points: [[9, -9.4], [10.6, -9.2], [9, -5], [3.4, -4.2, 10], [4.2, -8.6], [10.6, -8.9], [9, -9.5]], face: -2, speed: 1.25 }), outfit: outfits.loader },
  { way: route({ start: 20, points: [[-9.8, 8], [-6.5, -1], [-5.6, -5.5, 2.5], [-9.2, -7, 2], [-6.6, 1], [-9.5, 9]], speed: 1.2 }), outfit: outfits.worker, pushes: true },
  { way: route({ start: 44, points: [[12.4, 6], [8.6, -1], [7, -7.2, 3], [10.4, -2], [13, 6]], speed: 1.4 }), outfit: outfits.shirt },
]; // prettier-ignore

export const loadingBay = {
  world: new World(shapes),
  camera: { eye: [-7.4, 6, 7.6], target: [0.6, 0.7, -6.4], fov: 78, barrel: 0.08 },
  lights: [
    ...doorsAt.map((x) => lamp([x, 5.7, wallZ + 0.6], [0.8, 0.4], [17, 14, 10])),
    lamp([-0.5, 6.9, -14], [12, 3], [26, 25, 22]),
    sun([-0.7, 0.6, 0.5], [0.12, 0.15, 0.24], 0.25),
  ],
  sky: (d) => { const k = Math.max(0, 1 - Math.max(0, d[1]) * 1.6); return [0.09 + 0.2 * k, 0.11 + 0.13 * k, 0.19 + 0.07 * k]; },
  bounce: [0.26, 0.24, 0.21],
  ambient: { up: [0.16, 0.18, 0.24], down: [0.08, 0.08, 0.08] },
  look: { exposure: 1.05, tint: [1.01, 1, 1], saturation: 1, vignette: 0.4, grain: 1.6 },
  actors: (t) => [
    ...shutters(t),
    ...truck(t),
    ...people.flatMap(({ way, outfit, pushes }) => {
      const at = way(t);
      if (at === undefined) return [];
      return [person({ ...at }, { ...outfit, carries: false }, t), ...(pushes === true ? [cart(at)] : [])];
    }),
  ],
}; // prettier-ignore
