// Smooths the grain that few samples leave, where neighbours are the same surface in nearly the same light.

/** Filters `radiance` (3 floats a pixel) in place; edges, textures and shadows' outlines stay. */
export function denoise(
  { radiance, normal, albedo, distance },
  width,
  height,
  { reach = 3, tolerance = 0.22 } = {},
) {
  const source = radiance.slice();
  const log = new Float32Array(width * height);
  for (let at = 0; at < log.length; at += 1) {
    const grey = 0.2126 * source[at * 3] + 0.7152 * source[at * 3 + 1] + 0.0722 * source[at * 3 + 2];
    log[at] = Math.log(grey + 1e-3);
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (distance[at] === Infinity) continue;
      let [sum, r, g, b] = [0, 0, 0, 0];
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v += 1) {
        for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u += 1) {
          const other = v * width + u;
          const apart = Math.abs(log[other] - log[at]) / tolerance;
          if (apart > 2) continue;
          const turned =
            normal[at * 3] * normal[other * 3] +
            normal[at * 3 + 1] * normal[other * 3 + 1] +
            normal[at * 3 + 2] * normal[other * 3 + 2];
          if (turned < 0.9) continue;
          const tint = Math.abs(albedo[other * 3 + 1] - albedo[at * 3 + 1]) / (albedo[at * 3 + 1] + 0.01);
          if (tint > 0.12) continue;
          const weight = Math.exp(-apart * apart);
          sum += weight;
          r += weight * source[other * 3];
          g += weight * source[other * 3 + 1];
          b += weight * source[other * 3 + 2];
        }
      }
      if (sum > 0) radiance.set([r / sum, g / sum, b / sum], at * 3);
    }
  }
}
