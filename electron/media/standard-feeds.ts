import type { Clock } from "../../shared/base/clock.ts";
import type { MediaRequest } from "../../shared/contract/media-port.ts";
import type { SourceStatus } from "../../shared/model/stream-status.ts";
import type { Source } from "./source.ts";
import { StandardViewer } from "./standard-viewer.ts";
import type { StandardLease } from "./window-link.ts";

export interface StandardFeedsDeps {
  readonly clock: Clock;
  readonly sourceOf: (channelId: string, role: string) => Source;
}

interface Feed {
  readonly viewer: StandardViewer;
  readonly source: Source;
  readonly listeners: Set<(status: SourceStatus) => void>;
  idleSinceMs: number | undefined;
}

type Open = Extract<MediaRequest, { type: "open" }>;

/** Small parts for a few tiles, longer ones for a wall: the choice measured in docs/design/media-path.md. */
const fewTiles = 4;
const fewPartS = 0.2;
const wallPartS = 0.5;
const lingerMs = 5_000;

/** The HLS origins, one a source and sound choice, shared by every window that asks. */
export class StandardFeeds {
  readonly #deps: StandardFeedsDeps;
  readonly #feeds = new Map<string, Feed>();

  constructor(deps: StandardFeedsDeps) {
    this.#deps = deps;
  }

  lease(request: Open, onStatus: (status: SourceStatus) => void): StandardLease {
    const key = `${request.channelId} ${request.role} ${request.audio ? "sound" : "silent"}`;
    const feed = this.#feeds.get(key) ?? this.#create(key, request);
    feed.listeners.add(onStatus);
    feed.idleSinceMs = undefined;
    onStatus(feed.source.status);
    return {
      viewer: feed.viewer,
      release: () => {
        feed.listeners.delete(onStatus);
        if (feed.listeners.size === 0) feed.idleSinceMs = this.#deps.clock.monotonicMs();
      },
    };
  }

  /** Drops origins that nobody asks any more. */
  tick(): void {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const [key, feed] of this.#feeds) {
      if (feed.idleSinceMs === undefined || nowMs - feed.idleSinceMs < lingerMs) continue;
      this.#feeds.delete(key);
      feed.source.remove(feed.viewer);
    }
  }

  #create(key: string, request: Open): Feed {
    const listeners = new Set<(status: SourceStatus) => void>();
    const viewer = new StandardViewer({
      clock: this.#deps.clock,
      wantsSound: request.audio,
      partTargetS: this.#feeds.size < fewTiles ? fewPartS : wallPartS,
      onStatus: (status) => {
        for (const listener of listeners) listener(status);
      },
    });
    const source = this.#deps.sourceOf(request.channelId, request.role);
    const feed = { viewer, source, listeners, idleSinceMs: undefined };
    this.#feeds.set(key, feed);
    source.add(viewer);
    return feed;
  }
}
