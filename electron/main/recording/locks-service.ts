import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { LockId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { LockPage, LockSearch } from "../../../shared/contract/marks.ts";
import type { MarkDeed } from "../../../shared/model/mark-history.ts";
import type { EvidenceLock } from "../../../shared/model/recording.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { MarkQuery } from "../../store/bookmarks.ts";
import type { Store } from "../../store/store.ts";

const lookEveryMs = 600_000;
const toldBeforeMs = 3 * 86_400_000;

export interface LocksServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<
    Store,
    "addLock" | "liftLock" | "listEndingLocks" | "listLocks" | "listMarkDeeds" | "prolongLock" | "searchLocks"
  >;
  /** Says in every window that locks end soon: which, in words. */
  readonly warn: (detail: string) => void;
}

/** Holds that keep footage out of retention. A lock is never removed: lifted ones stay with who and when. */
export class LocksService {
  readonly #deps: LocksServiceDeps;
  /** One was added or lifted; a gap in `sequence` means that a change was missed. */
  readonly changed = new Topic<{ readonly sequence: number }>();
  #sequence = 0;
  readonly #told = new Set<LockId>();
  #watch: Promise<void> = Promise.resolve();

  constructor(deps: LocksServiceDeps) {
    this.#deps = deps;
  }

  /** Looks every ten minutes, until the signal, for locks that end within three days; each is told of once. */
  start(signal: AbortSignal): void {
    this.#watch = this.#tellOfEnds(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#deps.log.error("locks are not watched any more", { why: String(error) });
    });
  }

  /** Resolves once nothing is watched any more; abort the signal of `start` first. */
  async stop(): Promise<void> {
    await this.#watch;
  }

  /** For the ruler: those that hold now. */
  list(query: MarkQuery): Promise<EvidenceLock[]> {
    return this.#deps.store.listLocks(query, this.#deps.clock.now());
  }

  search(search: LockSearch): Promise<LockPage> {
    return this.#deps.store.searchLocks(search, this.#deps.clock.now());
  }

  history(id: LockId): Promise<MarkDeed[]> {
    return this.#deps.store.listMarkDeeds({ kind: "lock", id });
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
      liftReason: null,
    };
    await store.addLock(lock);
    log.info("evidence locked", { lock: lock.id, channels: lock.channels.length, by });
    this.#announce();
    return lock;
  }

  /** Undefined: there is no such lock. */
  async lift(id: LockId, reason: string, by: string): Promise<EvidenceLock | undefined> {
    const { clock, store, log } = this.#deps;
    const lifted = await store.liftLock(id, { at: clock.now(), by, reason });
    if (lifted === undefined) return undefined;
    log.info("evidence lock lifted", { lock: id, by });
    this.#announce();
    return lifted;
  }

  /** Undefined: there is no such lock, or it has ended. */
  async prolong(id: LockId, until: number | null, by: string): Promise<EvidenceLock | undefined> {
    const { clock, store, log } = this.#deps;
    const lock = await store.prolongLock(id, { at: clock.now(), by, until });
    if (lock === undefined) return undefined;
    this.#told.delete(id);
    log.info("evidence lock has another end", { lock: id, by, until: until ?? "none" });
    this.#announce();
    return lock;
  }

  async #tellOfEnds(signal: AbortSignal): Promise<void> {
    const { clock, store, warn } = this.#deps;
    while (!signal.aborted) {
      const now = clock.now();
      const ending = await store.listEndingLocks(now, now + toldBeforeMs, 50);
      const untold = ending.filter(({ id }) => !this.#told.has(id));
      for (const { id } of untold) this.#told.add(id);
      if (untold.length > 0) warn(untold.map(({ reason }) => reason).join(" · "));
      await clock.sleep(lookEveryMs, signal);
    }
  }

  #announce(): void {
    this.#sequence += 1;
    this.changed.publish({ sequence: this.#sequence });
  }
}
