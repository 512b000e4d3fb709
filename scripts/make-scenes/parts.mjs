// Furniture of a site: what several scenes are made of.
import { Box, Capsule, turnedBox } from "./shapes.mjs";
import { fbm, noise, plain } from "./textures.mjs";

export const box = (x0, y0, z0, x1, y1, z1, material) => new Box([x0, y0, z0], [x1, y1, z1], material);
export { turnedBox };

/** A round post from the ground. */
export const pole = (x, z, height, radius, material) =>
  new Capsule([x, 0, z], [x, height, z], radius, material);

/** A tree: a trunk and a cloud of leafy balls. */
export function tree(x, z, height, seed, leaf = [0.055, 0.1, 0.03]) {
  const leaves = {
    colour: (p) => {
      const k =
        0.35 +
        1.1 * fbm(p[0] * 3.1, p[1] * 3.1, p[2] * 3.1) +
        0.9 * (noise(p[0] * 14, p[1] * 14, p[2] * 14) - 0.45);
      return leaf.map((value) => value * Math.max(0.15, k));
    },
  };
  const shapes = [new Capsule([x, 0, z], [x + 0.1, height * 0.6, z], 0.13, plain([0.09, 0.07, 0.05]))];
  for (let index = 0; index < 9; index += 1) {
    const angle = index * 2.4 + seed;
    const out = index === 0 ? 0 : height * 0.2;
    const y = height * (0.62 + 0.3 * noise(seed, index, 3));
    const c = [x + Math.cos(angle) * out, y, z + Math.sin(angle) * out];
    shapes.push(new Capsule(c, c, height * (0.16 + 0.07 * noise(index, seed, 1)), leaves));
  }
  return shapes;
}

/** A hedge or a row of shrubs along x. */
export function hedge(x0, x1, z, height, seed) {
  const shapes = [];
  const leaves = {
    colour: (p) =>
      [0.04, 0.075, 0.025].map((value) => value * (0.3 + 1.2 * noise(p[0] * 9, p[1] * 9, p[2] * 9))),
  };
  for (let x = x0; x < x1; x += height * 0.6) {
    const r = height * (0.5 + 0.12 * noise(x, seed, 0));
    shapes.push(new Capsule([x, r * 0.8, z], [x + 0.2, r * 0.9, z], r, leaves));
  }
  return shapes;
}

/** A fence of upright bars along x (or z) with a top and a bottom rail. */
export function fence({ from, to, at, axis, height, pitch, material }) {
  const put = (u0, y0, u1, y1, thick) =>
    axis === "x"
      ? box(u0, y0, at - thick, u1, y1, at + thick, material)
      : box(at - thick, y0, u0, at + thick, y1, u1, material);
  const shapes = [put(from, height - 0.16, to, height - 0.1, 0.02), put(from, 0.12, to, 0.18, 0.02)];
  for (let u = from; u <= to; u += pitch) shapes.push(put(u - 0.011, 0.02, u + 0.011, height, 0.011));
  for (let u = from; u <= to; u += 2.5) shapes.push(put(u - 0.035, 0, u + 0.035, height + 0.05, 0.035));
  return shapes;
}

/** A pallet with boxes on it. */
export function pallet(x, z, layers, yaw, colours) {
  const wood = plain([0.28, 0.19, 0.1]);
  const shapes = [turnedBox([x, 0.07, z], [1.2, 0.14, 0.8], yaw, wood)];
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  for (let layer = 0; layer < layers; layer += 1) {
    for (const [index, dx] of [-0.39, 0, 0.39].entries()) {
      for (const dz of [-0.2, 0.2]) {
        const colour = colours[(layer * 5 + index * 3 + (dz > 0 ? 1 : 0)) % colours.length];
        const tape = {
          colour: (p, n) =>
            n[1] > 0.9 && Math.abs((p[0] - x) * s + (p[2] - z) * c - dz) < 0.02 ? [0.35, 0.25, 0.14] : colour,
        };
        shapes.push(
          turnedBox(
            [x + c * dx + s * dz, 0.31 + layer * 0.33, z - s * dx + c * dz],
            [0.37, 0.32, 0.38],
            yaw,
            tape,
          ),
        );
      }
    }
  }
  return shapes;
}

/** A potted plant. */
export function plant(x, z, height, seed) {
  const leaf = {
    colour: (p) =>
      [0.04, 0.1, 0.03].map((value) => value * (0.4 + 1.1 * noise(p[0] * 11, p[1] * 11, p[2] * 11))),
  };
  const shapes = [new Capsule([x, 0.2, z], [x, 0.32, z], 0.22, plain([0.55, 0.54, 0.52]))];
  for (let index = 0; index < 11; index += 1) {
    const angle = index * 2.4 + seed;
    const lean = 0.15 + 0.35 * noise(index, seed, 0);
    const top = [
      x + Math.cos(angle) * lean,
      height * (0.7 + 0.3 * noise(seed, index, 2)),
      z + Math.sin(angle) * lean,
    ];
    shapes.push(new Capsule([x, 0.45, z], top, 0.045, leaf));
  }
  return shapes;
}

/** A straight piece of shape list shifted in space is not needed: scenes are written in world coordinates, metres. */
export const many = (count, make) => Array.from({ length: count }, (_, index) => make(index)).flat();
