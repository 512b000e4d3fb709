// One scene at one size: the baked picture, and per frame whatever moves in it, with its shadows and lamps.
import { bake, halved } from "./bake.mjs";
import { Camera, unit } from "./camera.mjs";
import { denoise } from "./denoise.mjs";
import { Film } from "./film.mjs";
import { corners, hullOf, localFrame, seenPast, shadowPoints } from "./actor-space.mjs";
import { capsuleOcclusion, smooth, towards } from "./light.mjs";
import { drawSprite } from "./sprite.mjs";

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const centre = [0, 0];
/** Where in a pixel bodies are looked at. */
const samplesOfLarge = [[0.25, 0.3], [0.75, 0.7]]; // prettier-ignore
const samplesOfSmall = [[0.25, 0.375], [0.75, 0.125], [0.375, 0.875], [0.875, 0.625]]; // prettier-ignore

export class View {
  /** @param place static scene; `place.actors(t)` are the moving things. */
  constructor(place, width, height, larger) {
    this.place = place;
    this.camera = new Camera(place.camera, width, height);
    this.buffers =
      larger === undefined
        ? bake(place, this.camera, place.bakeWith)
        : halved(larger.buffers, width * 2, height * 2, place.lights.length);
    if (larger === undefined) denoise(this.buffers, width, height);
    this.film = new Film(place.look, width, height);
    const count = width * height;
    this.base = Buffer.alloc(count * 3);
    this.pixels = Buffer.alloc(count * 3);
    const { radiance } = this.buffers;
    for (let at = 0; at < count; at += 1)
      this.film.expose(this.base, at, ...radiance.subarray(at * 3, at * 3 + 3));
    this.places = this.#everyPoint();
    this.kept = new Map();
    this.mark = new Int32Array(count);
    this.frame = 0;
    this.lit = new Float32Array(count * place.lights.length);
    this.open = new Float32Array(count);
    this.added = new Float32Array(count * 3);
  }

  /** The picture at second `t` of the loop, RGB; the buffer is used again for the next one. */
  draw(t) {
    this.base.copy(this.pixels);
    this.frame += 1;
    const touched = [];
    const actors = this.place.actors(t);
    for (const actor of actors) {
      for (const glow of actor.glows ?? []) this.#shine(glow, touched);
      if (actor.capsules !== undefined) this.#shade(actor, touched);
    }
    this.#develop(touched);
    const { eye } = this.camera;
    const far = ({ bounds: b }) =>
      Math.hypot((b[0] + b[3]) / 2 - eye[0], (b[1] + b[4]) / 2 - eye[1], (b[2] + b[5]) / 2 - eye[2]);
    for (const actor of actors.filter((one) => one.bounds !== undefined).toSorted((l, r) => far(r) - far(l)))
      this.#body(actor);
    for (const actor of actors) for (const sprite of actor.sprites ?? []) drawSprite(this, sprite);
    return this.pixels;
  }

  #touch(at, touched) {
    if (this.mark[at] === this.frame) return;
    this.mark[at] = this.frame;
    const lights = this.place.lights.length;
    this.lit.fill(1, at * lights, (at + 1) * lights);
    this.open[at] = 1;
    this.added.fill(0, at * 3, at * 3 + 3);
    touched.push(at);
  }

  /** The world point seen at every pixel, three floats each. */
  #everyPoint() {
    const { eye, width, height } = this.camera;
    const places = new Float32Array(width * height * 3);
    for (let at = 0; at < width * height; at += 1) {
      const d = this.camera.ray((at % width) + 0.5, Math.floor(at / width) + 0.5);
      const t = Math.min(1_000, this.buffers.distance[at]);
      for (let c = 0; c < 3; c += 1) places[at * 3 + c] = eye[c] + d[c] * t;
    }
    return places;
  }

  /** Darkens what an actor's capsules keep light from. */
  #shade({ bounds, capsules, ground = 0 }, touched) {
    const { lights } = this.place;
    const points = corners(bounds, 0.35);
    for (const light of lights) points.push(...shadowPoints(light, bounds, ground));
    const rectangle = this.camera.rectangle(points, 2);
    if (rectangle === undefined) return;
    const { distance, share, normal } = this.buffers;
    const width = this.camera.width;
    const visible = new Float32Array(lights.length);
    const hull = hullOf(bounds);
    for (let y = rectangle[1]; y <= rectangle[3]; y += 1) {
      for (let x = rectangle[0]; x <= rectangle[2]; x += 1) {
        const at = y * width + x;
        if (distance[at] > 200) continue;
        const p = this.places.subarray(at * 3, at * 3 + 3);
        if (!this.#isNear(p, hull, at)) continue;
        const n = normal.subarray(at * 3, at * 3 + 3);
        let closed = 1;
        for (const capsule of capsules) closed *= 1 - capsuleOcclusion(p, n, capsule);
        let most = closed;
        for (let l = 0; l < lights.length; l += 1) {
          visible[l] = share[at * lights.length + l] < 0.06 ? 1 : seenPast(lights[l], p, capsules);
          if (visible[l] < most) most = visible[l];
        }
        if (most > 0.985) continue;
        this.#touch(at, touched);
        this.open[at] *= closed;
        for (let l = 0; l < lights.length; l += 1) this.lit[at * lights.length + l] *= visible[l];
      }
    }
  }

  /** False where neither the body is near nor its hull between the point and a light that counts there. */
  #isNear(p, hull, at) {
    const [a, b, radius] = hull;
    const apart = Math.hypot(p[0] - a[0], p[2] - a[2]) - radius;
    if (apart < 0.6 && p[1] < b[1] + 0.5) return true;
    const { lights } = this.place;
    if (apart > 9) return false;
    for (let l = 0; l < lights.length; l += 1) {
      if (this.buffers.share[at * lights.length + l] < 0.06) continue;
      if (seenPast(lights[l], p, [hull]) < 1) return true;
    }
    return false;
  }

  /** Adds a moving lamp's pool of light. */
  #shine({ at: from, aim, range, colour, inner, outer }, touched) {
    const spreadAt = range * Math.tan(Math.acos(outer));
    const end = [0, 1, 2].map((c) => from[c] + aim[c] * range);
    const points = [from, end];
    for (const [a, b] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) points.push([end[0] + a * spreadAt, 0, end[2] + b * spreadAt]);
    const rectangle = this.camera.rectangle(points, 2);
    if (rectangle === undefined) return;
    const { distance, normal, albedo } = this.buffers;
    for (let y = rectangle[1]; y <= rectangle[3]; y += 1) {
      for (let x = rectangle[0]; x <= rectangle[2]; x += 1) {
        const at = y * this.camera.width + x;
        if (distance[at] > 200) continue;
        const p = this.places.subarray(at * 3, at * 3 + 3);
        const v = [p[0] - from[0], p[1] - from[1], p[2] - from[2]];
        const length = Math.hypot(v[0], v[1], v[2]);
        const cone = smooth(outer, inner, dot(v, aim) / length);
        if (cone <= 0 || length > range) continue;
        const n = normal.subarray(at * 3, at * 3 + 3);
        const facing = Math.max(0, -dot(n, v) / length) + 0.04;
        const strength = (cone * facing * (1 - length / range)) / (1 + length * length * 0.08);
        if (strength < 1e-3) continue;
        this.#touch(at, touched);
        for (let c = 0; c < 3; c += 1) this.added[at * 3 + c] += albedo[at * 3 + c] * colour[c] * strength;
      }
    }
  } // prettier-ignore

  #develop(touched) {
    const { radiance, share } = this.buffers;
    const lights = this.place.lights.length;
    for (const at of touched) {
      let direct = 0;
      let all = 0;
      for (let l = 0; l < lights; l += 1) {
        direct += share[at * lights + l] * this.lit[at * lights + l];
        all += share[at * lights + l];
      }
      const k = direct + (1 - all) * this.open[at];
      const [r, g, b] = [0, 1, 2].map((c) => radiance[at * 3 + c] * k + this.added[at * 3 + c]);
      this.film.expose(this.pixels, at, r, g, b);
    }
  }

  /** Draws an actor's shapes, four samples a pixel, where nothing static is nearer. */
  #body(actor) {
    const kept = this.kept.get(actor.key);
    if (kept !== undefined) {
      this.#again(kept);
      return;
    }
    const rectangle = this.camera.rectangle(corners(actor.bounds, 0.03), 1);
    if (rectangle === undefined) return;
    const drawn = [];
    const { camera, buffers, pixels, film } = this;
    const local = localFrame(actor.pose);
    const origin = local.point(camera.eye);
    const scratch = Buffer.alloc(3);
    const offsets = camera.height > 500 ? samplesOfLarge : samplesOfSmall;
    for (let y = rectangle[1]; y <= rectangle[3]; y += 1) {
      for (let x = rectangle[0]; x <= rectangle[2]; x += 1) {
        const at = y * camera.width + x;
        const limit = buffers.distance[at] + 0.05;
        let hits = 0;
        const sum = [0, 0, 0];
        const known = new Map();
        for (const [dx, dy] of offsets) {
          const d = camera.ray(x + dx, y + dy);
          const seen = this.#lookAtBody(actor, local, origin, d, limit, known);
          if (seen === undefined) continue;
          hits += 1;
          for (let c = 0; c < 3; c += 1) sum[c] += seen[c];
        }
        if (hits === 0) continue;
        const behind = pixels.subarray(at * 3, at * 3 + 3);
        scratch.set(behind);
        film.expose(pixels, at, sum[0] / hits, sum[1] / hits, sum[2] / hits);
        const cover = hits / offsets.length;
        drawn.push(at, pixels[at * 3], pixels[at * 3 + 1], pixels[at * 3 + 2], cover);
        if (cover < 1)
          for (let c = 0; c < 3; c += 1)
            pixels[at * 3 + c] = pixels[at * 3 + c] * cover + scratch[c] * (1 - cover);
      }
    }
    if (actor.key !== undefined) this.kept.set(actor.key, Float32Array.from(drawn));
  }

  /** Draws a body that stands as it stood before (it has the same key). */
  #again(kept) {
    for (let index = 0; index < kept.length; index += 5) {
      const at = kept[index] * 3;
      const cover = kept[index + 4];
      for (let c = 0; c < 3; c += 1)
        this.pixels[at + c] = kept[index + 1 + c] * cover + this.pixels[at + c] * (1 - cover);
    }
  }

  #lookAtBody(actor, local, origin, d, limit, known) {
    const [dx, dy, dz] = local.direction(d);
    if (
      actor.shell !== undefined &&
      actor.shell.hit(origin[0], origin[1], origin[2], dx, dy, dz) === Infinity
    )
      return undefined;
    let best = limit;
    let shape;
    for (const one of actor.shapes) {
      const t = one.hit(origin[0], origin[1], origin[2], dx, dy, dz);
      if (t < best) {
        best = t;
        shape = one;
      }
    }
    if (shape === undefined) return undefined;
    const before = known.get(shape);
    if (before !== undefined) return before;
    const q = [origin[0] + dx * best, origin[1] + dy * best, origin[2] + dz * best];
    const m = shape.normalAt(q);
    const n = local.back(dot(m, [dx, dy, dz]) > 0 ? [-m[0], -m[1], -m[2]] : m);
    const { eye } = this.camera;
    const p = [eye[0] + d[0] * best, eye[1] + d[1] * best, eye[2] + d[2] * best];
    const { material } = shape;
    const colour = material.colour(q, m);
    const seen = material.emission?.(q, m).slice() ?? [0, 0, 0];
    const { lights, ambient, world, sky, haze } = this.place;
    const above = [p[0] + n[0] * 0.02, p[1] + n[1] * 0.02, p[2] + n[2] * 0.02];
    for (const light of lights) {
      const { d: l, distance, strength } = towards(light, above, centre);
      const cosine = dot(n, l);
      if (cosine <= 0 || strength <= 1e-4 || world.isBlocked(above, l, distance - 0.05)) continue;
      for (let c = 0; c < 3; c += 1) seen[c] += colour[c] * light.colour[c] * cosine * strength;
    }
    const low = 0.55 + 0.45 * Math.min(1, Math.max(0, p[1]) / 0.6);
    for (let c = 0; c < 3; c += 1)
      seen[c] +=
        colour[c] * low * (ambient.up[c] * (0.5 + 0.5 * n[1]) + ambient.down[c] * (0.5 - 0.5 * n[1]));
    if (material.gloss !== undefined) {
      const into = -dot(n, d);
      const share = material.gloss * (0.05 + 0.95 * (1 - Math.max(0, into)) ** 5);
      const mirrored = unit([d[0] + 2 * into * n[0], d[1] + 2 * into * n[1], d[2] + 2 * into * n[2]]);
      const light = mirrored[1] > 0 ? sky(mirrored) : ambient.down;
      for (let c = 0; c < 3; c += 1) seen[c] += share * light[c];
    }
    if (haze !== undefined) {
      const clear = Math.exp(-best * haze.perMetre);
      for (let c = 0; c < 3; c += 1) seen[c] = seen[c] * clear + haze.colour[c] * (1 - clear);
    }
    known.set(shape, seen);
    return seen;
  }
}
