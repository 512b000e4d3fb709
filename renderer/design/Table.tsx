import { ChevronDown, ChevronUp } from "lucide-react";
import { useMemo, type MouseEvent, type ReactNode } from "react";
import {
  Cell,
  Column,
  ResizableTableContainer,
  Row,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from "react-aria-components/Table";
import { TableLayout, Virtualizer } from "react-aria-components/Virtualizer";
import { useSay } from "../messages/messages-context.tsx";
import { Checkbox } from "./Checkbox.tsx";
import type { MenuPoint } from "./ContextMenu.tsx";
import { sortRows, type TableColumn, type TableSort } from "./table-column.ts";
import styles from "./table.module.css";

export interface TableProps<Entry extends { readonly id: string }> {
  readonly label: string;
  readonly columns: readonly TableColumn<Entry>[];
  readonly rows: readonly Entry[];
  readonly sort: { readonly by: TableSort; readonly onChange: (sort: TableSort) => void };
  readonly selection: {
    readonly ids: ReadonlySet<string>;
    readonly onChange: (ids: ReadonlySet<string>) => void;
    /** The row whose detail is open beside the table. */
    readonly openId?: string | undefined;
    /** `open`: rows are only opened, never ticked; left out: any number is ticked. */
    readonly mode?: "open";
  };
  /** Enter or double click on a row. */
  readonly onOpen?: (row: Entry) => void;
  /** Right click, Menu key or Shift+F10 on a row. */
  readonly onMenu?: (row: Entry, at: MenuPoint) => void;
  readonly empty: ReactNode;
}

const rowHeight = 28;

/** Rows of one kind: sortable, selectable, only what is visible is drawn (500 rows and more). */
export function Table<Entry extends { readonly id: string }>(props: TableProps<Entry>) {
  const { columns, selection, sort } = props;
  const say = useSay();
  const isTicked = selection.mode !== "open";
  const rows = useMemo(() => sortRows(props.rows, columns, sort.by), [props.rows, columns, sort.by]);
  const openMenu = (event: MouseEvent<HTMLElement>): void => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=row]") : null;
    const row = rows.find((candidate) => candidate.id === element?.dataset["key"]);
    if (row === undefined || props.onMenu === undefined) return;
    event.preventDefault();
    const box = element?.getBoundingClientRect();
    const isKeyboard = event.clientX === 0 && event.clientY === 0;
    props.onMenu(
      row,
      isKeyboard && box ? { x: box.x + 48, y: box.bottom } : { x: event.clientX, y: event.clientY },
    );
  };
  if (rows.length === 0) return <div className={styles.empty}>{props.empty}</div>;
  return (
    <ResizableTableContainer className={styles.container ?? ""} onContextMenu={openMenu}>
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight, headingHeight: rowHeight }}>
        <AriaTable
          aria-label={props.label}
          className={styles.table ?? ""}
          selectionMode={isTicked ? "multiple" : "none"}
          selectedKeys={new Set(selection.ids)}
          onSelectionChange={(keys) =>
            selection.onChange(
              keys === "all" ? new Set(rows.map((row) => row.id)) : new Set([...keys].map(String)),
            )
          }
          sortDescriptor={sort.by}
          onSortChange={({ column, direction }) => sort.onChange({ column: String(column), direction })}
          onRowAction={(key) => {
            const row = rows.find((candidate) => candidate.id === key);
            if (row !== undefined) props.onOpen?.(row);
          }}
          selectionBehavior="toggle"
        >
          <TableHeader className={styles.header ?? ""}>
            {isTicked && (
              <Column id="select" width={36} minWidth={36} className={styles.heading ?? ""}>
                <Checkbox slot="selection" aria-label={say("design.selectAll")} />
              </Column>
            )}
            {columns.map((column) => (
              <Column
                key={column.id}
                id={column.id}
                textValue={column.title}
                isRowHeader={column.isRowHeader ?? false}
                allowsSorting={column.sortBy !== undefined}
                minWidth={column.width}
                width={(column.grow ?? 0) === 0 ? column.width : `${column.grow ?? 1}fr`}
                className={styles.heading ?? ""}
                data-align={column.align ?? "start"}
              >
                {({ sortDirection }) => (
                  <>
                    <span className={styles.text}>{column.title}</span>
                    {sortDirection === "ascending" && <ChevronUp size={12} aria-hidden />}
                    {sortDirection === "descending" && <ChevronDown size={12} aria-hidden />}
                  </>
                )}
              </Column>
            ))}
          </TableHeader>
          <TableBody items={rows} dependencies={[columns, selection.openId]}>
            {(row) => (
              <Row id={row.id} className={styles.row ?? ""} data-open={row.id === selection.openId}>
                {isTicked && (
                  <Cell className={styles.cell ?? ""}>
                    <Checkbox slot="selection" aria-label={say("design.selectRow")} />
                  </Cell>
                )}
                {columns.map((column) => (
                  <Cell key={column.id} className={styles.cell ?? ""} data-align={column.align ?? "start"}>
                    {column.render(row)}
                  </Cell>
                ))}
              </Row>
            )}
          </TableBody>
        </AriaTable>
      </Virtualizer>
    </ResizableTableContainer>
  );
}
