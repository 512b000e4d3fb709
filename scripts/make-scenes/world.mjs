// The static part of a scene: shapes in a tree of bounding boxes, so that a ray meets few of them.

export class World {
  constructor(shapes) {
    this.shapes = shapes;
    this.root = build(shapes.map((shape) => ({ shape, bounds: shape.bounds() })));
  }

  /** The nearest shape along a ray, or undefined. */
  nearest(o, d, most = Infinity) {
    const found = { t: most, shape: undefined };
    visit(this.root, o, d, 1 / d[0], 1 / d[1], 1 / d[2], found);
    return found.shape === undefined ? undefined : found;
  }

  /** True when something stands between the point and `most` metres along the ray. */
  isBlocked(o, d, most) {
    return blocked(this.root, o, d, 1 / d[0], 1 / d[1], 1 / d[2], most);
  }
}

function build(items) {
  const bounds = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (const { bounds: b } of items) {
    for (let axis = 0; axis < 3; axis += 1) {
      bounds[axis] = Math.min(bounds[axis], b[axis]);
      bounds[axis + 3] = Math.max(bounds[axis + 3], b[axis + 3]);
    }
  }
  if (items.length <= 3) return { bounds, shapes: items.map((item) => item.shape) };
  const extents = [0, 1, 2].map((axis) => {
    const middles = items.map(({ bounds: b }) => b[axis] + b[axis + 3]);
    return Math.max(...middles) - Math.min(...middles);
  });
  const axis = extents.indexOf(Math.max(...extents));
  const sorted = items.toSorted(
    (l, r) => l.bounds[axis] + l.bounds[axis + 3] - r.bounds[axis] - r.bounds[axis + 3],
  );
  const half = sorted.length >> 1;
  return { bounds, left: build(sorted.slice(0, half)), right: build(sorted.slice(half)) };
}

function entry(b, o, ix, iy, iz, most) {
  let near = 0;
  let far = most;
  let l = (b[0] - o[0]) * ix;
  let r = (b[3] - o[0]) * ix;
  if (l > r) [l, r] = [r, l];
  if (l > near) near = l;
  if (r < far) far = r;
  l = (b[1] - o[1]) * iy;
  r = (b[4] - o[1]) * iy;
  if (l > r) [l, r] = [r, l];
  if (l > near) near = l;
  if (r < far) far = r;
  l = (b[2] - o[2]) * iz;
  r = (b[5] - o[2]) * iz;
  if (l > r) [l, r] = [r, l];
  if (l > near) near = l;
  if (r < far) far = r;
  return near <= far ? near : Infinity;
}

function visit(node, o, d, ix, iy, iz, found) {
  if (entry(node.bounds, o, ix, iy, iz, found.t) === Infinity) return;
  if (node.shapes !== undefined) {
    for (const shape of node.shapes) {
      const t = shape.hit(o[0], o[1], o[2], d[0], d[1], d[2]);
      if (t < found.t) {
        found.t = t;
        found.shape = shape;
      }
    }
    return;
  }
  const left = entry(node.left.bounds, o, ix, iy, iz, found.t);
  const right = entry(node.right.bounds, o, ix, iy, iz, found.t);
  const [first, second] = left <= right ? [node.left, node.right] : [node.right, node.left];
  visit(first, o, d, ix, iy, iz, found);
  visit(second, o, d, ix, iy, iz, found);
}

function blocked(node, o, d, ix, iy, iz, most) {
  if (entry(node.bounds, o, ix, iy, iz, most) === Infinity) return false;
  if (node.shapes !== undefined) {
    return node.shapes.some(
      (shape) => !shape.material.isLamp && shape.hit(o[0], o[1], o[2], d[0], d[1], d[2]) < most,
    );
  }
  return blocked(node.left, o, d, ix, iy, iz, most) || blocked(node.right, o, d, ix, iy, iz, most);
}
