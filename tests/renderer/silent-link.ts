import type { MediaLink } from "../../renderer/player/media-link.ts";

/** A way to the media process on which nothing ever comes: tiles stay connecting. */
export const silentLink: MediaLink = {
  open: () => ({
    appended: () => undefined,
    get: () => Promise.resolve({ status: 503, contentType: "text/plain", bytes: null }),
    close: () => undefined,
  }),
  openPlayback: () => ({
    get: () => Promise.resolve({ status: 503, contentType: "text/plain", bytes: null }),
    close: () => undefined,
  }),
  openReplay: () => ({
    get: () => Promise.resolve({ status: 503, contentType: "text/plain", bytes: null }),
    close: () => undefined,
  }),
};
