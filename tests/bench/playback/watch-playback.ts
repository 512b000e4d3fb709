/** One picture that came onto the screen. Times are the page's `performance.now()`, or UTC ms where said. */
export interface ShownPicture {
  readonly tile: number;
  readonly onScreenMs: number;
  /** What the player says of it: capture time, UTC ms. */
  readonly claimedAt: number;
  /** Its stamp's cells as brightness; undefined when they were not looked at. */
  readonly cells: readonly number[] | undefined;
}

export interface PlaybackWatch {
  readonly shown: ShownPicture[];
  /** When the pointer last went down, page time. */
  readonly pressedMs: number;
  /** UTC ms of page time 0. */
  readonly originAt: number;
}

/**
 * Runs in the page: notes every picture of the review's tiles. `looks`: how many of a tile's pictures go by for one
 * whose stamp is read. Must not refer to anything outside itself.
 */
export function watchPlayback(looks: number): void {
  const shown: ShownPicture[] = [];
  const watch = { shown, pressedMs: 0, originAt: performance.timeOrigin };
  const stripPx = 32 * 8;
  const watched = new WeakSet<HTMLVideoElement>();
  const begin = (video: HTMLVideoElement): void => {
    if (watched.has(video)) return;
    watched.add(video);
    const context = new OffscreenCanvas(stripPx, 1).getContext("2d", { willReadFrequently: true });
    let count = 0;
    const cellsOf = (): readonly number[] | undefined => {
      const cell = video.videoHeight / 45;
      const y = Math.round(video.videoHeight - cell / 2);
      context?.drawImage(video, 0, y, 32 * cell, 1, 0, 0, stripPx, 1);
      const strip = context?.getImageData(0, 0, stripPx, 1).data;
      return strip && Array.from({ length: 32 }, (_, index) => strip[(index * 8 + 4) * 4 + 1] ?? 0);
    };
    const look = (_now: number, { expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
      video.requestVideoFrameCallback(look);
      // What is shown by now is said by the player's own callback, which came before this one.
      if (video.dataset["layer"] !== "front") return;
      count += 1;
      const tile = Number(video.closest<HTMLElement>("[data-channel]")?.dataset["channel"] ?? Number.NaN);
      shown.push({
        tile,
        onScreenMs: expectedDisplayTime,
        claimedAt: Number(video.dataset["shownAt"] ?? Number.NaN),
        cells: count % looks === 0 ? cellsOf() : undefined,
      });
    };
    video.requestVideoFrameCallback(look);
  };
  const findNew = (): void => document.querySelectorAll("video").forEach(begin);
  new MutationObserver(findNew).observe(document.body, { childList: true, subtree: true });
  findNew();
  addEventListener("pointerdown", () => (watch.pressedMs = performance.now()), true);
  Object.assign(window, { playbackWatch: watch });
}

/** Runs in the page: everything noted since the last call. */
export function takeShown(): PlaybackWatch {
  const { playbackWatch } = window as unknown as { playbackWatch: PlaybackWatch };
  return { ...playbackWatch, shown: playbackWatch.shown.splice(0) };
}
