import { classNames } from "./class-names.ts";
import styles from "./mark.module.css";

/** 1 (life) to 4 (information). */
export type Priority = 1 | 2 | 3 | 4;

const shapeOf = { 1: "square", 2: "triangle", 3: "diamond", 4: "circle" } as const;

export interface PriorityMarkProps {
  readonly priority: Priority;
  /** Spoken name; omitted beside visible words. */
  readonly label?: string;
  /** `off`: nothing of this priority, kept in place so that the eye need not search. */
  readonly mode?: "on" | "off";
}

/** A priority by shape and colour: red square, orange triangle, yellow diamond, blue circle. */
export function PriorityMark({ priority, label, mode = "on" }: PriorityMarkProps) {
  const named = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg
      viewBox="0 0 12 12"
      className={classNames(styles.mark, mode === "off" ? styles.off : styles[`p${priority}`])}
      {...named}
    >
      {shapes[shapeOf[priority]]}
    </svg>
  );
}

const shapes = {
  square: <rect x="1" y="1" width="10" height="10" />,
  triangle: <path d="M6 0.8 11.8 11H0.2Z" />,
  diamond: <path d="M6 0 12 6 6 12 0 6Z" />,
  circle: <circle cx="6" cy="6" r="5.2" />,
} as const;
