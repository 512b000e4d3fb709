// Traces the static picture once: radiance, the share each lamp has in it, and what lies at each pixel.
import { unit } from "./camera.mjs";
import { towards } from "./light.mjs";

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const luminance = (c) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];

/** The radical inverse of `index`: evenly spread numbers in 0 … 1. */
function spread(index, base) {
  let result = 0;
  let digit = 1 / base;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    result += (rest % base) * digit;
    digit /= base;
  }
  return result;
}

function pixelHash(x, y) {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/**
 * @param place { world, lights, sky(d) → radiance, bounce: mean radiance of lit surfaces per albedo, ambient }
 * @returns buffers of width × height: radiance (3), share (one a light), albedo (3), normal (3), distance
 */
export function bake(place, camera, { samples = 2, lampRays = 3, skyRays = 3 } = {}) {
  const { width, height } = camera;
  const count = width * height;
  const lights = place.lights.length;
  const out = {
    radiance: new Float32Array(count * 3),
    share: new Float32Array(count * lights),
    albedo: new Float32Array(count * 3),
    normal: new Float32Array(count * 3),
    distance: new Float32Array(count).fill(Infinity),
  };
  const perLight = new Float64Array(lights);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const turn = pixelHash(x, y);
      perLight.fill(0);
      let total = 0;
      for (let sample = 0; sample < samples; sample += 1) {
        const d = camera.ray(x + spread(sample + 1, 2), y + spread(sample + 1, 3));
        const seen = look(place, camera.eye, d, {
          turn,
          first: sample,
          of: samples,
          lampRays,
          skyRays,
          perLight,
        });
        for (let c = 0; c < 3; c += 1) out.radiance[at * 3 + c] += seen[c] / samples;
        total += luminance(seen);
      }
      for (let l = 0; l < lights; l += 1) out.share[at * lights + l] = total > 0 ? perLight[l] / total : 0;
      const d = camera.ray(x + 0.5, y + 0.5);
      const hit = place.world.nearest(camera.eye, d);
      if (hit === undefined) continue;
      const p = along(camera.eye, d, hit.t);
      const n = facing(hit.shape.normalAt(p), d);
      out.distance[at] = hit.t;
      out.albedo.set(hit.shape.material.colour(p, n), at * 3);
      out.normal.set(n, at * 3);
    }
  }
  return out;
}

const along = (o, d, t) => [o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t];
const facing = (n, d) => (dot(n, d) > 0 ? [-n[0], -n[1], -n[2]] : n);

function look(place, eye, d, job) {
  const hit = place.world.nearest(eye, d);
  if (hit === undefined) return place.sky(d);
  const p = along(eye, d, hit.t);
  const n = facing(hit.shape.normalAt(p), d);
  const material = hit.shape.material;
  const colour = material.colour(p, n);
  const above = along(p, n, 2e-3);
  const seen = material.emission?.(p, n).slice() ?? [0, 0, 0];
  for (const [l, light] of place.lights.entries()) {
    const arriving = direct(place, light, above, n, job, l);
    for (let c = 0; c < 3; c += 1) seen[c] += colour[c] * light.colour[c] * arriving;
    job.perLight[l] += luminance([0, 1, 2].map((c) => colour[c] * light.colour[c])) * arriving;
  }
  const around = ambient(place, above, n, job);
  for (let c = 0; c < 3; c += 1) seen[c] += colour[c] * around[c];
  if (material.gloss !== undefined) addReflection(place, seen, above, n, d, material, job);
  return place.haze === undefined ? seen : hazed(place.haze, seen, hit.t);
}

function hazed({ colour, perMetre }, seen, distance) {
  const clear = Math.exp(-distance * perMetre);
  return seen.map((value, c) => value * clear + colour[c] * (1 - clear));
}

function direct(place, light, p, n, { turn, first, of, lampRays }, l) {
  let sum = 0;
  for (let ray = 0; ray < lampRays; ray += 1) {
    const index = 1 + ray * of + first + l * 7;
    const jitter = [((spread(index, 2) + turn) % 1) - 0.5, ((spread(index, 3) + turn * 7.3) % 1) - 0.5];
    const { d, distance, strength } = towards(light, p, jitter);
    const cosine = dot(n, d);
    if (cosine <= 0 || strength <= 0) continue;
    if (!place.world.isBlocked(p, d, distance - 0.02)) sum += cosine * strength;
  }
  return sum / lampRays;
}

/** Light from the sky and from other surfaces, which bounce what the place has on average. */
function ambient(place, p, n, { turn, first, of, skyRays }) {
  const sum = [0, 0, 0];
  const side = Math.abs(n[1]) < 0.9 ? unit([n[2], 0, -n[0]]) : [1, 0, 0];
  const other = [
    n[1] * side[2] - n[2] * side[1],
    n[2] * side[0] - n[0] * side[2],
    n[0] * side[1] - n[1] * side[0],
  ];
  for (let ray = 0; ray < skyRays; ray += 1) {
    const index = 1 + ray * of + first;
    const r = Math.sqrt((spread(index, 2) + turn) % 1);
    const angle = 2 * Math.PI * ((spread(index, 3) + turn * 5.1) % 1);
    const [a, b, c] = [r * Math.cos(angle), r * Math.sin(angle), Math.sqrt(1 - r * r)];
    const d = [0, 1, 2].map((i) => a * side[i] + b * other[i] + c * n[i]);
    const hit = place.world.nearest(p, d, 40);
    const light = hit === undefined ? place.sky(d, true) : bounced(place, p, d, hit);
    for (let i = 0; i < 3; i += 1) sum[i] += light[i] / skyRays;
  }
  return sum;
}

function bounced(place, o, d, hit) {
  const p = along(o, d, hit.t);
  const n = facing(hit.shape.normalAt(p), d);
  const { material } = hit.shape;
  const glowing = material.emission?.(p, n);
  if (glowing !== undefined) return glowing.map((value) => Math.min(1.2, value));
  const colour = material.colour(p, n);
  const open = 0.35 + 0.65 * Math.min(1, hit.t / 2.5);
  return colour.map((value, c) => value * place.bounce[c] * open);
}

function addReflection(place, seen, p, n, d, { gloss, blur = 0.03 }, { turn, first, of }) {
  const into = -dot(n, d);
  const share = gloss * (0.05 + 0.95 * (1 - into) ** 5);
  const rays = 2;
  for (let ray = 0; ray < rays; ray += 1) {
    const index = 1 + ray * of + first;
    const j = [0, 1, 2].map(
      (i) => (((spread(index, [2, 3, 5][i]) + turn * (i * 3.7 + 1)) % 1) - 0.5) * blur * 2,
    );
    const mirrored = unit([0, 1, 2].map((i) => d[i] + 2 * into * n[i] + j[i]));
    const hit = place.world.nearest(p, mirrored, 60);
    let light;
    if (hit === undefined) light = place.sky(mirrored);
    else {
      const at = along(p, mirrored, hit.t);
      const normal = facing(hit.shape.normalAt(at), mirrored);
      const emission = hit.shape.material.emission?.(at, normal);
      light = emission ?? hit.shape.material.colour(at, normal).map((value, c) => value * place.bounce[c]);
    }
    for (let c = 0; c < 3; c += 1) seen[c] += (share * light[c]) / rays;
  }
}

/** The same buffers at half the width and height. */
export function halved(buffers, width, height, lights) {
  const [w, h] = [width / 2, height / 2];
  const mean = (source, depth) => {
    const out = new Float32Array(w * h * depth);
    for (let y = 0; y < h; y += 1) {
      for (let x = 0; x < w; x += 1) {
        for (let c = 0; c < depth; c += 1) {
          let sum = 0;
          for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) sum += source[((y * 2 + dy) * width + x * 2 + dx) * depth + c];
          out[(y * w + x) * depth + c] = sum / 4;
        }
      }
    }
    return out;
  }; // prettier-ignore
  return {
    radiance: mean(buffers.radiance, 3),
    share: mean(buffers.share, lights),
    albedo: mean(buffers.albedo, 3),
    normal: mean(buffers.normal, 3),
    distance: mean(buffers.distance, 1),
  };
}
