import {
  captureTimeNear,
  decodeFrameStamp,
  stampCells,
} from "../../electron/simulator/scenes/frame-stamp.ts";

/** The row of stamp cells of one picture, as brightness, and when it was on the screen (ms UTC). */
export interface SeenPicture {
  readonly tile: number;
  readonly at: number;
  readonly cells: readonly number[];
}

const cellPx = 8;
const height = 45 * cellPx;

/** Capture to screen of one picture, ms; undefined when its stamp cannot be read. */
export function latencyOf({ at, cells }: SeenPicture): number | undefined {
  const lumaAt = (x: number): number => cells[Math.floor(x / cellPx)] ?? 0;
  const stamp = decodeFrameStamp(lumaAt, stampCells * cellPx, height);
  return stamp === undefined ? undefined : at - captureTimeNear(stamp.msOfMinute, at);
}

/**
 * Runs in the page: looks at every picture's stamp twice a second and counts stalls; no other code of the page is used.
 * Must not refer to anything outside itself.
 */
export function watchPictures(): void {
  const seen: SeenPicture[] = [];
  const stripPx = 32 * 8;
  const counted = new WeakMap<HTMLVideoElement, number>();
  const watch = { seen, stalls: 0, dropped: 0, count };
  /** Adds what each element has dropped since; an element that began anew counts from zero. */
  function count(): void {
    for (const video of document.querySelectorAll("video")) {
      const now = video.getVideoPlaybackQuality().droppedVideoFrames;
      const before = counted.get(video) ?? now;
      watch.dropped += now >= before ? now - before : now;
      counted.set(video, now);
    }
  }
  Object.assign(window, { benchWatch: watch });
  document.addEventListener("waiting", () => (watch.stalls += 1), true);
  const videos = [...document.querySelectorAll("video")];
  for (const [tile, video] of videos.entries()) {
    const canvas = new OffscreenCanvas(stripPx, 1);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    let lastAt = 0;
    const look = (_now: number, { expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      video.requestVideoFrameCallback(look);
      const at = Date.now() + Math.max(0, expectedDisplayTime - performance.now());
      if (context === null || at - lastAt < 500) return;
      lastAt = at;
      const cell = video.videoHeight / 45;
      // The middle of the row of cells, in one go: looking must not become the load.
      const y = Math.round(video.videoHeight - cell / 2);
      context.drawImage(video, 0, y, 32 * cell, 1, 0, 0, stripPx, 1);
      const { data } = context.getImageData(0, 0, stripPx, 1);
      const cells = Array.from({ length: 32 }, (_, index) => data[(index * 8 + 4) * 4 + 1] ?? 0);
      seen.push({ tile, at, cells });
    };
    video.requestVideoFrameCallback(look);
  }
}

/** Runs in the page: what was seen since the last call, and counts since the page began. */
export function takeSeen(): { seen: SeenPicture[]; stalls: number; dropped: number } {
  interface Watch {
    readonly seen: SeenPicture[];
    readonly stalls: number;
    readonly dropped: number;
    readonly count: () => void;
  }
  const { benchWatch } = window as unknown as { benchWatch: Watch };
  benchWatch.count();
  return { seen: benchWatch.seen.splice(0), stalls: benchWatch.stalls, dropped: benchWatch.dropped };
}

/** The value below which `share` of the samples lie; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
