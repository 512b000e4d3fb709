import { createStore, type StoreApi } from "zustand/vanilla";
import { z } from "zod";
import type { DeviceId, SightingId } from "../../../shared/base/ids.ts";
import type { TableSort } from "../../design/table-column.ts";
import type { DeviceViewName } from "./device-filter.ts";

/** What stands beside the table. */
export type SidePane =
  | { readonly kind: "none" }
  | { readonly kind: "discovery" }
  | { readonly kind: "detail"; readonly deviceId: DeviceId };

/** What asks for an answer over the page. */
export type DeviceTask =
  | { readonly kind: "adopt"; readonly sightingIds: readonly SightingId[] }
  | { readonly kind: "remove"; readonly deviceIds: readonly DeviceId[] }
  | { readonly kind: "login"; readonly deviceIds: readonly DeviceId[] };

export interface DevicesState {
  readonly view: DeviceViewName;
  readonly filter: string;
  readonly sort: TableSort;
  readonly columns: ReadonlySet<string>;
  readonly selected: ReadonlySet<string>;
  readonly pane: SidePane;
  readonly task: DeviceTask | null;
  /** The row whose name is being edited. */
  readonly renaming: DeviceId | null;
}

export type DevicesStore = StoreApi<DevicesState>;

/** Columns shown until somebody chooses others. */
export const defaultColumns: ReadonlySet<string> = new Set([
  "number",
  "name",
  "address",
  "maker",
  "firmware",
  "clock",
  "streams",
  "login",
  "state",
]);

const KeptColumns = z.array(z.string().max(32)).max(32);
const columnsKey = "watchfloor.devices.columns";

/** Where the choice of columns is kept for this computer. */
export type ColumnShelf = Pick<Storage, "getItem" | "setItem">;

/** The page's view state, with the columns chosen last. */
export function createDevicesStore(shelf: ColumnShelf): DevicesStore {
  const store = createStore<DevicesState>(() => ({
    view: "all",
    filter: "",
    sort: { column: "number", direction: "ascending" },
    columns: readColumns(shelf),
    selected: new Set(),
    pane: { kind: "none" },
    task: null,
    renaming: null,
  }));
  store.subscribe((state, before) => {
    if (state.columns !== before.columns) shelf.setItem(columnsKey, JSON.stringify([...state.columns]));
  });
  return store;
}

/** The columns kept before; the usual ones when nothing sensible is there. */
export function readColumns(shelf: ColumnShelf): ReadonlySet<string> {
  const text = shelf.getItem(columnsKey);
  if (text === null) return defaultColumns;
  try {
    const parsed = KeptColumns.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.length > 0 ? new Set(parsed.data) : defaultColumns;
  } catch (error) {
    if (error instanceof SyntaxError) return defaultColumns;
    throw error;
  }
}
