// Bodies that never move are traced once with everything else, turned into world coordinates.

/** The shapes of an actor that stands for good. */
export function standing({ shapes, pose }) {
  return shapes.map((shape) => new Placed(shape, pose));
}

class Placed {
  constructor(shape, pose) {
    this.shape = shape;
    this.pose = pose;
    this.c = Math.cos(pose.yaw);
    this.s = Math.sin(pose.yaw);
    this.material = {
      ...shape.material,
      colour: (p, n) => shape.material.colour(this.inward(p), this.turn(n)),
      emission: undefined,
    };
  }
  turn([x, y, z]) {
    return [this.c * x - this.s * z, y, this.s * x + this.c * z];
  }
  inward(p) {
    return this.turn([p[0] - this.pose.x, p[1], p[2] - this.pose.z]);
  }
  hit(ox, oy, oz, dx, dy, dz) {
    const o = this.inward([ox, oy, oz]);
    const d = this.turn([dx, dy, dz]);
    return this.shape.hit(o[0], o[1], o[2], d[0], d[1], d[2]);
  }
  normalAt(p) {
    const [x, y, z] = this.shape.normalAt(this.inward(p));
    return [this.c * x + this.s * z, y, -this.s * x + this.c * z];
  }
  bounds() {
    const [x0, y0, z0, x1, y1, z1] = this.shape.bounds();
    const reach = Math.hypot(Math.max(-x0, x1), Math.max(-z0, z1));
    const { x, z } = this.pose;
    return [x - reach, y0, z - reach, x + reach, y1, z + reach];
  }
}
