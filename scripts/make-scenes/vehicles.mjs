// Cars, vans and lorries as convex solids; forward is +z in their own frame.
import { Box, extrusion, Wheel } from "./shapes.mjs";
import { smooth } from "./light.mjs";

const loopS = 60;
const glass = [0.012, 0.016, 0.02];

/** Bodywork with wheel arches, lamps, a dark sill and, above the belt line, windows. */
function bodywork(paint, { half, front, rear, wheels, belt, roof, lampsOn, brakes, pillars }) {
  const inLamp = ([x, y], from, to) => Math.abs(x) > half * 0.55 && y > from && y < to;
  return {
    gloss: 0.55,
    colour: ([x, y, z], n) => {
      for (const axle of wheels) if (Math.hypot(z - axle, y - 0.33) < 0.4 && Math.abs(x) > half * 0.75) return [0.012, 0.012, 0.013];
      if (y > belt && y < roof) {
        if (Math.abs(n[0]) > 0.6) return pillars.some((at) => Math.abs(z - at) < 0.055) ? paint : glass;
        if (Math.abs(n[2]) > 0.35 && Math.abs(x) < half * 0.8) return glass;
      }
      if (z > front - 0.12 && inLamp([x, y], 0.52, 0.72)) return [0.6, 0.62, 0.62];
      if (z > front - 0.1 && y < 0.5 && Math.abs(x) < half * 0.6) return [0.03, 0.03, 0.03];
      if (z < rear + 0.1 && inLamp([x, y], 0.6, 0.85)) return [0.3, 0.01, 0.01];
      if (Math.abs(z - front) < 0.15 && y > 0.42 && y < 0.52 && Math.abs(x) < 0.26) return [0.7, 0.7, 0.65];
      if (z < rear + 0.06 && y > 0.52 && y < 0.63 && Math.abs(x) < 0.26) return [0.7, 0.7, 0.65];
      if (y < 0.34) return [0.02, 0.02, 0.02];
      return paint;
    },
    emission: ([x, y, z]) => {
      if (lampsOn && z > front - 0.12 && inLamp([x, y], 0.52, 0.72)) return [6, 5.6, 4.6];
      if ((lampsOn || brakes) && z < rear + 0.1 && inLamp([x, y], 0.6, 0.85)) return brakes ? [2.6, 0.08, 0.04] : [0.9, 0.03, 0.02];
      return [0, 0, 0];
    },
  };
} // prettier-ignore

const rubber = {
  colour: ([, y, z], n) => (Math.abs(n[0]) > 0.9 ? rim(y, z) : [0.018, 0.018, 0.019]),
};
const rim = () => [0.09, 0.09, 0.095];

const kinds = {
  car: {
    half: 0.89, front: 2.14, rear: -2.12, belt: 0.98, roof: 1.37, wheels: [1.32, -1.3], pillars: [0.62, -0.42, -1.3],
    lower: [[-2.02, 0.22], [2, 0.22], [2.14, 0.42], [2.1, 0.68], [1.05, 0.93], [-1.95, 0.99], [-2.12, 0.8], [-2.12, 0.4]],
    upper: [[-1.9, 0.94], [1.1, 0.93], [0.3, 1.4], [-0.9, 1.45], [-1.35, 1.4]],
  },
  estate: {
    half: 0.92, front: 2.2, rear: -2.25, belt: 1.04, roof: 1.5, wheels: [1.38, -1.38], pillars: [0.7, -0.4, -1.45],
    lower: [[-2.15, 0.25], [2.05, 0.25], [2.2, 0.45], [2.16, 0.76], [1.15, 1], [-2.15, 1.05], [-2.25, 0.85], [-2.25, 0.4]],
    upper: [[-2.22, 1], [1.15, 0.99], [0.42, 1.53], [-1.7, 1.6], [-1.98, 1.5]],
  },
  van: {
    half: 0.98, front: 2.5, rear: -2.6, belt: 1.2, roof: 1.82, wheels: [1.65, -1.6], pillars: [1.05],
    lower: [[-2.55, 0.28], [2.4, 0.28], [2.5, 0.5], [2.46, 0.95], [1.9, 1.18], [-2.6, 1.22], [-2.6, 0.5]],
    upper: [[-2.6, 1.15], [1.95, 1.15], [1.3, 1.95], [0.9, 2.1], [-2.5, 2.1], [-2.6, 2]],
    blindFrom: 0.15,
  },
}; // prettier-ignore

/**
 * A vehicle standing or driving at { x, z, yaw }.
 *
 * @param options { kind, paint, lampsOn, brakes }
 */
export function vehicle(at, { kind = "car", paint = [0.3, 0.31, 0.32], lampsOn = false, brakes = false }) {
  const shape = kinds[kind];
  const body = bodywork(paint, { ...shape, lampsOn, brakes });
  const blind = shape.blindFrom;
  const cabin = blind === undefined ? body : { ...body, colour: (p, n) => (p[2] < blind && Math.abs(n[2]) < 0.6 ? paint : body.colour(p, n)) };
  const shapes = [
    extrusion(shape.lower, shape.half, 0.03, body),
    extrusion(shape.upper, shape.half - 0.05, blind === undefined ? 0.34 : 0.08, cabin),
  ];
  for (const axle of shape.wheels) for (const side of [-1, 1]) shapes.push(new Wheel([side * (shape.half - 0.1), 0.33, axle], 0.33, 0.115, rubber));
  return placed(shapes, at, shape, lampsOn);
} // prettier-ignore

function placed(shapes, at, { half, front, rear, upper }, lampsOn) {
  const [c, s] = [Math.cos(at.yaw), Math.sin(at.yaw)];
  const world = ([x, y, z]) => [at.x + c * x + s * z, y, at.z - s * x + c * z];
  const capsules = [];
  for (const x of [-0.45, 0, 0.45])
    capsules.push([world([x, 0.55, rear + 0.5]), world([x, 0.55, front - 0.5]), 0.45]);
  const roof = Math.max(...upper.map(([, y]) => y));
  for (const x of [-0.3, 0.3])
    capsules.push([world([x, roof - 0.42, upper[0][0] + 0.6]), world([x, roof - 0.42, upper[2][0]]), 0.42]);
  const reach = Math.hypot(front, half) + 0.1;
  const actor = {
    shapes,
    pose: at,
    capsules,
    bounds: [at.x - reach, 0, at.z - reach, at.x + reach, roof + 0.1, at.z + reach],
  };
  if (lampsOn) {
    const aim = [s * 0.985, -0.17, c * 0.985];
    actor.glows = [-0.6, 0.6].map((x) => ({
      at: world([x, 0.62, front]),
      aim,
      range: 16,
      colour: [7, 6.6, 5.6],
      inner: 0.97,
      outer: 0.86,
    }));
    actor.sprites = [-0.62, 0.62].map((x) => ({
      at: world([x, 0.62, front + 0.05]),
      radius: 0.1,
      colour: [1, 0.97, 0.9],
      aim,
    }));
  }
  return actor;
}

/** A lorry with a box body, seen from outside; `open` swings nothing, its back is a dark hold. */
export function lorry(at, { cab = [0.5, 0.06, 0.05], box = [0.7, 0.71, 0.72], lampsOn = false }) {
  const cabMaterial = {
    gloss: 0.4,
    colour: ([x, y, z], n) => {
      if (y > 1.75 && y < 2.5 && (n[2] > 0.5 ? Math.abs(x) < 1.05 : z > 3.2 && z < 4.1)) return glass;
      if (n[2] > 0.5 && y > 0.7 && y < 0.95 && Math.abs(x) > 0.7) return [0.6, 0.6, 0.6];
      return y < 0.6 || (n[2] > 0.5 && y < 1.45 && y > 1.05 && Math.abs(x) < 0.9) ? [0.03, 0.03, 0.03] : cab;
    },
  };
  const boxMaterial = {
    colour: ([x, y, z], n) => {
      if (Math.abs(n[0]) > 0.9 && y > 1.9 && y < 2.5 && z > -1.5 && z < 1.2) return [0.05, 0.22, 0.4];
      const seam = Math.abs((z / 1.2) % 1) < 0.015 || (n[2] < -0.5 && Math.abs(x) < 0.012) ? 0.7 : 1;
      return box.map((value) => value * seam * (y < 1.25 ? 0.75 : 1));
    },
  };
  const cabSide = [[2.6, 0.5], [4.35, 0.5], [4.45, 0.9], [4.4, 1.6], [4.1, 2.75], [2.6, 2.8]]; // prettier-ignore
  const shapes = [
    extrusion(cabSide, 1.15, 0.02, cabMaterial),
    new Box([-1.22, 1.05, -4.2], [1.22, 3.5, 2.45], boxMaterial),
    new Box([-0.95, 0.6, -4.1], [0.95, 1.05, 2.7], { colour: () => [0.025, 0.025, 0.027] }),
  ];
  for (const axle of [3.4, -2.2, -3.3]) for (const side of [-1, 1]) shapes.push(new Wheel([side * 1.02, 0.48, axle], 0.48, 0.16, rubber));
  const actor = placed(shapes, at, { half: 1.22, front: 4.4, rear: -4.2, upper: [[-4.2, 0], [0, 0], [2.4, 3.5]] }, lampsOn);
  const [c, s] = [Math.cos(at.yaw), Math.sin(at.yaw)];
  const world = ([x, y, z]) => [at.x + c * x + s * z, y, at.z - s * x + c * z];
  for (const x of [-0.5, 0.5]) for (const y of [1.6, 2.6]) actor.capsules.push([world([x, y, -3.4]), world([x, y, 1.7]), 0.75]);
  return actor;
} // prettier-ignore

/**
 * A drive through the scene: points [second, x, z], smooth between them; the heading follows, or `yaw` fixes it.
 *
 * @returns at(t) → { x, z, yaw, speed } or undefined outside the times
 */
export function drive(points, { reverse = false } = {}) {
  const [first] = points;
  const last = points[points.length - 1];
  const place = (t) => {
    const clamped = Math.max(first[0], Math.min(last[0], t));
    const index = Math.max(1, points.findIndex(([at]) => at >= clamped));
    const [a, b] = [points[index - 1], points[index]];
    const k = smoothHold(points, index, (clamped - a[0]) / (b[0] - a[0]));
    return [a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k];
  };
  const averaged = (t) => {
    const sum = [0, 0];
    for (let step = -5; step <= 5; step += 1) for (let c = 0; c < 2; c += 1) sum[c] += place(t + step * 0.12)[c] / 11;
    return sum;
  };
  return (t) => {
    const time = t < first[0] ? t + loopS : t;
    if (time < first[0] || time > last[0]) return undefined;
    const [x, z] = averaged(time);
    let yaw = 0;
    for (let reach = 0.3; reach < 60; reach *= 1.5) {
      const [a, b] = [averaged(time - reach), averaged(time + 0.3)];
      if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 0.25) continue;
      yaw = Math.atan2(b[0] - a[0], b[1] - a[1]);
      break;
    }
    const [p, q] = [averaged(time - 0.2), averaged(time + 0.2)];
    return { x, z, yaw: reverse ? yaw + Math.PI : yaw, speed: Math.hypot(q[0] - p[0], q[1] - p[1]) / 0.4 };
  };
} // prettier-ignore

/** Slows down towards a stop: a point that is held, or the end of one. */
function smoothHold(points, index, k) {
  const same = (a, b) => a !== undefined && b !== undefined && a[1] === b[1] && a[2] === b[2];
  const stops = same(points[index], points[index + 1]);
  const starts = same(points[index - 2], points[index - 1]);
  if (stops && starts) return smooth(0, 1, k);
  if (stops) return 1 - (1 - k) ** 2;
  return starts ? k * k : k;
}
