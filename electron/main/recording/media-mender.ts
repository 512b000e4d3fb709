import type { Clock } from "../../../shared/base/clock.ts";
import type { MendedFile } from "../../../shared/contract/media-port.ts";
import { askMedia, type MediaLink } from "./media-ask.ts";

export interface MediaMenderDeps {
  readonly clock: Clock;
  readonly media: MediaLink;
  /** The mark of this site. */
  readonly site: () => Promise<string>;
}

const limitMs = 120_000;

/** Has the media process look through files that nobody writes. */
export class MediaMender {
  readonly #deps: MediaMenderDeps;
  #requests = 0;

  constructor(deps: MediaMenderDeps) {
    this.#deps = deps;
  }

  /** What became of each file; undefined: the media process gave no answer. */
  async mend(
    root: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly MendedFile[] | undefined> {
    const { media, clock } = this.#deps;
    const site = await this.#deps.site();
    this.#requests += 1;
    const request = this.#requests;
    return askMedia(
      media,
      clock,
      { type: "mend", request, site, root, paths: [...paths] },
      (report) => (report.type === "mended" && report.request === request ? report.files : undefined),
      limitMs,
      signal,
    );
  }
}
