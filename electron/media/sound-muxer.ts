import type { AudioTrack } from "../drivers/fmp4/audio-config.ts";
import { FlacWriter } from "../drivers/fmp4/flac-frame.ts";
import { writeFragment } from "../drivers/fmp4/fragment.ts";
import { audioTrackId } from "../drivers/fmp4/init-segment.ts";
import type { AudioFrame } from "../drivers/rtp/audio-depacketizer.ts";
import { AudioTimeline, type SoundPlace } from "./audio-timeline.ts";
import type { StreamFragment } from "./fragment-stream.ts";

export interface SoundMuxerDeps {
  readonly track: AudioTrack;
  /** G.711 is rewritten as FLAC; AAC goes as it is. */
  readonly law: "mu" | "a" | undefined;
  readonly onFragment: (fragment: Omit<StreamFragment, "epoch">) => void;
}

/** Sound frames → one fMP4 fragment each. */
export class SoundMuxer {
  readonly #deps: SoundMuxerDeps;
  readonly #flac: FlacWriter | undefined;
  readonly #timeline: AudioTimeline;
  #samples = 0;
  #sequence = 0;

  constructor(deps: SoundMuxerDeps) {
    this.#deps = deps;
    this.#flac = deps.law && new FlacWriter(deps.law);
    this.#timeline = new AudioTimeline(deps.track.sampleRate);
  }

  push(frame: AudioFrame, arrivalMs: number, utcMs: number, place: SoundPlace): void {
    const decodeTime = this.#timeline.next(frame.timestamp, frame.samples, arrivalMs, place);
    if (decodeTime === undefined) return;
    const bytes = this.#flac ? this.#flac.frame(frame.bytes, this.#samples) : frame.bytes;
    this.#samples += frame.samples;
    this.#sequence += 1;
    const { sampleRate } = this.#deps.track;
    const sample = { bytes, duration: frame.samples, compositionOffset: 0, isSync: true };
    this.#deps.onFragment({
      track: "audio",
      bytes: writeFragment(this.#sequence, { trackId: audioTrackId, decodeTime, samples: [sample] }),
      isKeyframe: false,
      presentationS: decodeTime / sampleRate,
      durationS: frame.samples / sampleRate,
      capturedAt: utcMs,
    });
  }
}
