import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlarmDefinitionId, AlarmId } from "../../../shared/base/ids.ts";
import type { AlarmAction } from "../../../shared/model/alarm-action.ts";

/** Which alarms the list shows. */
export type Lane = "open" | "shelved" | "closed";
/** What the page shows: the alarms of a lane, or how much they weigh. */
export type AlarmsPart = Lane | "load";

/** What needs words before it can be done. */
export interface AlarmTask {
  readonly kind: Exclude<AlarmAction["kind"], "take" | "step" | "unshelve">;
  readonly ids: readonly AlarmId[];
  /** The step to be left out. */
  readonly stepId?: string;
}

/** What is open beside the list instead of the alarm. */
export type AlarmsDrawer =
  | { readonly kind: "none" }
  | { readonly kind: "definitions" }
  | { readonly kind: "definition"; readonly id: AlarmDefinitionId | null };

export interface AlarmsState {
  readonly lane: AlarmsPart;
  readonly openId: AlarmId | null;
  /** Ticked rows: what is done is done to all of them. */
  readonly ticked: ReadonlySet<string>;
  readonly task: AlarmTask | null;
  readonly drawer: AlarmsDrawer;
}

export type AlarmsStore = StoreApi<AlarmsState>;

/** The view state of the Alarms page. */
export const createAlarmsStore = (): AlarmsStore =>
  createStore<AlarmsState>(() => ({
    lane: "open",
    openId: null,
    ticked: new Set(),
    task: null,
    drawer: { kind: "none" },
  }));

/** The alarms an action is meant for: the ticked ones that are listed, else the one that is open. */
export function meant(
  { ticked, openId }: Pick<AlarmsState, "ticked" | "openId">,
  listed: readonly { readonly id: AlarmId }[],
): readonly AlarmId[] {
  const chosen = listed.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  if (chosen.length > 0) return chosen;
  return openId === null ? [] : [openId];
}

/** The row after or before the open one; the first when none is open or it is no longer listed. */
export function neighbour(
  listed: readonly { readonly id: AlarmId }[],
  openId: AlarmId | null,
  direction: 1 | -1,
): AlarmId | null {
  const place = listed.findIndex(({ id }) => id === openId);
  const next = place === -1 ? 0 : Math.min(listed.length - 1, Math.max(0, place + direction));
  return listed[next]?.id ?? null;
}
