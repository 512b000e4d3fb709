/**
 * `<video>` elements, reused: Chromium refuses new players after many were created and dropped.
 *
 * An element is handed out muted, without controls and without a source.
 */
export class VideoPool {
  readonly #document: Document;
  readonly #free: HTMLVideoElement[] = [];
  #made = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  /** How many elements were ever made; stays level while tiles come and go. */
  get made(): number {
    return this.#made;
  }

  take(): HTMLVideoElement {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    this.#made += 1;
    const video = this.#document.createElement("video");
    video.playsInline = true;
    video.disablePictureInPicture = true;
    video.muted = true;
    video.tabIndex = -1;
    video.setAttribute("aria-hidden", "true");
    return video;
  }

  /** Takes an element back: off the page, silent, its decoder freed. */
  give(video: HTMLVideoElement): void {
    video.remove();
    video.pause();
    video.muted = true;
    video.playbackRate = 1;
    video.removeAttribute("src");
    video.removeAttribute("class");
    video.load();
    this.#free.push(video);
  }
}
