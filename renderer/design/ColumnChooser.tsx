import { Columns3 } from "lucide-react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { Button } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import panel from "./column-chooser.module.css";
import styles from "./overlay.module.css";

export interface ColumnChooserProps {
  readonly label: string;
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly visible: ReadonlySet<string>;
  readonly onChange: (visible: ReadonlySet<string>) => void;
}

/** Which columns of a table are shown. */
export function ColumnChooser({ label, columns, visible, onChange }: ColumnChooserProps) {
  const toggle = (id: string, isVisible: boolean): void => {
    const next = new Set(visible);
    if (isVisible) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <DialogTrigger>
      <Button>
        <Columns3 size={14} aria-hidden />
        {label}
      </Button>
      <Popover className={styles.popover ?? ""} placement="bottom end" offset={4}>
        <Dialog aria-label={label} className={panel.list ?? ""}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              isSelected={visible.has(column.id)}
              onChange={(isVisible) => toggle(column.id, isVisible)}
            >
              {column.title}
            </Checkbox>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
