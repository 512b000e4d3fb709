import type { KeyConfig } from "../../shared/contract/key-list.ts";

/** Page → worker. Bytes are handed over, not copied. */
export type PictureOrder =
  | {
      readonly type: "picture";
      readonly request: number;
      readonly config: KeyConfig;
      readonly sample: Uint8Array<ArrayBuffer>;
      /** The picture is made this wide at most; its shape stays. */
      readonly widthPx: number;
    }
  | { readonly type: "cancel"; readonly request: number };

/** Why a keyframe gave no picture. */
export type PictureFault =
  | { readonly kind: "unsupported"; readonly codec: string }
  | { readonly kind: "broken"; readonly detail: string };

/** Worker → page; exactly one for each order that was not cancelled. */
export type PictureAnswer =
  | { readonly type: "made"; readonly request: number; readonly jpeg: Blob }
  | { readonly type: "failed"; readonly request: number; readonly fault: PictureFault };

/** A keyframe cannot be made a picture; the message is in plain words. */
export class PictureError extends Error {
  override readonly name = "PictureError";
  readonly fault: PictureFault;

  constructor(fault: PictureFault) {
    super(fault.kind === "broken" ? fault.detail : `this computer cannot decode ${fault.codec}`);
    this.fault = fault;
  }
}
