import { StateMark } from "../../design/StateMark.tsx";
import type { TableColumn } from "../../design/table-column.ts";
import { Moment } from "../../frame/Moment.tsx";
import { clockOffset, moment } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";
import { clockFindingMs, type DeviceRow } from "./device-row.ts";
import { loginWords, stateWords, streamWords } from "./device-words.ts";
import { StateCell } from "./DeviceTimeCells.tsx";
import { DeviceNameCell } from "./DeviceNameCell.tsx";
import styles from "./devices.module.css";

/** What a column needs to read a row. */
export interface ColumnView {
  readonly say: Say;
  /** Asked when a cell is written out, never while drawing. */
  readonly now: () => number;
  readonly zone: string;
}

/** A column of the device table; `text` is what a CSV file holds. */
export interface DeviceColumn extends TableColumn<DeviceRow> {
  readonly text: (row: DeviceRow) => string;
}

type ColumnId =
  | "number"
  | "name"
  | "address"
  | "maker"
  | "firmware"
  | "clock"
  | "streams"
  | "login"
  | "serial"
  | "mac"
  | "seen"
  | "adopted"
  | "state";

const stateOrder = { critical: 0, serious: 1, warning: 2, notice: 3, normal: 4, quiet: 5 } as const;

/** Every column technicians sort by, in the order they are shown. */
export function deviceColumns({ say, now, zone }: ColumnView): readonly DeviceColumn[] {
  const title = (id: ColumnId): string => say(`devices.column.${id}`);
  const plain = (id: ColumnId, width: number, text: (row: DeviceRow) => string, grow = 0): DeviceColumn => ({
    id,
    title: title(id),
    width,
    grow,
    text,
    render: (row) => <span title={text(row)}>{text(row)}</span>,
    sortBy: text,
  });
  const mono = (column: DeviceColumn): DeviceColumn => ({
    ...column,
    render: (row) => <span className={styles.mono}>{column.text(row)}</span>,
  });
  return [
    {
      ...plain("number", 64, (row) => row.numbers.join(", ")),
      sortBy: (row) => row.numbers[0] ?? null,
    },
    {
      ...plain("name", 170, (row) => row.device.name, 2),
      isRowHeader: true,
      render: (row) => <DeviceNameCell device={row.device} />,
    },
    {
      ...plain("state", 220, (row) => stateWords(say, row, now()).words, 1),
      sortBy: (row) => {
        const { severity, words } = stateWords(say, row, 0);
        return `${stateOrder[severity]} ${words}`;
      },
      render: (row) => <StateCell row={row} />,
    },
    mono(plain("address", 132, (row) => row.device.address.host)),
    plain("maker", 140, ({ device }) => `${device.identity.maker} ${device.identity.model}`.trim(), 1),
    plain("firmware", 90, (row) => row.device.identity.firmware),
    {
      ...plain("clock", 84, (row) => clockOffset(say, row.device.clockOffsetMs)),
      align: "end",
      sortBy: (row) => row.device.clockOffsetMs,
      render: ({ device }) =>
        Math.abs(device.clockOffsetMs ?? 0) > clockFindingMs ? (
          <StateMark severity="notice">{clockOffset(say, device.clockOffsetMs)}</StateMark>
        ) : (
          <span>{clockOffset(say, device.clockOffsetMs)}</span>
        ),
    },
    plain("streams", 130, (row) => streamWords(row.device), 1),
    {
      ...plain("login", 96, (row) => loginWords(say, row.device)),
      render: (row) => <span className={styles.dim}>{loginWords(say, row.device)}</span>,
    },
    mono(plain("serial", 150, (row) => row.device.identity.serial ?? "–")),
    mono(plain("mac", 140, (row) => row.device.identity.mac ?? "–")),
    {
      ...plain("seen", 150, (row) => moment(say, row.device.lastSeenAt, now(), zone)),
      sortBy: (row) => row.device.lastSeenAt,
      render: (row) => <Moment at={row.device.lastSeenAt} clockOffsetMs={row.device.clockOffsetMs} />,
    },
    {
      ...plain("adopted", 150, (row) => moment(say, row.device.adoptedAt, now(), zone)),
      sortBy: (row) => row.device.adoptedAt,
      render: (row) => <Moment at={row.device.adoptedAt} clockOffsetMs={row.device.clockOffsetMs} />,
    },
  ];
}
