// Solid shapes a ray can hit. Metres; y is up. Every shape: hit() → distance or Infinity, normalAt(), bounds().

/** A box along the axes. */
export class Box {
  constructor(min, max, material) {
    this.min = min;
    this.max = max;
    this.material = material;
  }
  hit(ox, oy, oz, dx, dy, dz) {
    const { min, max } = this;
    let near = -Infinity;
    let far = Infinity;
    const ix = 1 / dx;
    let a = (min[0] - ox) * ix;
    let b = (max[0] - ox) * ix;
    if (a > b) [a, b] = [b, a];
    if (a > near) near = a;
    if (b < far) far = b;
    const iy = 1 / dy;
    a = (min[1] - oy) * iy;
    b = (max[1] - oy) * iy;
    if (a > b) [a, b] = [b, a];
    if (a > near) near = a;
    if (b < far) far = b;
    const iz = 1 / dz;
    a = (min[2] - oz) * iz;
    b = (max[2] - oz) * iz;
    if (a > b) [a, b] = [b, a];
    if (a > near) near = a;
    if (b < far) far = b;
    if (near > far || far < 1e-4) return Infinity;
    return near > 1e-4 ? near : far;
  }
  normalAt(p) {
    let best = Infinity;
    let normal = [0, 1, 0];
    for (let axis = 0; axis < 3; axis += 1) {
      for (const [face, sign] of [[this.min, -1], [this.max, 1]]) {
        const distance = Math.abs(p[axis] - face[axis]);
        if (distance < best) {
          best = distance;
          normal = [0, 0, 0];
          normal[axis] = sign;
        }
      }
    }
    return normal;
  } // prettier-ignore
  bounds() {
    return [...this.min, ...this.max];
  }
}

/** What is inside all half-spaces nx·x + ny·y + nz·z ≤ d; `points` span its bounds. */
export class Convex {
  constructor(planes, points, material) {
    this.planes = planes.map(([x, y, z, d]) => {
      const length = Math.hypot(x, y, z);
      return [x / length, y / length, z / length, d / length];
    });
    this.points = points;
    this.material = material;
  }
  hit(ox, oy, oz, dx, dy, dz) {
    let near = -Infinity;
    let far = Infinity;
    for (const [x, y, z, d] of this.planes) {
      const along = x * dx + y * dy + z * dz;
      const over = d - (x * ox + y * oy + z * oz);
      if (along === 0) {
        if (over < 0) return Infinity;
        continue;
      }
      const t = over / along;
      if (along < 0) {
        if (t > near) near = t;
      } else if (t < far) far = t;
      if (near > far) return Infinity;
    }
    if (far < 1e-4) return Infinity;
    return near > 1e-4 ? near : far;
  }
  normalAt(p) {
    let best = Infinity;
    let normal = [0, 1, 0];
    for (const [x, y, z, d] of this.planes) {
      const distance = Math.abs(x * p[0] + y * p[1] + z * p[2] - d);
      if (distance < best) {
        best = distance;
        normal = [x, y, z];
      }
    }
    return normal;
  }
  bounds() {
    return boundsOf(this.points);
  }
}

/** A segment with a radius; both ends equal: a sphere. */
export class Capsule {
  constructor(a, b, radius, material) {
    this.a = a;
    this.b = b;
    this.radius = radius;
    this.material = material;
  }
  hit(ox, oy, oz, dx, dy, dz) {
    const { a, b, radius } = this;
    const bx = b[0] - a[0];
    const by = b[1] - a[1];
    const bz = b[2] - a[2];
    const px = ox - a[0];
    const py = oy - a[1];
    const pz = oz - a[2];
    const bb = bx * bx + by * by + bz * bz;
    const bd = bx * dx + by * dy + bz * dz;
    const bp = bx * px + by * py + bz * pz;
    const pd = px * dx + py * dy + pz * dz;
    const pp = px * px + py * py + pz * pz;
    const qa = bb - bd * bd;
    let end = 0;
    if (qa > 1e-9) {
      const qb = bb * pd - bp * bd;
      const qc = bb * pp - bp * bp - radius * radius * bb;
      const h = qb * qb - qa * qc;
      if (h < 0) return Infinity;
      const t = (-qb - Math.sqrt(h)) / qa;
      const y = bp + t * bd;
      if (y > 0 && y < bb) return t > 1e-4 ? t : Infinity;
      end = y <= 0 ? 0 : 1;
    } else if (bd < 0) end = 1;
    const cx = px - end * bx;
    const cy = py - end * by;
    const cz = pz - end * bz;
    const cd = cx * dx + cy * dy + cz * dz;
    const h = cd * cd - (cx * cx + cy * cy + cz * cz - radius * radius);
    if (h < 0) return Infinity;
    const t = -cd - Math.sqrt(h);
    return t > 1e-4 ? t : Infinity;
  }
  normalAt(p) {
    const axis = [this.b[0] - this.a[0], this.b[1] - this.a[1], this.b[2] - this.a[2]];
    const rel = [p[0] - this.a[0], p[1] - this.a[1], p[2] - this.a[2]];
    const bb = axis[0] ** 2 + axis[1] ** 2 + axis[2] ** 2;
    const along = bb === 0 ? 0 : (rel[0] * axis[0] + rel[1] * axis[1] + rel[2] * axis[2]) / bb;
    const t = Math.max(0, Math.min(1, along));
    const n = [rel[0] - t * axis[0], rel[1] - t * axis[1], rel[2] - t * axis[2]];
    const length = Math.hypot(...n) || 1;
    return [n[0] / length, n[1] / length, n[2] / length];
  }
  bounds() {
    const { a, b, radius: r } = this;
    return [
      Math.min(a[0], b[0]) - r, Math.min(a[1], b[1]) - r, Math.min(a[2], b[2]) - r,
      Math.max(a[0], b[0]) + r, Math.max(a[1], b[1]) + r, Math.max(a[2], b[2]) + r,
    ]; // prettier-ignore
  }
}

/** A disc with thickness, its axis along x: a wheel. */
export class Wheel {
  constructor(center, radius, halfWidth, material) {
    this.center = center;
    this.radius = radius;
    this.halfWidth = halfWidth;
    this.material = material;
  }
  hit(ox, oy, oz, dx, dy, dz) {
    const { center: c, radius: r, halfWidth: w } = this;
    const px = ox - c[0];
    const py = oy - c[1];
    const pz = oz - c[2];
    let best = Infinity;
    const qa = dy * dy + dz * dz;
    const qb = py * dy + pz * dz;
    const h = qb * qb - qa * (py * py + pz * pz - r * r);
    if (h < 0) return Infinity;
    const t = (-qb - Math.sqrt(h)) / qa;
    if (t > 1e-4 && Math.abs(px + t * dx) <= w) best = t;
    for (const side of [-w, w]) {
      const s = (side - px) / dx;
      if (s > 1e-4 && s < best && (py + s * dy) ** 2 + (pz + s * dz) ** 2 <= r * r) best = s;
    }
    return best;
  }
  normalAt(p) {
    const dx = p[0] - this.center[0];
    if (Math.abs(Math.abs(dx) - this.halfWidth) < 1e-3) return [Math.sign(dx), 0, 0];
    const [y, z] = [p[1] - this.center[1], p[2] - this.center[2]];
    const length = Math.hypot(y, z) || 1;
    return [0, y / length, z / length];
  }
  bounds() {
    const { center: c, radius: r, halfWidth: w } = this;
    return [c[0] - w, c[1] - r, c[2] - r, c[0] + w, c[1] + r, c[2] + r];
  }
}

/** A box turned about the vertical axis. */
export function turnedBox(center, size, yaw, material) {
  const [hx, hy, hz] = [size[0] / 2, size[1] / 2, size[2] / 2];
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  const planes = [];
  for (const [nx, ny, nz, half] of [[c, 0, -s, hx], [0, 1, 0, hy], [s, 0, c, hz]]) {
    const at = nx * center[0] + ny * center[1] + nz * center[2];
    planes.push([nx, ny, nz, at + half], [-nx, -ny, -nz, half - at]);
  }
  const points = [];
  for (const x of [-hx, hx]) for (const y of [-hy, hy]) for (const z of [-hz, hz])
    points.push([center[0] + c * x + s * z, center[1] + y, center[2] - s * x + c * z]);
  return new Convex(planes, points, material);
} // prettier-ignore

/** A side view (z, y corners, counter-clockwise seen from +x) given a width, narrower at the top by `taper`. */
export function extrusion(profile, halfWidth, taper, material) {
  const planes = [];
  for (let index = 0; index < profile.length; index += 1) {
    const [z1, y1] = profile[index];
    const [z2, y2] = profile[(index + 1) % profile.length];
    const [nz, ny] = [y2 - y1, z1 - z2];
    planes.push([0, ny, nz, ny * y1 + nz * z1]);
  }
  const bottom = Math.min(...profile.map(([, y]) => y));
  for (const side of [-1, 1]) planes.push([side, taper, 0, halfWidth + taper * bottom]);
  const points = profile.flatMap(([z, y]) => [[-halfWidth, y, z], [halfWidth, y, z]]);
  return new Convex(planes, points, material);
} // prettier-ignore

export function boundsOf(points) {
  const b = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (const p of points) {
    for (let axis = 0; axis < 3; axis += 1) {
      b[axis] = Math.min(b[axis], p[axis]);
      b[axis + 3] = Math.max(b[axis + 3], p[axis]);
    }
  }
  return b;
}
