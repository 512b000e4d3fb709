import type { DeviceId } from "../../../shared/base/ids.ts";
import { useCommands } from "../../keyboard/KeyboardProvider.tsx";
import type { DeviceRow } from "./device-row.ts";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";

/** The row that has the keyboard focus. */
function focusedRow(rows: readonly DeviceRow[]): DeviceRow | undefined {
  const key = document.activeElement?.closest<HTMLElement>("[role=row]")?.dataset["key"];
  return rows.find((row) => row.id === key);
}

/** The keys of the Devices page. */
export function useDeviceCommands(rows: readonly DeviceRow[]): void {
  const store = useDevicesStore();
  const selected = useDevicesState((state) => state.selected);
  const chosen = (): readonly DeviceId[] => {
    if (selected.size > 0) return rows.filter((row) => selected.has(row.id)).map((row) => row.device.id);
    const row = focusedRow(rows);
    return row === undefined ? [] : [row.device.id];
  };
  useCommands([
    {
      id: "devices.discover",
      title: "devices.action.discover",
      keys: ["Ctrl+D"],
      scope: "page",
      run: () => store.setState({ pane: { kind: "discovery" } }),
    },
    {
      id: "devices.filter",
      title: "devices.action.filter",
      keys: ["Ctrl+F", "/"],
      scope: "page",
      listed: "keys",
      run: () => document.querySelector<HTMLInputElement>("[data-filter=devices] input")?.focus(),
    },
    {
      id: "devices.rename",
      title: "devices.action.rename",
      keys: ["F2"],
      scope: "page",
      listed: "keys",
      run: () => store.setState({ renaming: chosen()[0] ?? null }),
    },
    {
      id: "devices.selectAll",
      title: "devices.action.selectAll",
      keys: ["Ctrl+A"],
      scope: "page",
      listed: "keys",
      run: () => store.setState({ selected: new Set(rows.map((row) => row.id)) }),
    },
    {
      id: "devices.remove",
      title: "devices.action.remove",
      keys: ["Delete"],
      scope: "page",
      listed: "keys",
      isEnabled: () => chosen().length > 0,
      run: () => store.setState({ task: { kind: "remove", deviceIds: chosen() } }),
    },
  ]);
}
