// Ambient sound: a mains hum, moving air, steps now and then. Loops without a click.

/**
 * @param seconds length of the loop; steps and hum fit a whole number of times
 * @returns {Int16Array}
 */
export function ambientSound({ seconds, sampleRate, stepsAt, humHz }) {
  const count = Math.round(seconds * sampleRate);
  const samples = new Float64Array(count);
  const random = seeded(7);
  const air = airNoise(count, random);
  for (let index = 0; index < count; index += 1) {
    const t = index / sampleRate;
    const hum = Math.sin(2 * Math.PI * humHz * t) + 0.4 * Math.sin(4 * Math.PI * humHz * t);
    const breath = 0.7 + 0.3 * Math.sin((2 * Math.PI * t * 2) / seconds);
    samples[index] = 0.012 * hum + 0.02 * breath * air[index];
  }
  for (const [place, at] of stepsAt.entries())
    addStep(samples, Math.round(at * sampleRate), sampleRate, place % 2, random);
  return Int16Array.from(samples, (value) => Math.max(-1, Math.min(1, value)) * 32_767);
}

/** A heel, then the sole: two short low knocks with a bit of grit. */
function addStep(samples, start, sampleRate, foot, random) {
  for (const [delay, gain, hz] of [[0, 0.16, 95 + foot * 12], [0.07, 0.07, 150 + foot * 15]]) {
    const from = start + Math.round(delay * sampleRate);
    for (let index = 0; index < sampleRate * 0.12; index += 1) {
      const t = index / sampleRate;
      const knock = Math.sin(2 * Math.PI * hz * t) + 0.35 * (random() * 2 - 1);
      samples[(from + index) % samples.length] += gain * Math.exp(-t * 45) * knock;
    }
  }
} // prettier-ignore

/** Low-passed noise whose end runs into its beginning. */
function airNoise(count, random) {
  const white = Float64Array.from({ length: count }, () => random() * 2 - 1);
  const out = new Float64Array(count);
  let value = 0;
  for (let index = 0; index < count * 2; index += 1) {
    value += (white[index % count] - value) * 0.06;
    if (index >= count) out[index - count] = value * 4;
  }
  return out;
}

/** A small repeatable generator (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
