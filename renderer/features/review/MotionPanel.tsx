import { Search, Undo2, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { SegmentedControl } from "../../design/SegmentedControl.tsx";
import { Select } from "../../design/Select.tsx";
import { dateTime, duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useMotionDesk } from "../../pictures/Pictures.tsx";
import type { Sensitivity } from "../../pictures/motion/motion-model.ts";
import { MotionOutcome } from "./MotionOutcome.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { useMotionSpan } from "./use-motion.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./motion.module.css";

const shapes = ["rectangle", "outline"] as const;
const sensitivities: readonly Sensitivity[] = ["low", "normal", "high"];

/** Asks when something moved in the selected camera's picture: where, over which time, how much; below what was found. */
export function MotionPanel({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const desk = useMotionDesk();
  const { pen, channels, zone } = useReviewScope();
  const selectedId = useReview((review) => review.selectedId);
  const channel = selectedId === null ? undefined : channels.get(selectedId);
  const { shape, regions, draft, sensitivity } = useStore(pen);
  const { setShape, setSensitivity, undo, clear } = pen.getState();
  const span = useMotionSpan();
  const isEmpty = regions.length === 0 && draft.length === 0;
  const start = (): void => {
    if (channel === undefined) return;
    const { id: channelId, name, number } = channel;
    const { from, to } = span;
    desk?.start({ channelId, from, to, regions, sensitivity }, ({ moments }) =>
      say("motion.step", { number, name, found: say("motion.found", { count: moments.length }) }),
    );
  };
  return (
    <div className={styles.panel}>
      <p className={styles.dim}>{say("motion.explain")}</p>
      <b>
        {channel === undefined
          ? say("motion.noCamera")
          : say("motion.camera", { number: channel.number, name: channel.name })}
      </b>
      <div className={styles.tools}>
        <SegmentedControl
          label={say("motion.shape")}
          segments={shapes.map((id) => ({ id, title: say(`motion.shape.${id}`) }))}
          selected={shape}
          onSelect={setShape}
        />
        <IconButton label={say("motion.undo")} icon={Undo2} isDisabled={isEmpty} onPress={undo} />
        <IconButton label={say("motion.clear")} icon={Trash2} isDisabled={isEmpty} onPress={clear} />
      </div>
      <p className={styles.dim}>{say(`motion.hint.${shape}`)}</p>
      <p role="status">{say("motion.areas", { count: regions.length })}</p>
      <Select
        label={say("motion.sensitivity")}
        options={sensitivities.map((id) => ({ id, label: say(`motion.sensitivity.${id}`) }))}
        selected={sensitivity}
        onSelect={setSensitivity}
      />
      <div>
        <p>
          {say("motion.span", {
            from: dateTime(span.from, zone.name),
            to: dateTime(span.to, zone.name),
            duration: duration(say, span.to - span.from),
          })}
        </p>
        <p className={styles.dim} data-refused={span.refusal !== null}>
          {span.refusal === null ? say(`motion.span.${span.source}`) : say(`motion.refused.${span.refusal}`)}
        </p>
      </div>
      <Button
        tone="primary"
        isDisabled={channel === undefined || span.refusal !== null || desk === null}
        onPress={start}
      >
        <Search size={14} aria-hidden /> {say("motion.start")}
      </Button>
      <MotionOutcome deeds={deeds} />
    </div>
  );
}
