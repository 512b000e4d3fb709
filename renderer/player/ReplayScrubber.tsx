import { useEffect, useRef } from "react";
import { clockTime } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useSiteZone } from "../read-model/use-settings.ts";
import type { Replay } from "./replay.ts";
import styles from "./replay.module.css";

export interface ReplayScrubberProps {
  readonly replay: Replay;
  /** What is remembered, ms UTC. */
  readonly from: number;
  readonly to: number;
}

const stepMs = 1_000;

/** The remembered half minute as a slider: drag, or arrow keys by the second. Takes the focus when it appears. */
export function ReplayScrubber({ replay, from, to }: ReplayScrubberProps) {
  const say = useSay();
  const zone = useSiteZone();
  const element = useRef<HTMLInputElement>(null);
  useEffect(() => element.current?.focus({ preventScroll: true }), []);
  useEffect(
    () =>
      replay.subscribeTime(() => {
        const slider = element.current;
        if (slider === null) return;
        slider.value = String(Math.round(replay.at - from));
        slider.setAttribute("aria-valuetext", clockTime(replay.at, zone));
      }),
    [replay, from, zone],
  );
  return (
    <input
      ref={element}
      type="range"
      className={styles.scrubber}
      aria-label={say("replay.scrubber")}
      min={0}
      max={Math.max(1, Math.round(to - from))}
      step={10}
      defaultValue={0}
      draggable
      onDragStart={(event) => {
        // The tile would be dragged instead.
        event.preventDefault();
        event.stopPropagation();
      }}
      onInput={(event) => replay.seek(from + Number(event.currentTarget.value))}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -stepMs, ArrowDown: -stepMs, ArrowRight: stepMs, ArrowUp: stepMs }[event.key];
        if (by === undefined || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        event.stopPropagation();
        replay.seek(replay.at + by);
      }}
    />
  );
}
