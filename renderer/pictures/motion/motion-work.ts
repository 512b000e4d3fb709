import type { KeyConfig } from "../../../shared/contract/key-list.ts";
import type { PictureFault } from "../picture-work.ts";
import type { Look, Sensitivity } from "./motion-model.ts";
import type { Region } from "./region.ts";

/** Keyframes of one set-up to be looked at, in order of time. */
export interface MotionBatch {
  readonly request: number;
  readonly config: KeyConfig;
  readonly keys: readonly { readonly at: number; readonly sample: Uint8Array<ArrayBuffer> }[];
}

/** Page → worker: `begin` once, then batches in order. */
export type MotionOrder =
  | { readonly type: "begin"; readonly regions: readonly Region[]; readonly sensitivity: Sensitivity }
  | ({ readonly type: "look" } & MotionBatch);

/** Worker → page, one for each batch. Pictures that gave nothing are missing in `looks`. */
export interface MotionAnswer {
  readonly request: number;
  readonly looks: readonly Look[];
  /** Why the rest of the batch gave nothing; null when it all did, or single pictures only were damaged. */
  readonly fault: PictureFault | null;
}
