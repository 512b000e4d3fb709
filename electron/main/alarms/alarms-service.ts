import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { AlarmId } from "../../../shared/base/ids.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { AlarmOutcome, AlarmsChange, LoadDays, RecentAlarm } from "../../../shared/contract/alarms.ts";
import type { Alarm, AlarmDefinition, AlarmEntry } from "../../../shared/model/alarm.ts";
import { intervalMs, type AlarmLoad } from "../../../shared/model/alarm-load.ts";
import type { AlarmAction, Refusal } from "../../../shared/model/alarm-action.ts";
import type { Trigger } from "../../../shared/model/alarm-occurrence.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Store } from "../../store/store.ts";
import { AlarmBook } from "./alarm-book.ts";

export interface AlarmsServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<
    Store,
    | "getAlarm"
    | "listAlarmEntries"
    | "listClosedAlarms"
    | "listOpenAlarms"
    | "listRecentAlarms"
    | "nextAlarmNumber"
    | "readAlarmLoad"
    | "saveAlarms"
  >;
  /** The definitions as they are now. */
  readonly definitions: () => readonly AlarmDefinition[];
  /** At most this many alarms are open; beyond it none is raised, which is counted and logged. */
  readonly mostOpen: number;
}

/** What waits for its turn: everything that changes alarms goes through one line, so that two people never collide. */
type Turn =
  | { readonly kind: "trigger"; readonly trigger: Trigger }
  | { readonly kind: "shown"; readonly ids: readonly AlarmId[] }
  | {
      readonly kind: "act";
      readonly ids: readonly AlarmId[];
      readonly action: AlarmAction;
      readonly by: string;
      readonly settle: (outcomes: readonly AlarmOutcome[]) => void;
      readonly fail: (error: unknown) => void;
    };

const tickMs = 1_000;
const dayMs = 86_400_000;
const retryMs = 1_000;
/** Triggers that wait while the disk does not take them; what comes beyond is counted as lost. */
const mostWaiting = 50_000;

/**
 * The alarms: raised from events, answered by people. The database is the truth: a change is worked out on a copy,
 * written, and only then made visible.
 */
export class AlarmsService {
  readonly #deps: AlarmsServiceDeps;
  /** After each commit. */
  readonly changed = new Topic<AlarmsChange>();
  #open: ReadonlyMap<AlarmId, Alarm> = new Map();
  #nextNumber = 1;
  #turns: Turn[] = [];
  #isLoaded = false;
  #isTimeDue = false;
  #working: Promise<void> | undefined;
  #stop = new AbortController();
  #ticking: Promise<void> | undefined;
  #sequence = 0;
  #lost = 0;

  constructor(deps: AlarmsServiceDeps) {
    this.#deps = deps;
  }

  /** Reads what is open. What came in before is worked off after it. */
  async start(): Promise<void> {
    const { store } = this.#deps;
    const [open, next] = await Promise.all([store.listOpenAlarms(), store.nextAlarmNumber()]);
    this.#open = new Map(open.map((alarm) => [alarm.id, alarm]));
    this.#nextNumber = next;
    this.#isLoaded = true;
    this.#stop = new AbortController();
    this.#ticking = this.#tick(this.#stop.signal);
    this.#wake();
  }

  /** Works off what waits, then ends. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#ticking;
    await this.#working;
  }

  get open(): readonly Alarm[] {
    return [...this.#open.values()];
  }

  /** An event was recorded. Returns at once. */
  consider(trigger: Trigger): void {
    if (this.#turns.length >= mostWaiting) {
      this.#lost += 1;
      if (this.#lost % 1_000 === 1) this.#deps.log.error("alarms wait for the disk", { lost: this.#lost });
      return;
    }
    this.#turns.push({ kind: "trigger", trigger });
    this.#wake();
  }

  /** Does one thing to each alarm; resolves when it is on the disk, rejects with `StoreError` when it could not be. */
  act(ids: readonly AlarmId[], action: AlarmAction, by: string): Promise<readonly AlarmOutcome[]> {
    return new Promise((settle, fail) => {
      this.#turns.push({ kind: "act", ids, action, by, settle, fail });
      this.#wake();
    });
  }

  shown(ids: readonly AlarmId[]): void {
    const unseen = ids.filter((id) => this.#open.get(id)?.shownAt === null);
    if (unseen.length === 0) return;
    this.#turns.push({ kind: "shown", ids: unseen });
    this.#wake();
  }

  closed(limit: number, before: { readonly at: number; readonly number: number } | null): Promise<Alarm[]> {
    return this.#deps.store.listClosedAlarms(limit, before);
  }

  /** An alarm with its history; undefined: there is none. */
  async get(id: AlarmId): Promise<{ alarm: Alarm; entries: AlarmEntry[] } | undefined> {
    const { store } = this.#deps;
    const alarm = this.#open.get(id) ?? (await store.getAlarm(id));
    return alarm === undefined ? undefined : { alarm, entries: await store.listAlarmEntries(id, 500) };
  }

  /** Raised in the last ten minutes. */
  recent(): Promise<RecentAlarm[]> {
    const { clock, mostOpen, store } = this.#deps;
    return store.listRecentAlarms(clock.now() - intervalMs, mostOpen);
  }

  /** How many alarms there were in the last days. */
  load(days: LoadDays): Promise<AlarmLoad> {
    const { clock, store } = this.#deps;
    const toAt = clock.now() + 1;
    return store.readAlarmLoad({ fromAt: toAt - days * dayMs, toAt });
  }

  async #tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#deps.clock.sleep(tickMs, signal).catch(() => undefined);
      this.#isTimeDue = true;
      this.#wake();
    }
  }

  #wake(): void {
    if (!this.#isLoaded || this.#working !== undefined) return;
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (this.#turns.length > 0 && !this.#stop.signal.aborted) this.#wake();
    });
  }

  async #work(): Promise<void> {
    while (this.#turns.length > 0 || this.#isTimeDue) {
      const turns = this.#turns;
      this.#turns = [];
      this.#isTimeDue = false;
      try {
        await this.#workOff(turns);
      } catch (error) {
        this.#deps.log.error("alarms could not be written down", {
          error: String(error),
          waiting: turns.length,
        });
        for (const turn of turns) if (turn.kind === "act") turn.fail(error);
        // What happened must not be forgotten because the disk was full: it is tried again.
        this.#turns = [...turns.filter(({ kind }) => kind === "trigger"), ...this.#turns];
        if (this.#stop.signal.aborted) return;
        await this.#deps.clock.sleep(retryMs, this.#stop.signal).catch(() => undefined);
      }
    }
  }

  async #workOff(turns: readonly Turn[]): Promise<void> {
    const { clock, definitions, store } = this.#deps;
    const at = clock.now();
    const book = new AlarmBook(this.#open);
    let number = this.#nextNumber;
    const fresh = { id: () => AlarmId.parse(randomUUID()), number: () => number++ };
    const settled: (() => void)[] = [];
    let refused = 0;
    for (const turn of turns) {
      if (turn.kind === "trigger") {
        const outcome = book.consider(definitions(), turn.trigger, at, fresh, this.#deps.mostOpen);
        if (outcome === "too-many") refused += 1;
      } else if (turn.kind === "shown") {
        for (const id of turn.ids) book.show(id, at);
      } else {
        const outcomes: AlarmOutcome[] = [];
        for (const id of new Set(turn.ids)) {
          outcomes.push({ id, refusal: await this.#actOn(book, id, turn.action, turn.by, at) });
        }
        settled.push(() => turn.settle(outcomes));
      }
    }
    book.passTime(at);
    if (refused > 0) this.#deps.log.error("too many alarms are open: none was raised", { refused });
    if (book.changes.length > 0) await store.saveAlarms(book.changes);
    this.#open = book.open;
    this.#nextNumber = number;
    for (const settle of settled) settle();
    this.#publish(book);
  }

  async #actOn(
    book: AlarmBook,
    id: AlarmId,
    action: AlarmAction,
    by: string,
    at: number,
  ): Promise<Refusal | "gone" | null> {
    const refusal = book.act(id, action, by, at);
    if (refusal !== "gone") return refusal;
    const closed = await this.#deps.store.getAlarm(id);
    return closed === undefined ? "gone" : book.actOnClosed(closed, action, by, at);
  }

  #publish(book: AlarmBook): void {
    if (book.changes.length === 0) return;
    const latest = new Map(book.changes.map(({ alarm }) => [alarm.id, alarm]));
    this.#sequence += 1;
    this.changed.publish({
      sequence: this.#sequence,
      alarms: [...latest.values()],
      announced: [...book.announced],
    });
  }
}
