import type { Priority } from "../../shared/model/alarm.ts";

/** One note: how high, from when to when (s), after the sound began. */
interface Note {
  readonly hertz: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A sound a priority, told apart by rhythm as well as height (IEC 60601-1-8 has the idea: the more notes, the graver).
 * Between 500 and 1,100 Hz, where small loudspeakers and older ears are good.
 */
export const alarmSounds: Readonly<Record<Priority, readonly Note[]>> = {
  1: [0, 0.18, 0.36, 0.66, 0.84].map((from, index) => ({
    hertz: index % 2 === 0 ? 988 : 784,
    from,
    to: from + 0.14,
  })),
  2: [0, 0.22, 0.44].map((from) => ({ hertz: 784, from, to: from + 0.16 })),
  3: [0, 0.3].map((from) => ({ hertz: 659, from, to: from + 0.18 })),
  4: [{ hertz: 523, from: 0, to: 0.16 }],
};

const loudness = 0.2;
/** A note that starts or stops at once clicks. */
const easeS = 0.012;

/** Plays the sound of a priority through the computer's loudspeaker. */
export class AlarmSounds {
  #context: AudioContext | undefined;

  /** Resolves when it has begun; rejects when this computer plays no sound. */
  async play(priority: Priority): Promise<void> {
    this.#context ??= new AudioContext();
    const context = this.#context;
    await context.resume();
    for (const { hertz, from, to } of alarmSounds[priority]) {
      const begin = context.currentTime + from;
      const end = context.currentTime + to;
      const tone = new OscillatorNode(context, { type: "triangle", frequency: hertz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(loudness, begin + easeS);
      volume.gain.setValueAtTime(loudness, end - easeS);
      volume.gain.linearRampToValueAtTime(0, end);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(end);
    }
  }
}
