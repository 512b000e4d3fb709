// Gate by day: a barrier that opens for cars, a guard's hut, a footpath, a hall behind the fence.
import { sun } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, fence, hedge, many, pole, tree, turnedBox } from "./parts.mjs";
import { Capsule } from "./shapes.mjs";
import { asphalt, bricks, fbm, grass, noise, plain, ribbed, rough, tiles } from "./textures.mjs";
import { drive, vehicle } from "./vehicles.mjs";
import { smooth } from "./light.mjs";
import { World } from "./world.mjs";

export const daySky =
  (sunTint = [1, 1, 1]) =>
  (d, plainOnly = false) => {
    const up = Math.max(0, d[1]);
    const k = Math.min(1, up * 2.2);
    const base = [0.62 - 0.36 * k, 0.7 - 0.27 * k, 0.8 - 0.1 * k];
    if (plainOnly || up < 0.01) return base.map((v, c) => v * sunTint[c]);
    const cloud = fbm((d[0] / (up + 0.25)) * 1.4, 2, (d[2] / (up + 0.25)) * 1.4);
    const share = 0.75 * Math.max(0, Math.min(1, (cloud - 0.42) * 4));
    return base.map((v, c) => (v * (1 - share) + share * 0.92) * sunTint[c]);
  };

const red = [0.55, 0.04, 0.03];
const white = [0.7, 0.7, 0.68];
const metal = plain([0.09, 0.11, 0.1], { gloss: 0.2 });
const isPaint = (x, z) =>
  (Math.abs(x - 0.1) < 0.06 && ((z % 4) + 4) % 4 < 2.2 && (z < -6 || z > 4)) ||
  (z > 0.3 && z < 0.75 && x > 0.3 && x < 3.4) ||
  (Math.abs(x + 3.45) < 0.05 || Math.abs(x - 3.65) < 0.05); // prettier-ignore

const hutWindows = {
  gloss: 0.8,
  colour: ([x, , z], n) => {
    const edge =
      Math.abs(n[2]) > 0.5
        ? Math.min(Math.abs(x + 6.4), Math.abs(x + 4.2), Math.abs(x + 5.3))
        : Math.min(Math.abs(z + 4.4), Math.abs(z + 1.6), Math.abs(z + 3));
    return edge < 0.07 ? [0.5, 0.5, 0.5] : [0.02, 0.028, 0.032];
  },
};

const shapes = [
  box(-60, -0.3, -80, -3.7, 0.001, 30, grass()),
  box(3.9, -0.3, -80, 60, 0.001, 30, grass([0.075, 0.11, 0.04])),
  box(-3.7, -0.3, -80, 3.9, 0.002, 30, asphalt(isPaint)),
  box(3.9, 0, -80, 5.5, 0.12, 30, tiles([0.3, 0.29, 0.28], 0.4, 0.012, 0.1)),
  box(3.75, 0, -80, 3.92, 0.13, 30, rough([0.38, 0.37, 0.36], 1, 0.1)),
  box(-3.85, 0, -80, -3.7, 0.13, 30, rough([0.38, 0.37, 0.36], 1, 0.1)),
  // the guard's hut
  box(-6.4, 0, -4.4, -4.2, 0.9, -1.6, bricks([0.36, 0.15, 0.1])),
  box(-6.4, 0.9, -4.4, -4.2, 2.3, -1.6, hutWindows),
  box(-6.7, 2.3, -4.7, -3.9, 2.5, -1.3, plain([0.5, 0.51, 0.52])),
  // barrier housing, card reader, signs
  box(-3.5, 0, -0.2, -3.1, 1.05, 0.2, plain([0.62, 0.5, 0.04])),
  box(3.2, 0, -0.1, 3.35, 0.95, 0.05, plain(white)),
  pole(-3.4, 3.2, 1.2, 0.05, metal),
  box(-3.52, 1.05, 3.16, -3.28, 1.35, 3.24, plain([0.05, 0.12, 0.3])),
  pole(5.9, -1, 2.4, 0.04, metal),
  box(5.55, 1.75, -1.03, 6.25, 2.45, -0.99, { colour: ([x, y]) => (Math.hypot(x - 5.9, y - 2.1) < 0.3 ? (Math.hypot(x - 5.9, y - 2.1) < 0.22 ? white : red) : [0.6, 0.6, 0.6]) }),
  ...fence({ from: -40, to: -6.6, at: -3, axis: "x", height: 2.1, pitch: 0.16, material: metal }),
  ...fence({ from: 5.7, to: 40, at: -3, axis: "x", height: 2.1, pitch: 0.16, material: metal }),
  // hall and office behind
  box(8, 0, -42, 40, 7.5, -22, ribbed([0.42, 0.46, 0.5], 0.5, 0)),
  box(7.8, 7.3, -42.2, 40.2, 7.9, -21.8, plain([0.2, 0.22, 0.25])),
  ...many(4, (i) => box(11 + i * 6, 0, -22.1, 14.6 + i * 6, 4, -21.9, ribbed([0.33, 0.35, 0.37], 0.4, 1))),
  box(-32, 0, -46, -7, 10, -30, {
    gloss: 0.3,
    colour: ([x, y]) => {
      const [u, v] = [((x % 2) + 2) % 2, ((y % 3.3) + 3.3) % 3.3];
      return u > 0.35 && u < 1.75 && v > 0.9 && v < 2.6 ? [0.03 + 0.05 * noise(Math.floor(x / 2), Math.floor(y / 3.3), 4), 0.05, 0.065] : [0.52, 0.5, 0.46];
    },
  }),
  box(-32.2, 10, -46.2, -6.8, 10.4, -29.8, plain([0.3, 0.3, 0.3])),
  ...tree(-9.5, -8, 6.5, 1), ...tree(-13, -15, 7.5, 3), ...tree(9, -9, 6, 5), ...tree(14, -13, 7, 8), ...tree(-17, -9, 6, 2),
  ...tree(7.5, -50, 9, 4), ...tree(-3, -62, 10, 6), ...tree(3, -66, 9, 7), ...tree(-38, -40, 10, 9),
  ...hedge(-30, -6.8, -4.2, 1.1, 2),
  ...hedge(7, 22, -4.4, 1, 4),
  ...many(5, (i) => [pole(6.4, -10 - i * 11, 5.5, 0.06, metal), box(5.5, 5.4, -10.1 - i * 11, 6.5, 5.5, -9.9 - i * 11, metal)]),
]; // prettier-ignore

const cars = [
  { way: drive([[1, 1.85, 16], [4.4, 1.85, 5.2], [5.2, 1.85, 4.4], [9.5, 1.85, 4.4], [12.5, 1.85, -8], [18, 1.9, -70]]), look: { kind: "estate", paint: [0.05, 0.09, 0.2] } },
  { way: drive([[20, -1.75, -70], [25.2, -1.75, -8], [26.2, -1.75, -6.2], [29, -1.75, -6.2], [32, -1.75, 4], [35, -1.75, 20]]), look: { kind: "van", paint: [0.62, 0.62, 0.6] } },
  { way: drive([[38, 1.85, 16], [41.2, 1.85, 5.2], [42, 1.85, 4.4], [46.2, 1.85, 4.4], [49, 1.85, -8], [55, 1.9, -70]]), look: { kind: "car", paint: [0.36, 0.03, 0.03] } },
]; // prettier-ignore
const walkers = [
  { way: route({ start: 0, points: [[4.7, 9], [4.6, -40]] }), outfit: outfits.blue },
  { way: route({ start: 24, points: [[5, -42], [4.9, 10]], speed: 1.4 }), outfit: outfits.camel },
  { way: route({ start: 6, points: [[-6.2, -0.6], [-4.2, -0.7], [-1.6, 2.6, 3], [-4.2, -0.7], [-6.4, -0.6]], face: 0.9 }), outfit: { ...outfits.guard, vest: [0.75, 0.7, 0.03] } },
  { way: route({ start: 43, points: [[-6.2, -0.6], [-4.2, -0.7], [0.4, 2.9, 3], [-4.2, -0.7], [-6.4, -0.6]], face: 0.9 }), outfit: { ...outfits.guard, vest: [0.75, 0.7, 0.03] } },
]; // prettier-ignore

/** The barrier opens at these seconds and closes six later. */
const openings = [7.2, 26.6, 44.2];

function barrier(t) {
  let lift = 0;
  for (const at of openings)
    lift = Math.max(lift, smooth(at, at + 1.8, t) * (1 - smooth(at + 6.2, at + 8, t)));
  const angle = lift * 1.45;
  const material = {
    colour: ([x, y]) => (Math.floor((Math.hypot(x + 3.3, y - 0.95) + 0.1) / 0.55) % 2 === 0 ? white : red),
  };
  const end = [-3.3 + 6.6 * Math.cos(angle), 0.95 + 6.6 * Math.sin(angle), 0];
  const arm = new Capsule([-3.3, 0.95, 0], end, 0.055, material);
  const bounds = [-3.4, 0.85, -0.1, Math.max(-3.2, end[0]) + 0.1, end[1] + 0.1, 0.1];
  return { key: `arm ${angle.toFixed(3)}`, shapes: [arm], bounds, capsules: [[arm.a, arm.b, 0.055]] };
}

export const gate = {
  world: new World([...shapes, turnedBox([-8.5, 0.45, 1.6], [0.9, 0.9, 0.7], 0.3, plain([0.1, 0.16, 0.12]))]),
  camera: { eye: [-6.6, 4.7, 10.4], target: [1.6, 0.6, -4.2], fov: 74, barrel: 0.08 },
  lights: [sun([-0.5, 0.62, -0.35], [4.6, 4.2, 3.5], 0.02)],
  sky: daySky(),
  bounce: [0.5, 0.48, 0.42],
  ambient: { up: [0.55, 0.62, 0.72], down: [0.2, 0.19, 0.16] },
  haze: { colour: [0.62, 0.68, 0.74], perMetre: 0.0022 },
  look: { exposure: 0.44, tint: [1.01, 1, 0.98], saturation: 1.02, vignette: 0.3, grain: 1 },
  actors: (t) => [
    barrier(t),
    ...cars.flatMap(({ way, look }) => {
      const at = way(t);
      return at === undefined ? [] : [vehicle(at, { ...look, brakes: at.speed < 1.5 })];
    }),
    ...walkers.flatMap(({ way, outfit }) => {
      const at = way(t);
      return at === undefined ? [] : [person({ ...at, y: at.x > 3.9 ? 0.12 : 0 }, outfit, t)];
    }),
  ],
};
