// placeholder painter for the first landing
const paint = (hue) => (width, height) => ({
  draw(t) {
    const pixels = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y += 1) {
      const v = y / height;
      for (let x = 0; x < width; x += 1) {
        const at = (y * width + x) * 3;
        const l = v < 0.4 ? 60 + 60 * v : 70 + 90 * (v - 0.4);
        pixels[at] = l * hue[0];
        pixels[at + 1] = l * hue[1];
        pixels[at + 2] = l * hue[2];
      }
    }
    const person = (u, depth, shade) => {
      const h = height * (0.1 + 0.3 * depth),
        w = h * 0.3,
        x0 = Math.round(u * (width + w) - w),
        y0 = Math.round(height * (0.35 + 0.4 * depth));
      for (let y = y0; y < Math.min(height, y0 + h); y += 1)
        for (let x = Math.max(0, x0); x < Math.min(width, x0 + w); x += 1)
          pixels.fill(shade, (y * width + x) * 3, (y * width + x) * 3 + 3);
    };
    person((t / 20) % 1, 0.5, 40);
    person(1 - ((t / 12) % 1), 0.8, 140);
    return pixels;
  },
});
const scene = (title, phaseMs, hue, more = {}) => ({
  title,
  phaseMs,
  open: paint(hue),
  main: { quality: 27 },
  sub: { quality: 27 },
  ...more,
});
export const scenes = {
  gate: scene("GATE NORTH", 0, [1, 1, 0.95], {
    sound: { codec: "pcmu", stepsAt: [2, 2.6, 3.2, 3.8, 11, 11.6, 12.2], humHz: 50 },
  }),
  lobby: scene("LOBBY", 258, [1, 0.95, 0.85], {
    sound: { codec: "aac", stepsAt: [4, 4.6, 5.2, 14, 14.6], humHz: 50 },
  }),
  "car-park": scene("CAR PARK P1", 517, [0.9, 0.95, 1], { main: { quality: 27, bFrames: 2 } }),
  "loading-bay": scene("LOADING BAY", 1034, [0.9, 0.95, 1], { main: { quality: 27, codec: "h265" } }),
};
