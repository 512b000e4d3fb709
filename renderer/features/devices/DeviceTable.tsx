import { useState, type ReactNode } from "react";
import type { DeviceId } from "../../../shared/base/ids.ts";
import { ContextMenu, type MenuPoint } from "../../design/ContextMenu.tsx";
import { Table } from "../../design/Table.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { DeviceColumn } from "./device-columns.tsx";
import type { DeviceRow } from "./device-row.ts";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";
import { useDeviceMenu } from "./use-device-menu.ts";

export interface DeviceTableProps {
  readonly rows: readonly DeviceRow[];
  readonly columns: readonly DeviceColumn[];
  readonly empty: ReactNode;
}

/** The devices, with their menu. */
export function DeviceTable({ rows, columns, empty }: DeviceTableProps) {
  const say = useSay();
  const store = useDevicesStore();
  const sort = useDevicesState((state) => state.sort);
  const selected = useDevicesState((state) => state.selected);
  const openId = useDevicesState(({ pane }) => (pane.kind === "detail" ? pane.deviceId : undefined));
  const [menu, setMenu] = useState<{ readonly row: DeviceRow; readonly at: MenuPoint } | null>(null);
  const entriesFor = useDeviceMenu();
  const open = (deviceId: DeviceId): void => store.setState({ pane: { kind: "detail", deviceId } });
  return (
    <>
      <Table
        label={say("devices.table")}
        columns={columns}
        rows={rows}
        sort={{ by: sort, onChange: (next) => store.setState({ sort: next }) }}
        selection={{ ids: selected, onChange: (ids) => store.setState({ selected: ids }), openId }}
        onOpen={(row) => open(row.device.id)}
        onMenu={(row, at) => setMenu({ row, at })}
        empty={empty}
      />
      <ContextMenu
        label={say("devices.menu", { name: menu?.row.device.name ?? "" })}
        at={menu?.at ?? null}
        entries={menu === null ? [] : entriesFor(menu.row.device)}
        onClose={() => setMenu(null)}
      />
    </>
  );
}
