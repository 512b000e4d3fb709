// Lamps, daylight and what of them arrives at a point.
import { unit } from "./camera.mjs";

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The sun or the moon: direction towards it, colour, softness of its shadows in radians. */
export const sun = (direction, colour, softness = 0.03) => {
  const d = unit(direction);
  return { kind: "sun", towards: d, colour, softness, plain: { d, distance: 1e3, strength: 1 } };
};

/** A lamp with an extent (metres), optionally a cone about `aim`. */
export const lamp = (at, size, colour, cone) => ({
  kind: "lamp",
  at,
  size,
  colour,
  cone,
  softness: size[0] / 2,
});

/**
 * Direction and distance to a light as seen from a point, and how much it gives (before visibility and cosine).
 *
 * @param jitter two numbers in -0.5 … 0.5: the place on the lamp
 */
export function towards(light, p, jitter) {
  if (light.kind === "sun") {
    if (jitter[0] === 0 && jitter[1] === 0) return light.plain;
    const [x, y, z] = light.towards;
    const d = unit([x + jitter[0] * light.softness * 2, y, z + jitter[1] * light.softness * 2]);
    return { d, distance: 1e3, strength: 1 };
  }
  const { at, size, cone } = light;
  const v = [at[0] + jitter[0] * size[0] - p[0], at[1] - p[1], at[2] + jitter[1] * size[1] - p[2]];
  const distance = Math.hypot(v[0], v[1], v[2]) || 1e-3;
  const d = [v[0] / distance, v[1] / distance, v[2] / distance];
  let strength = 1 / (0.3 + distance * distance);
  if (cone === undefined) strength *= Math.max(0, d[1]) * 0.85 + 0.15;
  else strength *= smooth(cone.outer, cone.inner, -dot(d, cone.aim));
  return { d, distance, strength };
}

export function smooth(from, to, value) {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** How much of a light a capsule hides from a point: 0 … 1, soft as the light is large. */
export function capsuleShadow(p, d, most, softness, capsule) {
  const [a, b, radius] = capsule;
  const ba = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const oa = [p[0] - a[0], p[1] - a[1], p[2] - a[2]];
  const baba = dot(ba, ba);
  const bard = dot(ba, d);
  const baoa = dot(ba, oa);
  const rdoa = dot(d, oa);
  const under = baba - bard * bard;
  let along = baba === 0 ? 0 : under < 1e-7 ? 0 : (baoa - bard * rdoa) / under;
  along = Math.max(0, Math.min(1, along));
  let t = bard * along - rdoa;
  if (t < 0) {
    t = 0;
    along = baba === 0 ? 0 : Math.max(0, Math.min(1, baoa / baba));
  }
  if (t > most) return 0;
  const x = oa[0] + d[0] * t - ba[0] * along;
  const y = oa[1] + d[1] * t - ba[1] * along;
  const z = oa[2] + d[2] * t - ba[2] * along;
  const gap = Math.sqrt(x * x + y * y + z * z) - radius;
  const blur = 0.015 + t * softness;
  return gap > blur ? 0 : 1 - smooth(-blur, blur, gap);
}

/** How much of the ambient light a capsule keeps from a surface point: the dark under shoes and cars. */
export function capsuleOcclusion(p, n, capsule) {
  const [a, b, radius] = capsule;
  const ba = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const pa = [p[0] - a[0], p[1] - a[1], p[2] - a[2]];
  const baba = dot(ba, ba);
  const h = baba === 0 ? 0 : Math.max(0, Math.min(1, dot(pa, ba) / baba));
  const v = [ba[0] * h - pa[0], ba[1] * h - pa[1], ba[2] * h - pa[2]];
  const distance = Math.max(radius * 0.9, Math.hypot(v[0], v[1], v[2]));
  const facing = Math.max(0, dot(v, n) / distance + 0.2);
  return Math.min(0.75, facing * (radius / distance) ** 2 * 0.8);
}
