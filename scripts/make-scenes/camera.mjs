// A fixed camera with the barrel distortion of a short lens.

const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const unit = (a) => {
  const length = Math.hypot(a[0], a[1], a[2]);
  return [a[0] / length, a[1] / length, a[2] / length];
};

export class Camera {
  constructor({ eye, target, fov, barrel = 0.06 }, width, height) {
    this.eye = eye;
    this.width = width;
    this.height = height;
    this.barrel = barrel;
    this.forward = unit(sub(target, eye));
    this.right = unit(cross(this.forward, [0, 1, 0]));
    this.up = cross(this.right, this.forward);
    this.scale = Math.tan((fov * Math.PI) / 360) / (width / 2);
  }

  /** Direction of the ray through a point of the picture (pixels). */
  ray(px, py) {
    const x = (px - this.width / 2) * this.scale;
    const y = (this.height / 2 - py) * this.scale;
    const k = 1 + this.barrel * (x * x + y * y);
    const { right: r, up: u, forward: f } = this;
    return unit([
      f[0] + k * (x * r[0] + y * u[0]),
      f[1] + k * (x * r[1] + y * u[1]),
      f[2] + k * (x * r[2] + y * u[2]),
    ]);
  }

  /** Where a point appears (pixels), or undefined when it is behind the lens. */
  project(p) {
    const rel = sub(p, this.eye);
    const depth = dot(rel, this.forward);
    if (depth < 0.15) return undefined;
    const [X, Y] = [dot(rel, this.right) / depth, dot(rel, this.up) / depth];
    let k = 1;
    for (let step = 0; step < 6; step += 1) k = 1 + this.barrel * ((X / k) ** 2 + (Y / k) ** 2);
    return [this.width / 2 + X / k / this.scale, this.height / 2 - Y / k / this.scale];
  }

  /** The smallest rectangle of pixels around these points, or undefined when none is in the picture. */
  rectangle(points, margin) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const p of points) {
      const at = this.project(p);
      if (at === undefined) continue;
      x0 = Math.min(x0, at[0]);
      y0 = Math.min(y0, at[1]);
      x1 = Math.max(x1, at[0]);
      y1 = Math.max(y1, at[1]);
    }
    x0 = Math.max(0, Math.floor(x0 - margin));
    y0 = Math.max(0, Math.floor(y0 - margin));
    x1 = Math.min(this.width - 1, Math.ceil(x1 + margin));
    y1 = Math.min(this.height - 1, Math.ceil(y1 + margin));
    return x0 <= x1 && y0 <= y1 ? [x0, y0, x1, y1] : undefined;
  }
}
