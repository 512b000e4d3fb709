import {
  Bookmark,
  ChevronLeft,
  ChevronRight,
  List,
  Lock,
  PanelLeft,
  Pause,
  Play,
  Radio,
  RotateCcw,
  RotateCw,
  StepBack,
  StepForward,
  ScanSearch,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Kbd } from "../../design/Kbd.tsx";
import { PageHeader } from "../../design/PageHeader.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { JumpField } from "./JumpField.tsx";
import { useDeckView, useReview, useReviewScope } from "./review-context.tsx";
import { SpeedSelect } from "./SpeedSelect.tsx";
import { playOther, stepBy } from "./review-commands.ts";
import { siteTime } from "./site-time.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";
import styles from "./review.module.css";

/** Everything that moves the common time, the time itself, and what is kept of it. */
export function ReviewHeader({ deeds }: { readonly deeds: ReviewDeeds }) {
  const say = useSay();
  const { store, deck } = useReviewScope();
  const count = useReview((review) => review.channels.length);
  const { isPlaying, speed } = useDeckView();
  const drawer = useReview((review) => review.drawer.kind);
  const { open, markIn, markOut } = store.getState();
  return (
    <PageHeader title={say("review.title")} note={say("review.count", { count })}>
      <IconButton
        label={say("review.cameras")}
        icon={PanelLeft}
        keys="L"
        onPress={() => open({ kind: drawer === "cameras" ? "none" : "cameras" })}
      />
      <JumpField />
      <div className={styles.transport} role="group" aria-label={say("review.transport")}>
        <IconButton
          label={say("review.back")}
          icon={RotateCcw}
          keys="←"
          onPress={() => stepBy(deck, -5_000)}
        />
        <IconButton
          label={say("review.stepBack")}
          icon={ChevronLeft}
          keys=","
          onPress={() => stepFrame(-1)}
        />
        <IconButton
          label={say(speed < 0 ? "review.playOn" : "review.playBack")}
          icon={speed < 0 ? StepForward : StepBack}
          keys="J"
          onPress={() => playOther(deck)}
        />
        <IconButton
          label={say(isPlaying ? "review.pause" : "review.play")}
          icon={isPlaying ? Pause : Play}
          keys="Space"
          tone="plain"
          onPress={() => deck.setPlaying(!isPlaying)}
        />
        <IconButton label={say("review.stepOn")} icon={ChevronRight} keys="." onPress={() => stepFrame(1)} />
        <IconButton label={say("review.on")} icon={RotateCw} keys="→" onPress={() => stepBy(deck, 5_000)} />
      </div>
      <SpeedSelect />
      <TimeShown />
      <Button onPress={() => markIn(deck.at)}>
        {say("review.markIn")} <Kbd keys="[" />
      </Button>
      <Button onPress={() => markOut(deck.at)}>
        {say("review.markOut")} <Kbd keys="]" />
      </Button>
      <Button isDisabled={count === 0} onPress={() => void deeds.bookmark()}>
        <Bookmark size={14} aria-hidden /> {say("review.bookmark")} <Kbd keys="B" />
      </Button>
      <IconButton
        label={say("motion.title")}
        icon={ScanSearch}
        keys="Shift+M"
        onPress={() => open({ kind: drawer === "motion" ? "none" : "motion" })}
      />
      <IconButton
        label={say("review.bookmarks")}
        icon={List}
        keys="Shift+B"
        onPress={() => open({ kind: drawer === "bookmarks" ? "none" : "bookmarks" })}
      />
      <IconButton
        label={say("review.locks")}
        icon={Lock}
        keys="Shift+O"
        onPress={() => open({ kind: drawer === "locks" ? "none" : "locks" })}
      />
      <Button tone="primary" onPress={deeds.goLive}>
        <Radio size={14} aria-hidden /> {say("review.goLive")}
      </Button>
    </PageHeader>
  );

  function stepFrame(direction: 1 | -1): void {
    const { selectedId } = store.getState();
    if (selectedId !== null) deck.step(direction, selectedId);
  }
}

/** The common time with tenths, written straight into the page twenty-five times a second. */
function TimeShown() {
  const { deck, zone } = useReviewScope();
  const say = useSay();
  const element = useRef<HTMLTimeElement>(null);
  useEffect(
    () =>
      deck.subscribeTime((at) => {
        const node = element.current;
        if (node === null) return;
        const { day, clock } = siteTime(at, zone);
        node.textContent = clock;
        node.dateTime = new Date(at).toISOString();
        node.title = day;
      }),
    [deck, zone],
  );
  return <time ref={element} className={styles.time} aria-label={say("review.time", { time: "" })} />;
}
