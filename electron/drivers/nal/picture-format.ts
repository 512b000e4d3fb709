import { NalError } from "./nal-error.ts";

/** What both kinds of sequence parameter set say about the picture. */
export interface PictureFormat {
  /** Shown size in pixels, after cropping. */
  readonly width: number;
  readonly height: number;
  /** 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
  readonly chromaFormat: number;
  readonly bitDepthLuma: number;
  readonly bitDepthChroma: number;
  /** Frames a second by VUI timing; undefined where it is absent or makes no sense. */
  readonly fps: number | undefined;
  /** Frames that may come before one in decoding order and after it in output; undefined: not told. */
  readonly reorderFrames: number | undefined;
}

const maxSide = 16_384;

/** @throws NalError when the size is not one that a picture can have. */
export function checkSize(width: number, height: number): void {
  if (width < 16 || height < 16 || width > maxSide || height > maxSide) {
    throw new NalError(`a picture of ${width}×${height} is not possible`);
  }
}

/** Frame rate of a VUI, kept only when plausible: many devices write 90000/1 or 0/0. */
export function plausibleFps(ticks: number, scale: number, ticksPerFrame: number): number | undefined {
  if (ticks <= 0 || scale <= 0) return undefined;
  const fps = scale / (ticks * ticksPerFrame);
  return fps >= 0.05 && fps <= 300 ? fps : undefined;
}
