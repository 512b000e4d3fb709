import type { StreamFragment } from "./fragment-stream.ts";

const maxBytes = 12 * 1024 * 1024;
const maxFragments = 1_500;

/**
 * The fragments since the last keyframe, so that a new viewer sees a picture at once.
 *
 * A group of pictures that grows beyond its bound is dropped whole: half of one shows nothing.
 */
export class GopCache {
  #fragments: StreamFragment[] = [];
  #bytes = 0;
  #isDropped = true;

  get fragments(): readonly StreamFragment[] {
    return this.#fragments;
  }

  get bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#fragments = [];
    this.#bytes = 0;
    this.#isDropped = true;
  }

  add(fragment: StreamFragment): void {
    if (fragment.isKeyframe) {
      this.clear();
      this.#isDropped = false;
    }
    if (this.#isDropped) return;
    this.#fragments.push(fragment);
    this.#bytes += fragment.bytes.length;
    if (this.#bytes > maxBytes || this.#fragments.length > maxFragments) this.clear();
  }
}
