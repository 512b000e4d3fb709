import type { StreamEpoch, StreamFragment } from "../fragment-stream.ts";
import type { Viewer } from "../viewer.ts";

/** A group of pictures that is remembered. */
export interface RecentGroup {
  readonly epoch: StreamEpoch;
  readonly fragments: readonly StreamFragment[];
  /** Capture time of its first picture, and where its last one ends; this computer's UTC ms. */
  readonly startAt: number;
  readonly endAt: number;
}

/** How far back is remembered. */
export const rememberedMs = 30_000;
/** A stream above 6 Mbit/s is remembered for less time, not with more memory. */
const maxBytes = 24 * 1024 * 1024;

interface Growing extends RecentGroup {
  readonly fragments: StreamFragment[];
  endAt: number;
  bytes: number;
}

/** The last half minute of one stream's pictures, in whole groups; silent, in memory only. */
export class RecentGroups implements Viewer {
  readonly wantsSound = false;
  readonly #groups: Growing[] = [];
  #epoch: StreamEpoch | undefined;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** Ms between the first and the last remembered picture. */
  get lengthMs(): number {
    return (this.#groups.at(-1)?.endAt ?? 0) - (this.#groups[0]?.startAt ?? 0);
  }

  /** What is remembered now, oldest first; does not change any more. */
  snapshot(): readonly RecentGroup[] {
    return this.#groups.map(({ epoch, fragments, startAt, endAt }) => ({
      epoch,
      fragments: [...fragments],
      startAt,
      endAt,
    }));
  }

  onStatus(): void {}

  onEpoch(epoch: StreamEpoch): void {
    this.#epoch = epoch;
  }

  onFragment(fragment: StreamFragment): void {
    const epoch = this.#epoch;
    if (fragment.track !== "video" || epoch?.epoch !== fragment.epoch) return;
    const endAt = fragment.capturedAt + fragment.durationS * 1_000;
    if (fragment.isKeyframe) {
      // A stream that is taken up again begins with the group of pictures that it had come to.
      if (this.#groups.at(-1)?.fragments[0] === fragment) this.#drop(this.#groups.pop());
      this.#groups.push({ epoch, fragments: [], startAt: fragment.capturedAt, endAt, bytes: 0 });
    }
    const group = this.#groups.at(-1);
    if (group === undefined || group.epoch !== epoch) return;
    group.fragments.push(fragment);
    group.bytes += fragment.bytes.length;
    group.endAt = Math.max(group.endAt, endAt);
    this.#bytes += fragment.bytes.length;
    this.forgetBefore(endAt - rememberedMs);
    while (this.#bytes > maxBytes) this.#drop(this.#groups.shift());
  }

  /** Lets go, in whole groups, what ended at an instant or before. */
  forgetBefore(at: number): void {
    while ((this.#groups[0]?.endAt ?? Number.POSITIVE_INFINITY) <= at) this.#drop(this.#groups.shift());
  }

  #drop(group: Growing | undefined): void {
    this.#bytes -= group?.bytes ?? 0;
  }
}
