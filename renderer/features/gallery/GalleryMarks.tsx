import { Badge } from "../../design/Badge.tsx";
import { Kbd } from "../../design/Kbd.tsx";
import { Panel } from "../../design/Panel.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { Spinner } from "../../design/Spinner.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import styles from "./gallery.module.css";

const priorities = [1, 2, 3, 4] as const;
const severities = ["normal", "quiet", "notice", "warning", "serious", "critical"] as const;
const colours = [
  "surface-0",
  "surface-1",
  "surface-2",
  "surface-3",
  "line",
  "line-strong",
  "text-1",
  "text-2",
  "text-3",
  "select",
  "select-surface",
  "p1",
  "p2",
  "p3",
  "p4",
  "p1-surface",
  "p2-surface",
  "p3-surface",
  "p4-surface",
];

/** Colours, marks, states, badges, keys. */
export function GalleryMarks() {
  return (
    <>
      <Panel title="Colours">
        <div className={styles.swatches}>
          {colours.map((name) => (
            <span key={name} className={styles.swatch}>
              <span className={styles.colour} style={{ background: `var(--${name})` }} />
              {name}
            </span>
          ))}
        </div>
      </Panel>
      <Panel title="PriorityMark, StateMark, Badge">
        <div className={styles.row}>
          {priorities.map((priority) => (
            <PriorityMark key={priority} priority={priority} label={`Priority ${priority}`} />
          ))}
          {priorities.map((priority) => (
            <PriorityMark key={priority} priority={priority} mode="off" label={`No priority ${priority}`} />
          ))}
          {severities.map((severity) => (
            <StateMark key={severity} severity={severity}>
              {severity}
            </StateMark>
          ))}
          {severities.map((severity) => (
            <Badge key={severity} severity={severity}>
              {severity}
            </Badge>
          ))}
        </div>
      </Panel>
      <Panel title="Kbd, Spinner">
        <div className={styles.row}>
          <Kbd keys="?" /> <Kbd keys="Ctrl+K" /> <Kbd keys="Shift+F10" />
          <Spinner label="Loading" /> <Spinner size="small" label="Loading" />
        </div>
      </Panel>
    </>
  );
}
