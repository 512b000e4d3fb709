import type { KeyboardEvent, PointerEvent } from "react";
import { useStore } from "zustand";
import { useSay } from "../../messages/messages-context.tsx";
import type { PicturePoint, Region } from "../../pictures/motion/region.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import styles from "./motion.module.css";

const usualAspect = 16 / 9;
const step = 0.02;
const farStep = 0.1;

/** Over the selected tile while motion is looked for: the areas drawn, and the pen by mouse and keyboard. */
export function RegionLayer({ channel }: { readonly channel: Channel }) {
  const isOpen = useReview(({ drawer, selectedId }) => drawer.kind === "motion" && selectedId === channel.id);
  return isOpen ? <Pen channel={channel} /> : null;
}

function Pen({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  const { pen } = useReviewScope();
  const { regions, draft, cursor, shape } = useStore(pen);
  const main = channel.streams.find(({ role }) => role === "main");
  const aspect = main && main.width > 0 && main.height > 0 ? main.width / main.height : usualAspect;
  const { press, moveTo, release } = pen.getState();
  const hintId = `region-hint-${channel.id}`;
  return (
    <div className={styles.layer}>
      {/* A drawing surface takes keys of its own, which no other role allows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={styles.pen}
        // As large as the picture stands in its tile.
        style={{ width: `min(100cqw, ${aspect * 100}cqh)`, aspectRatio: aspect }}
        aria-label={say("motion.layer", { number: channel.number, name: channel.name })}
        aria-describedby={hintId}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          press(placeOf(event));
        }}
        onPointerMove={(event) => moveTo(placeOf(event))}
        onPointerUp={(event) => release(placeOf(event))}
        onDoubleClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          if (!drawByKey(event, pen.getState())) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {regions.map((region, index) => (
            // Areas have no identity but their order.
            // oxlint-disable-next-line react/no-array-index-key
            <polygon key={index} points={pointsOf(region)} />
          ))}
          <Draft shape={shape} draft={draft} cursor={cursor} />
        </svg>
        <span className={styles.cross} style={{ left: `${cursor.x * 100}%`, top: `${cursor.y * 100}%` }} />
      </div>
      <span id={hintId} hidden>
        {say("motion.layerHint")}
      </span>
    </div>
  );
}

function Draft(props: {
  readonly shape: "rectangle" | "outline";
  readonly draft: readonly PicturePoint[];
  readonly cursor: PicturePoint;
}) {
  const [first] = props.draft;
  if (first === undefined) return null;
  const { cursor } = props;
  const corners =
    props.shape === "outline"
      ? [...props.draft, cursor]
      : [first, { x: cursor.x, y: first.y }, cursor, { x: first.x, y: cursor.y }];
  return <polygon data-draft points={pointsOf(corners)} />;
}

const pointsOf = (region: Region): string => region.map(({ x, y }) => `${x * 100},${y * 100}`).join(" ");

function placeOf(event: PointerEvent<HTMLElement>): PicturePoint {
  const box = event.currentTarget.getBoundingClientRect();
  const share = (value: number, size: number): number => Math.min(1, Math.max(0, value / Math.max(1, size)));
  return { x: share(event.clientX - box.left, box.width), y: share(event.clientY - box.top, box.height) };
}

/** True when the key was the pen's. */
function drawByKey(
  event: KeyboardEvent,
  pen: ReturnType<ReturnType<typeof useReviewScope>["pen"]["getState"]>,
): boolean {
  const by = event.shiftKey ? farStep : step;
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-by, 0],
    ArrowRight: [by, 0],
    ArrowUp: [0, -by],
    ArrowDown: [0, by],
  };
  const move = moves[event.key];
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (move !== undefined) pen.nudge(...move);
  else if (event.key === "Enter") pen.set();
  else if (event.key === "Backspace") pen.undo();
  else if (event.key === "Escape") return pen.giveUp();
  else return false;
  return true;
}
