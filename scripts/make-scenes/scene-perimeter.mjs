// Perimeter at night under infrared: a fence, a gravel track, trees that stay black; a guard's round, a fox, a patrol car.
import { lamp } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, fence, many, pole, tree } from "./parts.mjs";
import { Capsule } from "./shapes.mjs";
import { fbm, noise, plain, rough } from "./textures.mjs";
import { drive, vehicle } from "./vehicles.mjs";
import { World } from "./world.mjs";

const ground = {
  colour: ([x, , z]) => {
    const track = Math.abs(x - 2.2) < 1.5 + 0.2 * noise(0, 1, z * 0.6);
    const wheel = Math.abs(Math.abs(x - 2.2) - 0.75) < 0.26 + 0.08 * noise(x, 0, z);
    const blades = 0.5 + 0.6 * fbm(x / 1.2, 0, z / 1.2) + 0.7 * (noise(x * 11, 0, z * 7) - 0.4);
    const stones = 0.75 + 0.4 * noise(x * 16, 0, z * 16) + 0.3 * (fbm(x, 2, z) - 0.5);
    const k = track ? (wheel ? 0.42 : 0.31) * stones : 0.3 * blades;
    return [k, k, k];
  },
};
const steel = plain([0.42, 0.42, 0.42]);
const leaf = [0.2, 0.2, 0.2];

const shapes = [
  box(-60, -0.3, -90, 60, 0, 30, ground),
  ...fence({ from: -70, to: 12, at: -1.4, axis: "z", height: 2.4, pitch: 0.11, material: steel }),
  ...many(30, (i) => new Capsule([-1.4, 2.45, 12 - i * 2.5], [-1.05, 2.8, 12 - i * 2.5], 0.025, steel)),
  ...[2.55, 2.66, 2.77].map((y, i) => new Capsule([-1.32 + i * 0.11, y, 12], [-1.32 + i * 0.11, y, -70], 0.008, steel)),
  ...many(4, (i) => pole(-2.3, -8 - i * 14, 4.2, 0.06, plain([0.3, 0.3, 0.3]))),
  ...many(4, (i) => box(-2.5, 4.1, -8.15 - i * 14, -2.1, 4.35, -7.85 - i * 14, plain([0.5, 0.5, 0.5]))),
  box(5.4, 0, -24, 8.4, 2.6, -17, rough([0.4, 0.4, 0.4], 1, 0.12)),
  box(5.2, 2.6, -24.2, 8.6, 2.75, -16.8, plain([0.25, 0.25, 0.25])),
  box(5.38, 0, -19.6, 5.4, 2, -18.6, plain([0.2, 0.2, 0.2])),
  box(-1.47, 1.1, -5.4, -1.45, 1.6, -4.8, { colour: ([, y, z]) => (Math.abs(y - 1.35) < 0.17 && Math.abs(z + 5.1) < 0.22 ? [0.12, 0.12, 0.12] : [0.75, 0.75, 0.75]) }),
  ...tree(-6, -10, 6.5, 1, leaf), ...tree(-8.5, -18, 8, 3, leaf), ...tree(-5.6, -27, 7, 5, leaf), ...tree(-9, -36, 9, 8, leaf), ...tree(-4.8, -44, 7, 2, leaf),
  ...tree(7.5, -34, 7, 6, leaf), ...tree(6.4, -48, 8, 4, leaf), ...tree(12, -28, 9, 9, leaf), ...tree(9.4, -8.5, 5, 11, leaf),
  ...many(16, (i) => { const r = 0.16 + 0.2 * noise(i, 3, 5); return new Capsule([-2.2 - 2.6 * noise(i, 1, 1), r * 0.4, 4 - i * 2.3], [-2.1 - 2.6 * noise(i, 1, 1), r * 0.5, 4.2 - i * 2.3], r, { colour: (p) => [1, 1, 1].map(() => 0.24 * (0.4 + noise(p[0] * 15, p[1] * 15, p[2] * 15))) }); }),
]; // prettier-ignore

/** A fox that trots along the fence: a low body on quick legs, its eyes shine back. */
const foxWay = route({
  start: 38.5,
  points: [
    [5.2, -30],
    [3.6, -16, 1.6],
    [0.2, -8, 1],
    [-0.4, 2],
    [0.5, 12],
  ],
  speed: 2.4,
});
function fox(t) {
  const at = foxWay(t);
  if (at === undefined) return [];
  const fur = plain([0.5, 0.5, 0.5]);
  const phase = (at.walked / 0.62) * Math.PI * 2;
  const shapes = [new Capsule([0, 0.36, -0.22], [0, 0.38, 0.2], 0.09, fur), new Capsule([0, 0.46, 0.32], [0, 0.43, 0.46], 0.055, fur), new Capsule([0, 0.34, -0.3], [0, 0.24, -0.68], 0.055, plain([0.62, 0.62, 0.62]))];
  for (const [index, [x, z]] of [[-0.06, 0.18], [0.06, 0.18], [-0.06, -0.2], [0.06, -0.2]].entries()) {
    const swing = 0.14 * at.pace * Math.sin(phase + (index === 0 || index === 3 ? 0 : Math.PI));
    shapes.push(new Capsule([x, 0.32, z], [x, 0.03, z + swing], 0.028, plain([0.2, 0.2, 0.2])));
  }
  for (const x of [-0.035, 0.035]) shapes.push(new Capsule([x, 0.5, 0.31], [x, 0.56, 0.3], 0.018, fur));
  const [c, s] = [Math.cos(at.yaw), Math.sin(at.yaw)];
  const world = ([x, y, z]) => [at.x + c * x + s * z, y, at.z - s * x + c * z];
  const eyes = Math.cos(at.yaw) > 0.2 && at.z < 4 ? [-0.03, 0.03].map((x) => ({ at: world([x, 0.47, 0.4]), radius: 0.022, colour: [1, 1, 1] })) : [];
  return [{ shapes, pose: at, capsules: shapes.slice(0, 3).map((shape) => [world(shape.a), world(shape.b), shape.radius]), bounds: [at.x - 0.75, 0, at.z - 0.75, at.x + 0.75, 0.65, at.z + 0.75], sprites: eyes }];
} // prettier-ignore

const guard = route({
  start: 3,
  points: [
    [2.6, 9],
    [1.2, 0],
    [-0.3, -5.6, 2.2],
    [1, -12],
    [2.4, -46],
  ],
  speed: 1.45,
  face: -1.6,
});
const patrol = drive([
  [22, 2.2, -70],
  [29, 2.2, -24],
  [31, 2.2, -15],
  [33, 2.2, -15],
  [35.5, 2.2, -6],
  [38, 2.3, 14],
]);

export const perimeter = {
  world: new World(shapes),
  camera: { eye: [0.6, 4.4, 8.6], target: [0.9, 0.5, -5.5], fov: 74, barrel: 0.09 },
  lights: [lamp([0.7, 4.3, 8.3], [0.3, 0.2], [150, 150, 150], { aim: [0.01, -0.29, -0.957], inner: 0.93, outer: 0.5 }), lamp([6.2, 2.5, -17.2], [0.3, 0.3], [5, 5, 5])],
  sky: (d) => { const k = 0.012 + 0.02 * Math.max(0, 1 - Math.max(0, d[1]) * 3); return [k, k, k]; },
  bounce: [0.1, 0.1, 0.1],
  ambient: { up: [0.03, 0.03, 0.03], down: [0.03, 0.03, 0.03] },
  haze: { colour: [0.05, 0.05, 0.05], perMetre: 0.006 },
  look: { exposure: 1.25, vignette: 0.6, grain: 2.4, mono: true },
  actors: (t) => [
    ...[guard(t)].flatMap((at) => (at === undefined ? [] : [person(at, { ...outfits.guard, top: [0.2, 0.2, 0.2], legs: [0.12, 0.12, 0.12], vest: [0.55, 0.55, 0.55] }, t)])),
    ...[patrol(t)].flatMap((at) => (at === undefined ? [] : [vehicle(at, { kind: "estate", paint: [0.6, 0.6, 0.6], lampsOn: true })])),
    ...fox(t),
  ],
}; // prettier-ignore
