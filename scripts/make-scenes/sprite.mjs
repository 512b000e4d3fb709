// Light that is seen rather than cast.

/** A small bright thing and its halo: an LED, a lamp that faces the camera. */
export function drawSprite({ camera, buffers, film, pixels }, { at: p, radius, colour }) {
  const middle = camera.project(p);
  if (middle === undefined) return;
  const away = Math.hypot(p[0] - camera.eye[0], p[1] - camera.eye[1], p[2] - camera.eye[2]);
  const reach = Math.max(0.8, radius / away / camera.scale);
  const [cx, cy] = [Math.round(middle[0]), Math.round(middle[1])];
  if (cx < 0 || cy < 0 || cx >= camera.width || cy >= camera.height) return;
  if (buffers.distance[cy * camera.width + cx] < away - 0.25) return;
  const most = Math.ceil(reach * 2.5);
  for (let y = Math.max(0, cy - most); y <= Math.min(camera.height - 1, cy + most); y += 1) {
    for (let x = Math.max(0, cx - most); x <= Math.min(camera.width - 1, cx + most); x += 1) {
      const gain = Math.exp(-((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / (reach * reach)) * 255;
      const at = (y * camera.width + x) * 3;
      if (gain < 2) continue;
      const tint = film.look.mono === true ? [1, 1, 1].map(() => Math.max(...colour)) : colour;
      for (let c = 0; c < 3; c += 1) pixels[at + c] = Math.min(255, pixels[at + c] + gain * tint[c]);
    }
  }
}
