import type { HlsResponse } from "../../drivers/hls/hls-origin.ts";
import { writeRecordedPlaylist } from "../playback/recorded-track.ts";
import type { RecentGroup } from "./recent-groups.ts";

const ticksPerS = 90_000;
/** Capture times that move further than this between two groups are a gap. */
const seamMs = 500;
const notFound: HlsResponse = { status: 404, contentType: "text/plain", bytes: undefined };
const ok = (contentType: string, bytes: Uint8Array<ArrayBuffer>): HlsResponse => ({
  status: 200,
  contentType,
  bytes,
});

/** Answers what hls.js asks of the moments that were remembered when it was made; a playlist of one chunk a group. */
export class ReplayReader {
  readonly #groups: readonly RecentGroup[];
  readonly #inits: readonly Buffer<ArrayBuffer>[];

  constructor(groups: readonly RecentGroup[]) {
    this.#groups = groups;
    this.#inits = [...new Set(groups.map(({ epoch }) => epoch.videoInit))];
  }

  /** `index.m3u8`, `init-N.mp4`, `chunk-N.m4s`. 404 when nothing is remembered. */
  get(name: string): HlsResponse {
    if (name === "index.m3u8") return this.#groups.length === 0 ? notFound : this.#playlist();
    const found = /^(init|chunk)-(\d{1,4})\.(?:mp4|m4s)$/.exec(name);
    const number = Number(found?.[2]);
    const init = found?.[1] === "init" ? this.#inits[number] : undefined;
    if (init !== undefined) return ok("video/mp4", new Uint8Array(init));
    const group = found?.[1] === "chunk" ? this.#groups[number] : undefined;
    if (group === undefined) return notFound;
    return ok("video/mp4", new Uint8Array(Buffer.concat(group.fragments.map(({ bytes }) => bytes))));
  }

  #playlist(): HlsResponse {
    const chunks = this.#groups.map((group, index) => {
      const before = this.#groups[index - 1];
      const goesOn = before?.epoch === group.epoch && Math.abs(group.startAt - before.endAt) < seamMs;
      return {
        startAt: Math.round(group.startAt),
        durationTicks: Math.max(1, Math.round(lengthS(group) * ticksPerS)),
        init: this.#inits.indexOf(group.epoch.videoInit),
        isDiscontinuous: !goesOn,
      };
    });
    const text = writeRecordedPlaylist(chunks, "chunk");
    return ok("application/vnd.apple.mpegurl", new TextEncoder().encode(text));
  }
}

/** On the media timeline; pictures may be out of order by presentation. */
function lengthS({ fragments }: RecentGroup): number {
  const from = fragments[0]?.presentationS ?? 0;
  return fragments.reduce(
    (most, { presentationS, durationS }) => Math.max(most, presentationS + durationS - from),
    0,
  );
}
