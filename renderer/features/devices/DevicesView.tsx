import { useEffect, useMemo } from "react";
import type { Device } from "../../../shared/model/device.ts";
import { Button } from "../../design/Button.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { useKept, useTarget } from "../../frame/frame-context.tsx";
import { systemClock } from "../../../shared/base/clock.ts";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useSiteZone } from "../../read-model/use-settings.ts";
import { useStreamStatuses } from "../../read-model/use-stream-statuses.ts";
import { deviceColumns } from "./device-columns.tsx";
import { filterRows } from "./device-filter.ts";
import { deviceRows } from "./device-row.ts";
import { DevicePane } from "./DevicePane.tsx";
import { DevicesEmpty } from "./DevicesEmpty.tsx";
import { DevicesHeader } from "./DevicesHeader.tsx";
import { DevicesProvider, useDevicesState } from "./devices-context.tsx";
import { createDevicesStore } from "./devices-store.ts";
import { DeviceTable } from "./DeviceTable.tsx";
import { DeviceTasks } from "./DeviceTasks.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { useDeviceCommands } from "./use-device-commands.ts";
import styles from "./devices.module.css";

/** The Devices page: what is on the site, what is wrong with it, and how to add to it. */
export function DevicesView() {
  const say = useSay();
  const store = useKept("devices", () => createDevicesStore(localStorage));
  useEffect(() => () => store.setState({ task: null, renaming: null }), [store]);
  const devices = useDevices();
  useTarget("device", ({ id }) => store.setState({ pane: { kind: "detail", deviceId: id } }));
  useTarget("discover", () => store.setState({ pane: { kind: "discovery" } }));
  if (devices.data !== undefined) {
    return (
      <DevicesProvider store={store}>
        <DevicesPage devices={devices.data} />
      </DevicesProvider>
    );
  }
  if (!devices.isError) return <LoadingState label={say("devices.loading")} />;
  return (
    <div className={styles.page}>
      <PageHeader title={say("devices.title")} />
      <ErrorState
        title={say("devices.loadFailed.title")}
        cause={say("devices.loadFailed.cause")}
        remedy={say("devices.loadFailed.remedy")}
        detail={errorWords(say, devices.error)}
        action={
          <Button tone="primary" onPress={() => void devices.refetch()}>
            {say("design.retry")}
          </Button>
        }
      />
    </div>
  );
}

function DevicesPage({ devices }: { readonly devices: readonly Device[] }) {
  const say = useSay();
  const zone = useSiteZone();
  const view = useDevicesState((state) => state.view);
  const filter = useDevicesState((state) => state.filter);
  const visible = useDevicesState((state) => state.columns);
  const selected = useDevicesState((state) => state.selected);
  const statuses = useStreamStatuses();
  const rows = useMemo(() => deviceRows(devices, statuses), [devices, statuses]);
  const shown = useMemo(() => filterRows(rows, view, filter), [rows, view, filter]);
  const allColumns = useMemo(() => deviceColumns({ say, now: () => systemClock.now(), zone }), [say, zone]);
  const columns = useMemo(
    () => allColumns.filter((column) => column.isRowHeader === true || visible.has(column.id)),
    [allColumns, visible],
  );
  useDeviceCommands(shown);
  return (
    <div className={styles.page}>
      <DevicesHeader rows={rows} shown={shown} columns={columns} allColumns={allColumns} />
      <div className={styles.content}>
        <div className={styles.main}>
          <SelectionBar devices={devices.filter((device) => selected.has(device.id))} />
          <div className={styles.table}>
            <DeviceTable
              rows={shown}
              columns={columns}
              empty={<DevicesEmpty isSiteEmpty={devices.length === 0} />}
            />
          </div>
        </div>
        <DevicePane devices={devices} />
      </div>
      <DeviceTasks devices={devices} />
    </div>
  );
}
