import type { SourceStatus } from "../../shared/model/stream-status.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";

/** Whoever takes a source's fragments: a window's tile, a playlist, later a recording. */
export interface Viewer {
  /** Sound costs work: it is made only while a viewer wants it. */
  readonly wantsSound: boolean;
  onStatus(status: SourceStatus): void;
  onEpoch(epoch: StreamEpoch): void;
  /** @param isSounding whether sound flows, so that a track for it would not stay empty. */
  onFragment(fragment: StreamFragment, isSounding: boolean): void;
}
