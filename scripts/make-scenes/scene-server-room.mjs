// Server room: two rows of racks, LEDs that blink each in its own rhythm, a technician now and then.
import { lamp } from "./light.mjs";
import { outfits, person, route } from "./people.mjs";
import { box, many } from "./parts.mjs";
import { glow, noise, plain, rough, tiles } from "./textures.mjs";
import { seeded } from "./sound.mjs";
import { World } from "./world.mjs";

const floor = {
  gloss: 0.3,
  blur: 0.06,
  colour: ([x, , z]) => {
    const [a, b] = [x / 0.6, z / 0.6];
    const [u, v] = [a - Math.floor(a), b - Math.floor(b)];
    const vented = (Math.floor(a) + Math.floor(b) * 3) % 4 === 0 && Math.abs(x) < 0.6;
    if (Math.min(u, v) < 0.02) return [0.16, 0.16, 0.17];
    if (vented && (u * 12) % 1 < 0.45 && v > 0.12 && v < 0.9) return [0.06, 0.06, 0.065];
    const k = 0.94 + 0.12 * noise(Math.floor(a) * 3, 0, Math.floor(b) * 5);
    return [0.42 * k, 0.43 * k, 0.45 * k];
  },
};
/** The front of a rack: units of 44.45 mm, some blank, some with handles and drive bays. */
const front = {
  gloss: 0.15,
  colour: ([, y, z], n) => {
    if (Math.abs(n[0]) < 0.5) return [0.03, 0.032, 0.035];
    const bay = Math.floor(z / 0.62);
    const inBay = z / 0.62 - bay;
    if (inBay < 0.06 || inBay > 0.94) return [0.02, 0.021, 0.023];
    const unit = Math.floor(y / 0.0889);
    const f = y / 0.0889 - unit;
    const kind = noise(bay * 3.7, unit * 1.9, 5);
    if (f < 0.07) return [0.008, 0.008, 0.009];
    if (kind < 0.3) return [0.035, 0.037, 0.04];
    if (kind < 0.62) return (inBay * 14) % 1 < 0.14 ? [0.015, 0.015, 0.016] : [0.09, 0.093, 0.1];
    if (kind < 0.8)
      return (inBay * 22) % 1 < 0.3 && f > 0.3 && f < 0.7 ? [0.2, 0.2, 0.21] : [0.05, 0.055, 0.06];
    return inBay < 0.2 || inBay > 0.8 ? [0.12, 0.12, 0.13] : [0.03, 0.05, 0.09];
  },
};
const tray = plain([0.32, 0.33, 0.34], { gloss: 0.2 });

const shapes = [
  box(-4, -0.2, -14, 4, 0, 5, floor),
  box(-4, 2.9, -14, 4, 3.1, 5, tiles([0.5, 0.5, 0.5], 0.6, 0.014, 0.03)),
  box(-4.2, 0, -14, -4, 2.9, 5, rough([0.5, 0.52, 0.53], 2, 0.04)),
  box(4, 0, -14, 4.2, 2.9, 5, rough([0.5, 0.52, 0.53], 2, 0.04)),
  box(-4, 0, -14.2, 4, 2.9, -14, rough([0.5, 0.52, 0.53], 2, 0.04)),
  box(-2.1, 0, -11.78, -1.05, 2.1, 1.24, front),
  box(1.05, 0, -11.78, 2.1, 2.1, 1.24, front),
  box(-2.1, 2.1, -11.78, -1.05, 2.14, 1.24, plain([0.04, 0.04, 0.045])),
  box(1.05, 2.1, -11.78, 2.1, 2.14, 1.24, plain([0.04, 0.04, 0.045])),
  box(-1.75, 2.42, -13.9, -1.35, 2.46, 0.6, tray),
  box(1.35, 2.42, -13.9, 1.75, 2.46, 0.6, tray),
  ...many(14, (i) => box(-1.7 + (i % 4) * 0.08, 2.46, -13.9, -1.65 + (i % 4) * 0.08, 2.5 + (i % 3) * 0.02, 0.6, plain([[0.06, 0.12, 0.4], [0.5, 0.36, 0.04], [0.05, 0.05, 0.05]][i % 3]))),
  ...many(6, (i) => box(-1.75, 2.44, -13 + i * 1.9, 1.75, 2.47, -12.95 + i * 1.9, tray)),
  box(-0.55, 0, -13.99, 0.55, 2.1, -13.94, plain([0.3, 0.31, 0.33])),
  box(-0.45, 2.25, -13.99, 0.45, 2.45, -13.95, glow([0.05, 0.7, 0.25])),
  box(2.5, 0, -3, 3.6, 1.9, -1.4, rough([0.55, 0.55, 0.54], 1, 0.05)),
  box(-3.99, 0.9, 1.8, -3.9, 1.5, 2.5, plain([0.5, 0.04, 0.03])),
  box(2.3, 0, 2.2, 3.6, 0.72, 3.4, plain([0.3, 0.22, 0.13])),
  ...many(4, (i) => box(-0.18, 2.86, -12.5 + i * 4, 0.18, 2.9, -10.2 + i * 4, glow([3.8, 4, 4.2]))),
]; // prettier-ignore

/** LEDs on the fronts: place, colour, rhythm. Every rhythm fits the loop a whole number of times. */
const random = seeded(42);
const leds = [-1, 1].flatMap((side) =>
  many(150, () => {
    const z = 1.1 - random() * 12.6;
    const y = 0.12 + Math.floor(random() * 21) * 0.0889 + 0.05;
    const kind = random();
    const colour = kind < 0.62 ? [0.15, 1, 0.3] : kind < 0.82 ? [0.2, 0.5, 1] : kind < 0.95 ? [1, 0.65, 0.1] : [1, 0.1, 0.06];
    const steady = random() < 0.5;
    return [{ at: [side * 1.045, y, z], radius: 0.0065, colour, steady, times: 20 + Math.floor(random() * 130), shift: random(), duty: 0.3 + random() * 0.5 }];
  }),
); // prettier-ignore

const people = [
  {
    way: route({
      start: 4,
      points: [
        [-0.1, -13.4],
        [0.15, -6],
        [0.35, -2.6, 13],
        [0.1, -7],
        [0, -13.6],
      ],
      face: 1.57,
      speed: 1.2,
    }),
    outfit: outfits.blue,
  },
  {
    way: route({
      start: 37,
      points: [
        [0.2, 5.5],
        [-0.2, -4.8, 7],
        [0.2, 6],
      ],
      face: -1.57,
      speed: 1.3,
    }),
    outfit: outfits.shirt,
  },
];

export const serverRoom = {
  world: new World(shapes),
  camera: { eye: [0.75, 2.68, 4.3], target: [-0.12, 0.85, -4], fov: 78, barrel: 0.09 },
  lights: [lamp([0, 2.84, 0], [0.4, 3], [3.8, 4, 4.25]), lamp([0, 2.84, -8], [0.4, 7], [5.4, 5.7, 6])],
  sky: () => [0.3, 0.33, 0.36],
  bounce: [0.42, 0.44, 0.47],
  ambient: { up: [0.34, 0.36, 0.4], down: [0.2, 0.21, 0.23] },
  look: { exposure: 1.15, tint: [0.96, 1, 1.05], saturation: 1, vignette: 0.45, grain: 1.3 },
  actors: (t) => [
    { sprites: leds.filter((led) => led.steady || (t * led.times / 60 + led.shift) % 1 < led.duty) },
    ...people.flatMap(({ way, outfit }) => {
      const at = way(t);
      return at === undefined ? [] : [person(at, outfit, t)];
    }),
  ],
}; // prettier-ignore
