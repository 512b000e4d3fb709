import type { PlaybackFeedDeps, RecordedFeed } from "../../../renderer/player/playback-feed.ts";
import {
  instantOf,
  placeOf,
  type PlaybackChunk,
  type PlaybackPlace,
} from "../../../renderer/player/playback-map.ts";
import type { PlaybackPace } from "../../../renderer/player/playback-pace.ts";

/**
 * A recording as a tile sees it: it is where it was told to be at once, shows the picture of that place when it is
 * willing to, and runs only when the test moves it.
 */
export class FakeRecordedFeed implements RecordedFeed {
  readonly deps: PlaybackFeedDeps;
  readonly paces: PlaybackPace[] = [];
  readonly frameS = 0.1;
  chunks: readonly PlaybackChunk[] | undefined;
  /** Whether pictures come when they are asked for. */
  isWilling = true;
  isStopped = false;
  positionS: number | undefined;
  shownS: number | undefined;

  constructor(deps: PlaybackFeedDeps) {
    this.deps = deps;
  }

  get video(): HTMLVideoElement {
    return this.deps.video;
  }
  get pictures(): "all" | "keys" {
    return this.deps.pictures;
  }
  get hasPicture(): boolean {
    return this.shownS !== undefined;
  }
  get shownAt(): number | undefined {
    return this.shownS === undefined || this.chunks === undefined
      ? undefined
      : instantOf(this.chunks, this.shownS);
  }
  get positionAt(): number | undefined {
    return this.shownAt;
  }
  get span(): { readonly from: number; readonly to: number } | undefined {
    const [first] = this.chunks ?? [];
    const last = this.chunks?.at(-1);
    if (first === undefined || last === undefined) return undefined;
    return { from: first.programDateTime ?? 0, to: (last.programDateTime ?? 0) + last.duration * 1_000 };
  }

  placeOf(at: number): PlaybackPlace | undefined {
    return this.chunks === undefined ? undefined : placeOf(this.chunks, at);
  }
  start(): void {
    this.deps.video.dataset["started"] = "true";
  }
  stop(): void {
    this.isStopped = true;
    this.deps.source.close();
  }
  isReady(positionS: number): boolean {
    return this.shownS !== undefined && Math.abs(this.shownS - positionS) < 0.5;
  }
  follow(positionS: number, pace: PlaybackPace): void {
    this.paces.push(pace);
    this.positionS = positionS;
    // Held, it stays where it is, unless that is somewhere else altogether.
    const isThere = this.shownS !== undefined && Math.abs(this.shownS - positionS) < 0.3;
    if (!this.isWilling || (pace.kind === "hold" && isThere)) return;
    this.shownS = Math.floor(positionS / this.frameS) * this.frameS;
  }
  pause(): void {
    this.paces.push({ kind: "hold", way: "on" });
  }

  /** The playlist has come. */
  load(chunks: readonly PlaybackChunk[]): void {
    this.chunks = chunks;
    this.deps.onChange();
  }
}
