import { CalendarClock } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { DialogTrigger, Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { TextField } from "../../design/TextField.tsx";
import overlay from "../../design/overlay.module.css";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { MomentError, parseMoment } from "./parse-moment.ts";
import { MonthCalendar } from "./MonthCalendar.tsx";
import { useReview, useReviewScope } from "./review-context.tsx";
import { viewAround } from "./time-view.ts";
import { nextRecorded } from "./use-review-scope.ts";
import { siteTime } from "./site-time.ts";
import styles from "./review.module.css";

/** The day that is shown; pressed, a field that takes any time as people write it. */
export function JumpField() {
  const say = useSay();
  const { store, deck, zone } = useReviewScope();
  const { client } = useConsole();
  const jump = useReview((review) => review.jump);
  const day = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      deck.subscribeTime((at) => {
        if (day.current !== null) day.current.textContent = siteTime(at, zone).day;
      }),
    [deck, zone],
  );
  const close = (): void => store.getState().setJump("closed");
  /** The whole day on the ruler, and the first picture of it. */
  const showDay = async (from: number, to: number): Promise<void> => {
    close();
    store.getState().setView(viewAround((from + to) / 2, (to - from) * 1.05));
    try {
      const first = await nextRecorded(client, store.getState().channels, from);
      deck.seek(first !== null && first < to ? first : from);
    } catch (error) {
      console.warn(error);
      deck.seek(from);
    }
  };
  return (
    <DialogTrigger
      isOpen={jump === "open"}
      onOpenChange={(isOpen) => store.getState().setJump(isOpen ? "open" : "closed")}
    >
      <Button>
        <CalendarClock size={14} aria-hidden />
        <span className="visually-hidden">{say("review.jump")}</span>
        <span ref={day} />
      </Button>
      <Popover className={overlay.popover ?? ""} placement="bottom" offset={4}>
        <Dialog aria-label={say("review.jump")} className={styles.jump ?? ""}>
          <JumpForm onDone={close} />
          <MonthCalendar onSelect={(from, to) => void showDay(from, to)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function JumpForm({ onDone }: { readonly onDone: () => void }) {
  const say = useSay();
  const { store, deck, zone } = useReviewScope();
  const [text, setText] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const go = (): void => {
    try {
      const at = parseMoment(text, { zone, at: deck.at, now: systemClock.now() });
      deck.seek(at);
      store.getState().follow(deck.at);
      onDone();
    } catch (error) {
      if (!(error instanceof MomentError)) throw error;
      setIsWrong(true);
    }
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Enter") go();
  };
  return (
    <>
      <TextField
        autoFocus
        label={say("review.jumpField")}
        description={say("review.jumpHint")}
        face="mono"
        value={text}
        maxLength={64}
        error={isWrong ? say("review.jumpWrong") : undefined}
        onChange={(next) => {
          setText(next);
          setIsWrong(false);
        }}
        onKeyDown={keys}
      />
      <Button tone="primary" onPress={go}>
        {say("review.jumpGo")}
      </Button>
    </>
  );
}
