import type { AlarmId } from "../../../shared/base/ids.ts";
import type { Alarm, AlarmDefinition } from "../../../shared/model/alarm.ts";
import { act, type AlarmAction, type AlarmChange, type Refusal } from "../../../shared/model/alarm-action.ts";
import {
  clear,
  fallDue,
  fold,
  foldKey,
  matches,
  raise,
  show,
  type Trigger,
} from "../../../shared/model/alarm-occurrence.ts";

/** What makes new alarms theirs. */
export interface NewAlarm {
  readonly id: () => AlarmId;
  readonly number: () => number;
}

/**
 * The open alarms as they will be once `changes` are written down: everything that happens in one turn is worked out
 * here first. Nothing outside changes, so a book whose changes could not be written is thrown away.
 */
export class AlarmBook {
  readonly #open: Map<AlarmId, Alarm>;
  readonly #byKey: Map<string, AlarmId>;
  readonly #changes: AlarmChange[] = [];
  readonly #announced = new Set<AlarmId>();
  /** Closed in this turn: the store does not know it yet. */
  readonly #closed = new Map<AlarmId, Alarm>();

  constructor(open: ReadonlyMap<AlarmId, Alarm>) {
    this.#open = new Map(open);
    this.#byKey = new Map([...open.values()].map((alarm) => [foldKey(alarm.definitionId, alarm), alarm.id]));
  }

  get open(): ReadonlyMap<AlarmId, Alarm> {
    return this.#open;
  }

  /** The changes in order; occurrences of one alarm that follow each other are one line with their number. */
  get changes(): readonly AlarmChange[] {
    return this.#changes;
  }

  get announced(): readonly AlarmId[] {
    return [...this.#announced];
  }

  /** Raises, folds and clears what an event means under these definitions. */
  consider(
    definitions: readonly AlarmDefinition[],
    trigger: Trigger,
    at: number,
    fresh: NewAlarm,
    most: number,
  ): "considered" | "too-many" {
    let isFull = false;
    for (const definition of definitions) {
      const id = this.#byKey.get(foldKey(definition.id, trigger));
      const alarm = id === undefined ? undefined : this.#open.get(id);
      if (trigger.state === "cleared") {
        if (alarm !== undefined) this.#put(clear(alarm, trigger.type, at));
      } else if (!matches(definition, trigger)) {
        continue;
      } else if (alarm !== undefined) {
        this.#put(fold(alarm, trigger, definition.foldMs, at));
      } else if (this.#open.size >= most) {
        isFull = true;
      } else {
        const change = raise(definition, trigger, { id: fresh.id(), number: fresh.number(), at });
        this.#byKey.set(foldKey(definition.id, trigger), change.alarm.id);
        this.#put(change);
      }
    }
    return isFull ? "too-many" : "considered";
  }

  /** Does what a person asks of an alarm that is open or was closed in this turn; null: done. */
  act(id: AlarmId, action: AlarmAction, by: string, at: number): Refusal | "gone" | null {
    const alarm = this.#open.get(id);
    if (alarm !== undefined) return this.#do(alarm, action, by, at);
    const closed = this.#closed.get(id);
    return closed === undefined ? "gone" : this.actOnClosed(closed, action, by, at);
  }

  /** As `act`, for one that was closed: a note, or open again when no other has taken its place. */
  actOnClosed(alarm: Alarm, action: AlarmAction, by: string, at: number): Refusal | null {
    const isTaken = this.#byKey.has(foldKey(alarm.definitionId, alarm));
    if (action.kind === "reopen" && isTaken) return "another-open";
    return this.#do(alarm, action, by, at);
  }

  show(id: AlarmId, at: number): void {
    const alarm = this.#open.get(id);
    if (alarm !== undefined) this.#put(show(alarm, at));
  }

  /** Ends the shelves and escalates the alarms whose time has come. */
  passTime(at: number): void {
    const due = [...this.#open.values()].map((alarm) => fallDue(alarm, at));
    for (const change of due) this.#put(change);
  }

  #do(alarm: Alarm, action: AlarmAction, by: string, at: number): Refusal | null {
    const outcome = act(alarm, action, by, at);
    if (!outcome.ok) return outcome.error;
    this.#put(outcome.value);
    return null;
  }

  #put(change: AlarmChange | undefined): void {
    if (change === undefined) return;
    const { alarm, entry } = change;
    const before = this.#open.get(alarm.id);
    const key = foldKey(alarm.definitionId, alarm);
    if (alarm.closed === null) {
      this.#open.set(alarm.id, alarm);
      this.#closed.delete(alarm.id);
      this.#byKey.set(key, alarm.id);
    } else {
      this.#open.delete(alarm.id);
      this.#closed.set(alarm.id, alarm);
      if (this.#byKey.get(key) === alarm.id) this.#byKey.delete(key);
    }
    if (alarm.closed === null && alarm.announcedAt !== before?.announcedAt) this.#announced.add(alarm.id);
    const last = this.#changes.at(-1);
    const isRepeat =
      last !== undefined &&
      last.alarm.id === alarm.id &&
      last.entry.kind === "occurred" &&
      entry.kind === "occurred";
    if (!isRepeat) {
      this.#changes.push(change);
      return;
    }
    const times = Number(/ ×(\d+)$/.exec(last.entry.detail)?.[1] ?? 1) + 1;
    const detail = `${entry.detail} ×${times}`;
    this.#changes[this.#changes.length - 1] = { alarm, entry: { ...entry, detail } };
  }
}
