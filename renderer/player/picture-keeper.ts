import type { ChannelId } from "../../shared/base/ids.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { PlayerDriver } from "./player-driver.ts";
import { keepsakeJpeg } from "./snapshot.ts";

export interface PictureKeeperDeps {
  readonly clock: Clock;
  readonly drivers: () => Iterable<PlayerDriver>;
  readonly keep: (picture: {
    readonly channelId: ChannelId;
    readonly capturedAt: number;
    readonly jpeg: string;
  }) => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
}

const lookEveryMs = 2_000;
const renewAfterMs = 120_000;

/**
 * Keeps a small picture of each live channel for the next start: the first one soon, a new one every two
 * minutes, one channel at a time so that a large wall is not disturbed.
 */
export class PictureKeeper {
  readonly #deps: PictureKeeperDeps;
  readonly #keptMs = new Map<ChannelId, number>();
  #isBusy = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(deps: PictureKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Keeps the picture that is most overdue, if any. */
  async look(): Promise<void> {
    if (this.#isBusy) return;
    const { clock, drivers, keep, onFault } = this.#deps;
    const nowMs = clock.monotonicMs();
    const due = [...drivers()]
      .filter((driver) => driver.state.kind === "live" && nowMs - this.#sinceMs(driver) > renewAfterMs)
      .sort((a, b) => this.#sinceMs(a) - this.#sinceMs(b))[0];
    const still = due?.still();
    if (due === undefined || still === undefined) return;
    this.#isBusy = true;
    this.#keptMs.set(due.channelId, nowMs);
    try {
      const jpeg = await keepsakeJpeg(still);
      await keep({ channelId: due.channelId, capturedAt: still.capturedAt, jpeg });
    } catch (error) {
      onFault(error);
    } finally {
      this.#isBusy = false;
    }
  }

  #sinceMs(driver: PlayerDriver): number {
    return this.#keptMs.get(driver.channelId) ?? Number.NEGATIVE_INFINITY;
  }
}
