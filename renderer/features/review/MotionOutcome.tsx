import { X } from "lucide-react";
import { IconButton } from "../../design/IconButton.tsx";
import { ProgressBar } from "../../design/ProgressBar.tsx";
import { duration } from "../../messages/format.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useMotionDesk } from "../../pictures/Pictures.tsx";
import { MotionResults } from "./MotionResults.tsx";
import { motionWords, useMotionState } from "./use-motion.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./motion.module.css";

/** Below this share and time nothing is said of what remains: it would be a guess. */
const leastShare = 0.03;
const leastMs = 1_500;

/** How the search stands: progress with what remains and cancel, then what it found and what it passed over. */
export function MotionOutcome({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const desk = useMotionDesk();
  const state = useMotionState();
  if (state.kind === "none") return null;
  const { progress, question } = state;
  const { share, damaged, unlisted, moments } = progress;
  const tookMs = state.kind === "failed" ? 0 : state.tookMs;
  const percent = Math.floor(share * 100);
  const isKnown = share > leastShare && tookMs > leastMs;
  return (
    <section
      className={styles.outcome}
      aria-label={say("motion.results")}
      data-state={state.kind}
      data-pictures={progress.pictures}
      data-took-ms={Math.round(tookMs)}
    >
      {state.kind === "running" && (
        <div className={styles.running}>
          <ProgressBar label={say("motion.progress")} value={share} />
          <span className={styles.dim}>
            {isKnown
              ? say("motion.running", {
                  share: percent,
                  remaining: duration(say, (tookMs / share) * (1 - share)),
                })
              : say("motion.runningFirst", { share: percent })}
          </span>
          <IconButton size="small" label={say("motion.cancel")} icon={X} onPress={() => desk?.cancel()} />
        </div>
      )}
      <p role="status" className={styles.said} data-failed={state.kind === "failed"}>
        {motionWords(state, say, duration(say, tookMs))}
      </p>
      {damaged > 0 && <p className={styles.dim}>{say("motion.damaged", { count: damaged })}</p>}
      {unlisted > 0 && <p className={styles.dim}>{say("motion.unlisted", { count: unlisted })}</p>}
      {moments.length > 0 && <MotionResults channelId={question.channelId} moments={moments} deeds={deeds} />}
    </section>
  );
}
