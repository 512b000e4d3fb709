import type { AudioTrack } from "../drivers/fmp4/audio-config.ts";
import { DecodeOrder } from "../drivers/fmp4/decode-order.ts";
import { writeFragment } from "../drivers/fmp4/fragment.ts";
import { videoTimescale, videoTrackId, writeInitSegment } from "../drivers/fmp4/init-segment.ts";
import { describeVideo, type VideoTrack } from "../drivers/fmp4/video-config.ts";
import type { ParameterSets } from "../drivers/rtp/parameter-sets.ts";
import type { AccessUnit } from "../drivers/rtp/video-depacketizer.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";

export interface PictureMuxerDeps {
  readonly codec: "H264" | "H265";
  readonly sets: ParameterSets;
  readonly audio: AudioTrack | undefined;
  /** Number of the next epoch; epochs go on over connections. */
  readonly nextEpoch: () => number;
  /** Frames that may be reordered, as known from earlier connections. */
  readonly reorderDepth: number;
  readonly onEpoch: (epoch: StreamEpoch) => void;
  readonly onFragment: (fragment: StreamFragment) => void;
}

/** When a picture was captured, came, and by the device's own clock. */
type PictureTimes = Pick<StreamFragment, "capturedAt" | "arrivedAt" | "deviceAt">;

const usualStep = videoTimescale / 15;
const longestStep = videoTimescale * 2;

/**
 * Pictures → one fMP4 fragment each, and a new epoch wherever the parameter sets change.
 *
 * A fragment leaves at once, before the next picture is known: its stated duration is the distance of
 * the pictures before it.
 */
export class PictureMuxer {
  readonly #deps: PictureMuxerDeps;
  #order: DecodeOrder | undefined;
  #epoch = 0;
  #track: VideoTrack | undefined;
  #version = -1;
  #learnedDepth: number;
  #previous: number | undefined;
  #step = usualStep;
  #sequence = 0;

  constructor(deps: PictureMuxerDeps) {
    this.#deps = deps;
    this.#learnedDepth = deps.reorderDepth;
  }

  /** The reorder depth found out so far. */
  get reorderDepth(): number {
    return this.#learnedDepth;
  }

  get track(): VideoTrack | undefined {
    return this.#track;
  }

  /**
   * Takes the next picture in decoding order; false: wait for a keyframe before the next one.
   *
   * @param presentation 90 kHz ticks of the media timeline.
   * @throws NalError or Fmp4Error when the parameter sets cannot be used.
   */
  push(unit: AccessUnit, presentation: number, times: PictureTimes): boolean {
    const { sets } = this.#deps;
    if (unit.isKeyframe && (this.#order === undefined || sets.version !== this.#version)) {
      if (!this.#begin()) return false;
    }
    const order = this.#order;
    if (order === undefined || sets.version !== this.#version) return false;
    const ordered = order.next(presentation, this.#step);
    if (ordered.kind === "deeper") {
      this.#learnedDepth = ordered.depth;
      this.#order = undefined;
      return false;
    }
    this.#measureStep(ordered.decodeTime);
    this.#sequence += 1;
    // Room in front for the decoding times of reordered streams, which begin before the first picture.
    const decodeTime = Math.max(0, ordered.decodeTime);
    const sample = {
      bytes: unit.bytes,
      duration: this.#step,
      compositionOffset: presentation - decodeTime,
      isSync: unit.isKeyframe,
    };
    this.#deps.onFragment({
      track: "video",
      epoch: this.#epoch,
      bytes: writeFragment(this.#sequence, { trackId: videoTrackId, decodeTime, samples: [sample] }),
      isKeyframe: unit.isKeyframe,
      presentationS: presentation / videoTimescale,
      durationS: this.#step / videoTimescale,
      ...times,
    });
    return true;
  }

  #begin(): boolean {
    const { sets, audio, codec } = this.#deps;
    const active = sets.sequenceSet;
    if (active === undefined || !sets.isComplete) return false;
    const track = describeVideo({
      codec,
      videoSets: sets.of("video-set"),
      sequenceSets: sets.of("sequence-set"),
      pictureSets: sets.of("picture-set"),
      activeSequenceSet: active,
    });
    this.#track = track;
    this.#version = sets.version;
    this.#epoch = this.#deps.nextEpoch();
    if (track.format.fps !== undefined && this.#sequence === 0) {
      this.#step = Math.min(longestStep, Math.round(videoTimescale / track.format.fps));
    }
    const depth = Math.max(track.format.reorderFrames ?? 0, this.#learnedDepth);
    this.#order = new DecodeOrder(depth, this.#step);
    this.#previous = undefined;
    this.#deps.onEpoch({
      epoch: this.#epoch,
      videoInit: writeInitSegment(track, undefined),
      videoCodecs: track.codecString,
      soundInit: audio && writeInitSegment(track, audio),
      soundCodecs: audio && `${track.codecString},${audio.codecString}`,
      width: track.format.width,
      height: track.format.height,
      fps: track.format.fps ?? 0,
    });
    return true;
  }

  /** Distance of pictures by decoding time: follows quickly, but a single outlier does not take over. */
  #measureStep(decodeTime: number): void {
    const previous = this.#previous;
    this.#previous = decodeTime;
    if (previous === undefined || decodeTime <= previous) return;
    const distance = Math.min(longestStep, decodeTime - previous);
    const bounded = Math.min(distance, this.#step * 2);
    this.#step = Math.max(1, Math.round(this.#step + (bounded - this.#step) / 4));
  }
}
