import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { LockId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { EvidenceLock } from "../../../shared/model/recording.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { MarkQuery } from "../../store/bookmarks.ts";
import type { Store } from "../../store/store.ts";

export interface LocksServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "addLock" | "liftLock" | "listLocks">;
}

/** Holds that keep footage out of retention. A lock is never removed: lifted ones stay with who and when. */
export class LocksService {
  readonly #deps: LocksServiceDeps;
  /** One was added or lifted; a gap in `sequence` means that a change was missed. */
  readonly changed = new Topic<{ readonly sequence: number }>();
  #sequence = 0;

  constructor(deps: LocksServiceDeps) {
    this.#deps = deps;
  }

  list(query: MarkQuery, withEnded: boolean): Promise<EvidenceLock[]> {
    return this.#deps.store.listLocks(query, withEnded ? undefined : this.#deps.clock.now());
  }

  /** Holds from the moment this resolves. */
  async add(
    order: Pick<EvidenceLock, "channels" | "from" | "to" | "reason" | "until">,
    by: string,
  ): Promise<EvidenceLock> {
    const { clock, store, log } = this.#deps;
    const lock: EvidenceLock = {
      ...order,
      channels: [...new Set(order.channels)],
      id: LockId.parse(randomUUID()),
      madeAt: clock.now(),
      madeBy: by,
      liftedAt: null,
      liftedBy: null,
    };
    await store.addLock(lock);
    log.info("evidence locked", { lock: lock.id, channels: lock.channels.length, by });
    this.#announce();
    return lock;
  }

  /** Undefined: there is no such lock. */
  async lift(id: LockId, by: string): Promise<EvidenceLock | undefined> {
    const { clock, store, log } = this.#deps;
    const lifted = await store.liftLock(id, clock.now(), by);
    if (lifted === undefined) return undefined;
    log.info("evidence lock lifted", { lock: id, by });
    this.#announce();
    return lifted;
  }

  #announce(): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence });
  }
}
