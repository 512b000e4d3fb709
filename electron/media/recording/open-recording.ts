import { writeKeyIndex, type KeyEntry } from "../../drivers/recording-file/key-index.ts";
import { referenceTimeBytes, writeReferenceTime } from "../../drivers/recording-file/reference-time.ts";
import type { StreamFragment } from "../fragment-stream.ts";
import type { FileWriter } from "./file-writer.ts";

export interface OpenRecordingDeps {
  readonly writer: Pick<FileWriter, "append" | "close" | "giveUpWhenLate">;
  readonly init: Uint8Array;
  /** The keyframe it begins with; `add` it as well. */
  readonly first: StreamFragment;
}

/** With the frame that fills it a batch is at most this long: what a crash costs. */
const batchS = 0.45;
const oldBatchMs = 500;
const ticksPerS = 90_000;

/** The file a stream is being recorded to: gathers fragments into batches and keeps the index of keyframes. */
export class OpenRecording {
  /** Below the storage root; known when its first batch is written. */
  path = "";
  readonly #deps: OpenRecordingDeps;
  readonly #keys: KeyEntry[] = [];
  #batch: Uint8Array[] = [];
  #batchStartS = 0;
  #batchStartMs = 0;
  #bytes = 0;
  #endS: number;
  #endAt: number;
  #hasReference = false;
  /** Its writer gave up. */
  hasFailed = false;
  /** What is on the disk for certain. */
  written: { readonly bytes: number; readonly endAt: number } | undefined;

  constructor(deps: OpenRecordingDeps) {
    this.#deps = deps;
    this.#endS = deps.first.presentationS;
    this.#endAt = Math.round(deps.first.capturedAt);
    this.#push(deps.init);
  }

  /** Bytes taken so far, written or not. */
  get bytes(): number {
    return this.#bytes;
  }
  get endAt(): number {
    return this.#endAt;
  }

  /** How much was recorded when this fragment comes. */
  lengthS(fragment: StreamFragment): number {
    return fragment.presentationS - this.#deps.first.presentationS;
  }

  /** How far the capture time moved against the media timeline since the last picture, ms. */
  clockErrorMs(fragment: StreamFragment): number {
    return fragment.capturedAt - this.#endAt - (fragment.presentationS - this.#endS) * 1000;
  }

  add(fragment: StreamFragment, nowMs: number): void {
    const isVideo = fragment.track === "video";
    if (fragment.isKeyframe) this.#flush();
    // Every batch, and every group of pictures, begins with the time of its first picture.
    if (isVideo && !this.#hasReference) {
      const ticks = Math.round(fragment.presentationS * ticksPerS);
      const capturedAt = Math.round(fragment.capturedAt);
      const offset = this.#bytes;
      this.#push(writeReferenceTime({ ticks, capturedAt }));
      this.#hasReference = true;
      this.#batchStartS = fragment.presentationS;
      this.#batchStartMs = nowMs;
      if (fragment.isKeyframe) {
        this.#keys.push({ offset, keyBytes: referenceTimeBytes + fragment.bytes.length, ticks, capturedAt });
      }
    }
    this.#push(fragment.bytes);
    if (!isVideo) return;
    this.#endS = Math.max(this.#endS, fragment.presentationS + fragment.durationS);
    this.#endAt = Math.max(this.#endAt, Math.round(fragment.capturedAt + fragment.durationS * 1000));
    if (this.#endS - this.#batchStartS >= batchS) this.#flush();
  }

  /** Writes a batch that no further picture fills; gives up on a disk that does not take what waits. */
  flushOld(nowMs: number): void {
    this.#deps.writer.giveUpWhenLate();
    if (this.#hasReference && nowMs - this.#batchStartMs >= oldBatchMs) this.#flush();
  }

  /** Writes what is left and the index; resolves when the file is let go. */
  async close(): Promise<void> {
    this.#flush();
    const endTicks = Math.round(this.#endS * ticksPerS);
    const index = { keys: this.#keys, endOffset: this.#bytes, endTicks, endAt: this.#endAt };
    const isUsable = !this.hasFailed && this.#keys.length > 0;
    await this.#deps.writer.close(isUsable ? writeKeyIndex(index) : undefined, this.#endAt);
  }

  #push(bytes: Uint8Array): void {
    this.#batch.push(bytes);
    this.#bytes += bytes.length;
  }

  #flush(): void {
    this.#hasReference = false;
    if (this.#keys.length === 0 || this.#batch.length === 0) return;
    this.#deps.writer.append(this.#batch, this.#endAt);
    this.#batch = [];
  }
}
