// Procedural surfaces: noise and the materials made of it. A material's colour(p, n) is linear RGB at a world point.

function hash(x, y, z) {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 2147483647 - 1013);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth value noise in 0 … 1. */
export function noise(x, y, z) {
  const [xi, yi, zi] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [fx, fy, fz] = [x - xi, y - yi, z - zi];
  const [u, v, w] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy), fz * fz * (3 - 2 * fz)];
  const mix = (a, b, t) => a + (b - a) * t;
  return mix(
    mix(
      mix(hash(xi, yi, zi), hash(xi + 1, yi, zi), u),
      mix(hash(xi, yi + 1, zi), hash(xi + 1, yi + 1, zi), u),
      v,
    ),
    mix(
      mix(hash(xi, yi, zi + 1), hash(xi + 1, yi, zi + 1), u),
      mix(hash(xi, yi + 1, zi + 1), hash(xi + 1, yi + 1, zi + 1), u),
      v,
    ),
    w,
  );
}

/** Noise of four octaves in 0 … 1. */
export function fbm(x, y, z) {
  return (
    (noise(x, y, z) * 8 +
      noise(x * 2.1, y * 2.1, z * 2.1) * 4 +
      noise(x * 4.3, y * 4.3, z * 4.3) * 2 +
      noise(x * 8.7, y * 8.7, z * 8.7)) /
    15
  );
}

const scaled = ([r, g, b], k) => [r * k, g * k, b * k];

export const plain = (colour, more = {}) => ({ colour: () => colour, ...more });

/** A colour with stains and grain: `size` metres for the stains, `depth` 0 … 1. */
export const rough = (colour, size, depth, more = {}) => ({
  colour: (p) =>
    scaled(
      colour,
      1 -
        depth +
        2 * depth * fbm(p[0] / size, p[1] / size, p[2] / size) +
        depth * 0.3 * (noise(p[0] * 23, p[1] * 23, p[2] * 23) - 0.5),
    ),
  ...more,
});

/** Asphalt with tyre tracks along z and white lines given by `isPaint(x, z)`. */
export const asphalt = (isPaint = () => false, tone = 0.085) => ({
  colour: ([x, , z]) => {
    const grain =
      0.86 +
      0.2 * noise(x * 30, 0, z * 30) +
      0.5 * (fbm(x / 3, 1, z / 3) - 0.5) +
      0.25 * (fbm(x * 1.3, 5, z * 0.4) - 0.5);
    const crack = Math.abs(fbm(x / 2.2, 9, z / 2.2) - 0.5) < 0.006 ? 0.6 : 1;
    const worn = fbm(x * 2.5, 3, z * 2.5);
    const paint = isPaint(x, z) && worn > 0.33 ? 0.5 + 0.3 * worn : 0;
    return paint > 0 ? [paint, paint, paint * 0.96] : scaled([tone, tone, tone * 1.04], grain * crack);
  },
});

/** Square tiles on floor, wall or ceiling. */
export const tiles = (colour, side, joint, depth = 0.06, more = {}) => ({
  colour: (p, n) => {
    const [u, v] = Math.abs(n[1]) > 0.5 ? [p[0], p[2]] : Math.abs(n[0]) > 0.5 ? [p[2], p[1]] : [p[0], p[1]];
    const [a, b] = [u / side, v / side];
    const edge = Math.min(a - Math.floor(a), b - Math.floor(b)) * side;
    if (edge < joint) return scaled(colour, 0.62);
    const each = hash(Math.floor(a), Math.floor(b), 3);
    return scaled(colour, 1 - depth + depth * 2 * each + 0.08 * (fbm(p[0] * 2, p[1] * 2, p[2] * 2) - 0.5));
  },
  ...more,
});

/** Running bond. */
export const bricks = (colour) => ({
  colour: (p, n) => {
    const u = Math.abs(n[0]) > 0.5 ? p[2] : p[0];
    const row = Math.floor(p[1] / 0.09);
    const a = u / 0.26 + (row % 2) * 0.5;
    const inJoint = p[1] / 0.09 - row < 0.14 || a - Math.floor(a) < 0.05;
    if (inJoint) return [0.34, 0.32, 0.3];
    return scaled(colour, 0.72 + 0.5 * hash(Math.floor(a), row, 1) + 0.25 * (fbm(u, p[1], 0) - 0.5));
  },
});

/** Trapezoid sheet or a roller door: shading bands along one axis. */
export const ribbed = (colour, pitch, axis, more = {}) => ({
  colour: (p) => {
    const at = p[axis] / pitch;
    const f = at - Math.floor(at);
    const band = f < 0.12 ? 0.62 : f < 0.24 ? 1.12 : 1;
    return scaled(colour, band * (0.88 + 0.24 * fbm(p[0] / 2, p[1] / 2, p[2] / 2)));
  },
  ...more,
});

export const grass = (colour = [0.07, 0.11, 0.035]) => ({
  colour: ([x, , z]) =>
    scaled(colour, 0.45 + 0.7 * fbm(x / 1.7, 0, z / 1.7) + 0.6 * (noise(x * 9, 0, z * 9) - 0.35)),
});

export const glow = (colour) => ({ colour: () => [0, 0, 0], emission: () => colour, isLamp: true });
