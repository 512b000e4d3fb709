import { CalendarClock } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { DialogTrigger, Dialog } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { systemClock } from "../../../shared/base/clock.ts";
import { Button } from "../../design/Button.tsx";
import { TextField } from "../../design/TextField.tsx";
import overlay from "../../design/overlay.module.css";
import { useSay } from "../../messages/messages-context.tsx";
import { MomentError, parseMoment } from "./parse-moment.ts";
import { useReview, useReviewScope } from "./review-context.tsx";
import { siteTime } from "./site-time.ts";
import styles from "./review.module.css";

/** The day that is shown; pressed, a field that takes any time as people write it. */
export function JumpField() {
  const say = useSay();
  const { store, deck, zone } = useReviewScope();
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
