import { Copy, Radar } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { ColumnChooser } from "../../design/ColumnChooser.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { SearchField } from "../../design/SearchField.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { csvFile } from "./device-csv.ts";
import type { DeviceColumn } from "./device-columns.tsx";
import { deviceViews, isInView } from "./device-filter.ts";
import type { DeviceRow } from "./device-row.ts";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";

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
  const visible = useDevicesState((state) => state.columns);
  const exportCsv = (): void => {
    const text = csvFile(
      columns.map((column) => column.title),
      shown.map((row) => columns.map((column) => column.text(row))),
    );
    const count = shown.length;
    navigator.clipboard.writeText(text).then(
      () => toasts.show({ severity: "normal", title: say("devices.exported", { count }) }),
      (error: unknown) =>
        toasts.show({ severity: "serious", title: say("devices.actionFailed"), detail: String(error) }),
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
        <Copy size={14} aria-hidden />
        {say("devices.export")}
      </Button>
      <Button tone="primary" onPress={() => store.setState({ pane: { kind: "discovery" } })}>
        <Radar size={14} aria-hidden />
        {say("devices.discover")}
      </Button>
    </PageHeader>
  );
}
