import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import styles from "./graph.module.css";

export interface LineGraphProps {
  /** What it shows, for those who cannot see it; put a table beside it. */
  readonly label: string;
  /** ms UTC, ascending. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly unit: string;
  readonly timeZone: string;
}

/** One value over time. */
export function LineGraph({ label, times, values, unit, timeZone }: LineGraphProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const look = getComputedStyle(element);
    const line = {
      stroke: look.color,
      grid: { stroke: look.borderColor, width: 1 },
      font: `${look.fontSize} ${look.fontFamily}`,
    };
    const clock = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone,
    });
    const graph = new UPlot(
      {
        width: element.clientWidth,
        height: element.clientHeight,
        cursor: { show: false },
        legend: { show: false },
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1e3), timeZone),
        axes: [
          { ...line, values: (_graph, ticks) => ticks.map((tick) => clock.format(tick * 1e3)) },
          { ...line, size: 56, values: (_graph, ticks) => ticks.map((tick) => `${tick} ${unit}`) },
        ],
        series: [{}, { stroke: look.outlineColor, width: 1.5, points: { size: 4 } }],
      },
      [times.map((at) => at / 1e3), [...values]],
      element,
    );
    const observer = new ResizeObserver(() =>
      graph.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      graph.destroy();
    };
  }, [times, values, unit, timeZone]);
  return <div ref={frame} className={styles.graph} role="img" aria-label={label} />;
}
