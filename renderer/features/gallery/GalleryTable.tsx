import { useState } from "react";
import { ColumnChooser } from "../../design/ColumnChooser.tsx";
import { Panel } from "../../design/Panel.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { Table } from "../../design/Table.tsx";
import type { TableColumn, TableSort } from "../../design/table-column.ts";

interface Entry {
  readonly id: string;
  readonly number: number;
  readonly name: string;
}

const entries: readonly Entry[] = Array.from({ length: 200 }, (_, index) => ({
  id: String(index),
  number: 101 + index,
  name: `Camera ${index + 1}`,
}));

const columns: readonly TableColumn<Entry>[] = [
  {
    id: "number",
    title: "No",
    width: 64,
    render: (entry) => <span>{entry.number}</span>,
    sortBy: (entry) => entry.number,
  },
  {
    id: "name",
    title: "Name",
    width: 160,
    grow: 1,
    isRowHeader: true,
    render: (entry) => <strong>{entry.name}</strong>,
    sortBy: (entry) => entry.name,
  },
  {
    id: "state",
    title: "State",
    width: 160,
    render: (entry) =>
      entry.number % 7 === 0 ? (
        <StateMark severity="critical">unreachable</StateMark>
      ) : (
        <StateMark severity="normal">ok</StateMark>
      ),
  },
];

/** A long table and its column chooser. */
export function GalleryTable() {
  const [sort, setSort] = useState<TableSort>({ column: "number", direction: "ascending" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["1"]));
  const [visible, setVisible] = useState<ReadonlySet<string>>(new Set(["number", "name", "state"]));
  const shown = columns.filter((column) => column.isRowHeader === true || visible.has(column.id));
  return (
    <Panel
      title="Table"
      actions={<ColumnChooser label="Columns" columns={columns} visible={visible} onChange={setVisible} />}
    >
      <div style={{ height: "calc(8 * var(--row))" }}>
        <Table
          label="Cameras"
          columns={shown}
          rows={entries}
          sort={{ by: sort, onChange: setSort }}
          selection={{ ids: selected, onChange: setSelected }}
          empty={null}
        />
      </div>
    </Panel>
  );
}
