// From radiance to what a camera's sensor and processor make of it.

const steps = 8_192;

export class Film {
  /** @param look { exposure, tint, saturation, vignette, grain, mono } */
  constructor(look, width, height) {
    this.look = { exposure: 1, tint: [1, 1, 1], saturation: 1, vignette: 0.35, grain: 1.4, ...look };
    this.curve = new Float32Array(steps);
    for (let index = 0; index < steps; index += 1) {
      const x = (index / steps) * 4;
      // A soft shoulder, then the display's gamma with a slightly lifted black.
      const film = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
      this.curve[index] = 12 + 236 * Math.min(1, film) ** (1 / 2.2);
    }
    const count = width * height;
    this.vignette = new Float32Array(count);
    this.grain = new Float32Array(count);
    let state = 12_345;
    for (let at = 0; at < count; at += 1) {
      const x = ((at % width) / width - 0.5) * 2;
      const y = (Math.floor(at / width) / height - 0.5) * 2 * 0.8;
      this.vignette[at] = 1 - this.look.vignette * Math.min(1, (x * x + y * y) / 1.64) ** 1.4;
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      this.grain[at] = ((state >>> 8) / 16_777_216 - 0.5) * 2 * this.look.grain;
    }
  }

  /** Writes one pixel. */
  expose(pixels, at, r, g, b) {
    const { exposure, tint, saturation, mono } = this.look;
    const gain = exposure * this.vignette[at];
    const grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const grain = this.grain[at];
    if (mono === true) {
      const value = this.#develop(grey * gain) + grain;
      pixels.fill(Math.max(0, Math.min(255, value)), at * 3, at * 3 + 3);
      return;
    }
    pixels[at * 3] = clamp(this.#develop((grey + (r - grey) * saturation) * gain * tint[0]) + grain);
    pixels[at * 3 + 1] = clamp(this.#develop((grey + (g - grey) * saturation) * gain * tint[1]) + grain);
    pixels[at * 3 + 2] = clamp(this.#develop((grey + (b - grey) * saturation) * gain * tint[2]) + grain);
  }

  #develop(value) {
    const index = (value * steps) / 4;
    return this.curve[index <= 0 ? 0 : index >= steps - 1 ? steps - 1 : Math.floor(index)];
  }
}

const clamp = (value) => Math.max(0, Math.min(255, Math.round(value)));
