// Walking people: a route gives place and stride, a skeleton of capsules gives the body.
import { Capsule } from "./shapes.mjs";
import { plain } from "./textures.mjs";

const loopS = 60;

/**
 * A way through the scene: points [x, z] or [x, z, waitS], walked from second `start`. Corners and starts are smoothed.
 *
 * @returns at(t) → { x, z, yaw, walked, pace } or undefined while nobody is on the way
 */
export function route({ points, start, speed = 1.3, face }) {
  const legs = [];
  let time = 0;
  let walked = 0;
  for (const [index, [x, z, wait = 0]] of points.entries()) {
    if (index > 0) {
      const [px, pz] = points[index - 1];
      const length = Math.hypot(x - px, z - pz);
      legs.push({ from: [px, pz], to: [x, z], begin: time, end: time + length / speed, walked, length });
      time += length / speed;
      walked += length;
    }
    if (wait > 0) {
      legs.push({ from: [x, z], to: [x, z], begin: time, end: time + wait, walked, length: 0 });
      time += wait;
    }
  }
  const raw = (t) => {
    const clamped = Math.max(0, Math.min(time, t));
    const leg = legs.find((one) => clamped <= one.end) ?? legs[legs.length - 1];
    const share = leg.end === leg.begin ? 1 : (clamped - leg.begin) / (leg.end - leg.begin);
    return [
      leg.from[0] + (leg.to[0] - leg.from[0]) * share,
      leg.from[1] + (leg.to[1] - leg.from[1]) * share,
      leg.walked + leg.length * share,
    ];
  };
  const smoothed = (t) => {
    const sum = [0, 0, 0];
    for (let step = -4; step <= 4; step += 1)
      for (let c = 0; c < 3; c += 1) sum[c] += raw(t + step * 0.1)[c] / 9;
    return sum;
  };
  const heading = (t) => {
    for (let reach = 0.2; reach < 40; reach *= 1.6) {
      const [a, b] = [raw(t - reach), raw(t + 0.2)];
      if (Math.hypot(b[0] - a[0], b[1] - a[1]) > 0.12) return Math.atan2(b[0] - a[0], b[1] - a[1]);
    }
    return Math.atan2(points[1][0] - points[0][0], points[1][1] - points[0][1]);
  };
  return (t) => {
    const local = (((t - start) % loopS) + loopS) % loopS;
    if (local > time) return undefined;
    const [x, z, way] = smoothed(local);
    const pace = Math.min(
      1,
      (smoothed(local + 0.15)[2] - smoothed(local - 0.15)[2]) / 0.3 / Math.min(speed, 1.1),
    );
    const yaw = turned(heading(local - 0.25), heading(local + 0.25), heading(local));
    return { x, z, yaw: face !== undefined && pace < 0.3 ? turned(yaw, face, face) : yaw, walked: way, pace };
  };
}

/** The middle of two directions, going the short way round. */
function turned(a, b, c) {
  return Math.atan2(Math.sin(a) + Math.sin(b) + Math.sin(c), Math.cos(a) + Math.cos(b) + Math.cos(c));
}

/** Bands of reflecting tape on a warning vest, by height. */
const vest = (size, colour) => ({
  colour: ([, y]) =>
    (y / size > 1.08 && y / size < 1.13) || (y / size > 1.24 && y / size < 1.29)
      ? [0.75, 0.76, 0.72]
      : colour,
});

/**
 * A person at a place of a route.
 *
 * @param outfit { size, top, legs, skin, hair, shoes, vest, helmet, bag, carries }
 */
export function person(at, outfit, t = 0) {
  const { size = 1, top = [0.1, 0.12, 0.2], legs = [0.06, 0.06, 0.08], skin = [0.5, 0.3, 0.2] } = outfit;
  const cloth = outfit.vest === undefined ? plain(top) : vest(size, outfit.vest);
  const sleeves = plain(top);
  const trousers = plain(legs);
  const shoes = plain(outfit.shoes ?? [0.02, 0.02, 0.02]);
  const face = plain(skin);
  const stride = (at.walked / (1.42 * size)) * Math.PI * 2;
  const sway = (1 - at.pace) * 0.02 * Math.sin(t * 0.9 + (outfit.seed ?? 0));
  const shapes = [];
  const limb = (a, b, radius, material, throwsShadow = true) => {
    const capsule = new Capsule(scale(a, size), scale(b, size), radius * size, material);
    shapes.push(Object.assign(capsule, { throwsShadow }));
  };
  let lowest = Infinity;
  const feet = [1, -1].map((side) => {
    const phase = stride + (side > 0 ? 0 : Math.PI);
    const thigh = 0.44 * at.pace * Math.sin(phase);
    const shin = thigh - at.pace * (0.12 + 0.62 * Math.max(0, Math.cos(phase)));
    const hip = [side * 0.09, 0.92, 0];
    const knee = [side * 0.1, hip[1] - 0.43 * Math.cos(thigh), 0.43 * Math.sin(thigh)];
    const ankle = [side * 0.1, knee[1] - 0.42 * Math.cos(shin), knee[2] + 0.42 * Math.sin(shin)];
    lowest = Math.min(lowest, ankle[1] - 0.075);
    return { side, phase, hip, knee, ankle, shin };
  });
  const up = (p) => [p[0] + sway * p[1], p[1] - lowest, p[2]];
  for (const { hip, knee, ankle, shin } of feet) {
    limb(up(hip), up(knee), 0.085, trousers);
    limb(up(knee), up(ankle), 0.06, trousers);
    const toe = [
      ankle[0] * 1.15,
      ankle[1] - 0.03 + 0.12 * Math.min(0.4, Math.max(-0.4, shin * 0.6)),
      ankle[2] + 0.17,
    ];
    limb(up([ankle[0], ankle[1] - 0.025, ankle[2] - 0.03]), up(toe), 0.048, shoes, false);
  }
  limb(up([-0.07, 0.97, 0]), up([0.07, 0.97, 0]), 0.125, outfit.coat === true ? cloth : trousers, false);
  limb(up([0, 1.06, 0]), up([0, 1.3, 0.01]), 0.155, cloth);
  limb(up([-0.13, 1.38, 0]), up([0.13, 1.38, 0]), 0.09, cloth);
  if (outfit.coat === true) limb(up([0, 0.75, 0]), up([0, 1, 0]), 0.165, cloth);
  limb(up([0, 1.42, 0.01]), up([0, 1.52, 0.015]), 0.05, face, false);
  limb(up([0, 1.585, 0.03]), up([0, 1.64, 0.025]), 0.088, face, false);
  limb(
    up([0, 1.62, -0.012]),
    up([0, 1.66, -0.005]),
    0.095,
    plain(outfit.helmet ?? outfit.hair ?? [0.05, 0.03, 0.02]),
  );
  if (outfit.helmet !== undefined)
    limb(up([0, 1.66, 0.05]), up([0, 1.66, 0.08]), 0.07, plain(outfit.helmet), false);
  for (const { side, phase } of feet) {
    const swing = outfit.carries === true ? 0.75 : -0.42 * at.pace * Math.sin(phase) + 0.03;
    const bend = outfit.carries === true ? 0.85 : 0.18 + 0.3 * at.pace;
    const shoulder = [side * 0.205, 1.38, 0];
    const elbow = [side * 0.245, 1.38 - 0.28 * Math.cos(swing), 0.28 * Math.sin(swing)];
    const hand = [
      side * 0.23,
      elbow[1] - 0.25 * Math.cos(swing + bend),
      elbow[2] + 0.25 * Math.sin(swing + bend),
    ];
    limb(up(shoulder), up(elbow), 0.056, sleeves);
    limb(up(elbow), up(hand), 0.045, sleeves, false);
    limb(up(hand), up(hand), 0.052, face, false);
  }
  if (outfit.bag !== undefined) limb(up([0, 1.12, -0.2]), up([0, 1.3, -0.2]), 0.13, plain(outfit.bag));
  if (outfit.carries === true) {
    for (const x of [-0.12, 0, 0.12])
      limb(up([x, 1.12, 0.42]), up([x, 1.24, 0.42]), 0.12, plain([0.42, 0.3, 0.17]));
  }
  return placed(shapes, { x: at.x, y: at.y ?? 0, z: at.z, yaw: at.yaw }, 0.5 * size, 1.85 * size);
}

const scale = (p, k) => [p[0] * k, p[1] * k, p[2] * k];

function placed(shapes, pose, radius, height) {
  const [c, s] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const world = ([x, y, z]) => [pose.x + c * x + s * z, pose.y + y, pose.z - s * x + c * z];
  const { x, y, z } = pose;
  return {
    shapes,
    shell: new Capsule([0, 0.3, 0.05], [0, height - 0.55, 0.05], radius + 0.12, undefined),
    pose,
    // Shadows come from the larger limbs; hands, neck and shoes would cost as much and show nothing.
    capsules: shapes
      .filter((shape) => shape.throwsShadow)
      .map((shape) => [world(shape.a), world(shape.b), shape.radius]),
    bounds: [x - radius, y, z - radius, x + radius, y + height, z + radius],
    ground: y,
  };
}

/** Ready outfits. */
export const outfits = {
  office: { top: [0.035, 0.05, 0.1], legs: [0.03, 0.03, 0.04], hair: [0.04, 0.025, 0.015], coat: true },
  shirt: {
    top: [0.5, 0.55, 0.62],
    legs: [0.05, 0.055, 0.08],
    hair: [0.03, 0.02, 0.015],
    skin: [0.42, 0.24, 0.15],
  },
  red: { top: [0.42, 0.05, 0.05], legs: [0.09, 0.11, 0.17], hair: [0.12, 0.07, 0.03], size: 0.95 },
  green: {
    top: [0.08, 0.2, 0.12],
    legs: [0.2, 0.17, 0.12],
    hair: [0.02, 0.015, 0.01],
    skin: [0.22, 0.12, 0.07],
    bag: [0.05, 0.06, 0.09],
  },
  camel: {
    top: [0.42, 0.29, 0.16],
    legs: [0.04, 0.04, 0.05],
    hair: [0.28, 0.17, 0.07],
    size: 0.94,
    coat: true,
  },
  blue: { top: [0.07, 0.17, 0.4], legs: [0.12, 0.12, 0.13], hair: [0.3, 0.3, 0.3], bag: [0.03, 0.03, 0.03] },
  worker: {
    top: [0.06, 0.08, 0.16],
    legs: [0.05, 0.06, 0.11],
    vest: [0.85, 0.75, 0.03],
    helmet: [0.85, 0.85, 0.8],
  },
  loader: {
    top: [0.2, 0.2, 0.22],
    legs: [0.08, 0.09, 0.13],
    vest: [0.9, 0.28, 0.04],
    helmet: [0.8, 0.6, 0.05],
    size: 1.03,
  },
  guard: {
    top: [0.02, 0.025, 0.04],
    legs: [0.025, 0.025, 0.03],
    hair: [0.02, 0.02, 0.03],
    vest: undefined,
    size: 1.04,
  },
};
