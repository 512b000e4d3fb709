import type { Clock } from "../../../shared/base/clock.ts";
import { StreamRole } from "../../../shared/model/stream.ts";
import type { Source } from "../source.ts";
import { RecentGroups, rememberedMs, type RecentGroup } from "./recent-groups.ts";
import { ReplayReader } from "./replay-reader.ts";

export interface ReplayMemoryDeps {
  readonly clock: Clock;
  readonly sourceOf: (channelId: string, role: string) => Source;
}

interface Remembered {
  readonly recent: RecentGroups;
  readonly source: Source;
  watchers: number;
}

/** The last half minute of every stream that a window shows live; no other stream costs memory. */
export class ReplayMemory {
  readonly #deps: ReplayMemoryDeps;
  readonly #streams = new Map<string, Remembered>();

  constructor(deps: ReplayMemoryDeps) {
    this.#deps = deps;
  }

  /** A window shows this stream: it is remembered until every one that watches has let go, and 30 s longer. */
  watch(channelId: string, role: string): () => void {
    const key = `${channelId} ${role}`;
    const known = this.#streams.get(key);
    const stream = known ?? {
      recent: new RecentGroups(),
      source: this.#deps.sourceOf(channelId, role),
      watchers: 0,
    };
    this.#streams.set(key, stream);
    if (stream.watchers === 0) stream.source.add(stream.recent);
    stream.watchers += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      stream.watchers -= 1;
      if (stream.watchers === 0) stream.source.remove(stream.recent);
    };
  }

  /** What is remembered of a channel, by the stream of which the last half minute holds most. */
  open(channelId: string): ReplayReader {
    const since = this.#deps.clock.now() - rememberedMs;
    let best: readonly RecentGroup[] = [];
    for (const role of StreamRole.options) {
      const found = this.#streams.get(`${channelId} ${role}`)?.recent.snapshot() ?? [];
      if (coveredMs(found, since) > coveredMs(best, since)) best = found;
    }
    return new ReplayReader(best);
  }

  /** Once a second: lets go what is older, of streams that nobody watches any more too. */
  tick(): void {
    const before = this.#deps.clock.now() - rememberedMs;
    for (const [key, { recent, watchers }] of this.#streams) {
      if (watchers > 0) continue;
      recent.forgetBefore(before);
      if (recent.bytes === 0) this.#streams.delete(key);
    }
  }
}

function coveredMs(groups: readonly RecentGroup[], since: number): number {
  return groups.reduce((sum, { startAt, endAt }) => sum + Math.max(0, endAt - Math.max(since, startAt)), 0);
}
