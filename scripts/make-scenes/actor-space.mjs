// Where actors are, for the picture and for the lights.
import { capsuleShadow, towards } from "./light.mjs";

const centre = [0, 0];

/** How much of a light passes an actor's capsules. */
export function seenPast(light, p, capsules) {
  const { d, distance } = towards(light, p, centre);
  const softness =
    light.kind === "sun" ? light.softness : Math.min(0.35, light.softness / Math.max(1, distance));
  let visible = 1;
  for (const capsule of capsules) visible *= 1 - capsuleShadow(p, d, distance, softness, capsule);
  return visible;
}

/** An upright capsule around a body. */
export function hullOf(b) {
  const [x, z] = [(b[0] + b[3]) / 2, (b[2] + b[5]) / 2];
  const radius = Math.max(b[3] - b[0], b[5] - b[2]) / 2;
  return [[x, Math.min(b[1] + radius, b[4]), z], [x, Math.max(b[4] - radius, b[1]), z], radius]; // prettier-ignore
}

/** The corners of a box grown on all sides. */
export function corners(b, grow) {
  const points = [];
  for (const x of [b[0] - grow, b[3] + grow]) for (const y of [b[1] - grow, b[4] + grow]) for (const z of [b[2] - grow, b[5] + grow]) points.push([x, y, z]);
  return points;
} // prettier-ignore

/** Where the top of a box throws its shadow on the ground, at most nine metres away. */
export function shadowPoints(light, b, ground) {
  return corners(b, 0.1).filter((p) => p[1] > ground + 0.3).map((p) => {
    const { d } = towards(light, p, centre);
    const t = Math.min(light.kind === "sun" ? 9 : 4, (p[1] - ground) / Math.max(0.05, d[1]));
    return [p[0] - d[0] * t, ground, p[2] - d[2] * t];
  });
} // prettier-ignore

/** Rotation about the vertical and shift of a body; without a pose its shapes are in world coordinates. */
export function localFrame(pose) {
  if (pose === undefined) return { point: (p) => p, direction: (d) => d, back: (n) => n };
  const [c, s] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const turn = ([x, y, z]) => [c * x - s * z, y, s * x + c * z];
  return {
    point: ([x, y, z]) => turn([x - pose.x, y - (pose.y ?? 0), z - pose.z]),
    direction: turn,
    back: ([x, y, z]) => [c * x + s * z, y, -s * x + c * z],
  };
}
