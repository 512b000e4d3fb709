import { Download, Radar } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { ColumnChooser } from "../../design/ColumnChooser.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { systemClock } from "../../../shared/base/clock.ts";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { dateTime } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import { useDiscovery } from "../../read-model/use-discovery.ts";
import { useSettings, useSiteZone } from "../../read-model/use-settings.ts";
import { csvFile } from "../../../shared/base/csv.ts";
import type { DeviceColumn } from "./device-columns.tsx";
import { deviceViews, isInView } from "./device-filter.ts";
import type { DeviceRow } from "./device-row.ts";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";
import styles from "./devices.module.css";

export interface DevicesHeaderProps {
  readonly rows: readonly DeviceRow[];
  /** What the table shows now, for the export. */
  readonly shown: readonly DeviceRow[];
  readonly columns: readonly DeviceColumn[];
  readonly allColumns: readonly DeviceColumn[];
}

/** Views with their counts, filter, columns, export, discovery. */
export function DevicesHeader({ rows, shown, columns, allColumns }: DevicesHeaderProps) {
  const say = useSay();
  const store = useDevicesStore();
  const toasts = useToasts();
  const view = useDevicesState((state) => state.view);
  const filter = useDevicesState((state) => state.filter);
  const { client } = useConsole();
  const { siteName } = useSettings();
  const zone = useSiteZone();
  const fresh = newSightings(useDiscovery());
  const visible = useDevicesState((state) => state.columns);
  const exportCsv = (): void => {
    const text = csvFile(
      columns.map((column) => column.title),
      shown.map((row) => columns.map((column) => column.text(row))),
    );
    const count = shown.length;
    const name = exportName(say, siteName, systemClock.now(), zone);
    client.app.saveFile({ name, text }).then(
      ({ path }) => {
        if (path === null) return;
        toasts.show({ severity: "normal", title: say("devices.exported", { count }), detail: path });
      },
      (error: unknown) =>
        toasts.show({
          severity: "serious",
          title: say("devices.exportFailed"),
          detail: errorWords(say, error),
        }),
    );
  };
  return (
    <PageHeader
      title={say("devices.title")}
      views={
        <SegmentedControl
          label={say("devices.views")}
          selected={view}
          onSelect={(next) => store.setState({ view: next })}
          segments={deviceViews.map((id) => ({
            id,
            title: say(`devices.view.${id}`),
            count: rows.filter((row) => isInView(row, id)).length,
          }))}
        />
      }
    >
      <SearchField
        label={say("devices.filter")}
        value={filter}
        onChange={(text) => store.setState({ filter: text })}
        data-filter="devices"
      />
      <ColumnChooser
        label={say("devices.columns")}
        columns={allColumns.filter((column) => column.isRowHeader !== true)}
        visible={visible}
        onChange={(next) => store.setState({ columns: next })}
      />
      <Button onPress={exportCsv} isDisabled={shown.length === 0}>
        <Download size={14} aria-hidden />
        {say("devices.export")}
      </Button>
      <Button tone="primary" onPress={() => store.setState({ pane: { kind: "discovery" } })}>
        <Radar size={14} aria-hidden />
        {say("devices.discover")}
        {fresh > 0 && (
          <span className={styles.fresh}>
            <span aria-hidden>{say("devices.new", { count: fresh })}</span>
            <span className="visually-hidden">{say("devices.discoverNew", { count: fresh })}</span>
          </span>
        )}
      </Button>
    </PageHeader>
  );
}

/** How many devices were seen that are not in the list and have not said goodbye. */
export const newSightings = (view: DiscoveryView | undefined): number =>
  (view?.sightings ?? []).filter(({ deviceId, gone }) => deviceId === null && !gone).length;

/** `Harbour devices 2026-11-22.csv`: what no file system takes in a name is left out of the site's. */
function exportName(say: Say, siteName: string, now: number, zone: string): string {
  const site = siteName
    .replaceAll(/[^\w .-]/g, "")
    .trim()
    .slice(0, 40);
  const day = dateTime(now, zone).slice(0, 10);
  return say("devices.exportName", { site: site === "" ? "Site" : site, day });
}
