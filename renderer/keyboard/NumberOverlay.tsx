import { useEffect, useEffectEvent } from "react";
import { useSay } from "../messages/messages-context.tsx";
import { useClearNumber, useKeyboard } from "./KeyboardProvider.tsx";
import { numberEntryMs } from "./number-entry.ts";
import styles from "./keyboard.module.css";

/** Shows the digits of a camera being called. */
export function NumberOverlay() {
  const say = useSay();
  const entry = useKeyboard((state) => state.entry);
  const clear = useEffectEvent(useClearNumber());
  useEffect(() => {
    if (entry === null) return undefined;
    const timer = setTimeout(() => clear(), numberEntryMs);
    return () => clearTimeout(timer);
  }, [entry]);
  if (entry === null) return null;
  return (
    <div className={styles.number} role="status">
      <span className={styles.digits}>{say("number.entry", { digits: entry.digits })}</span>
      <span className={styles.hint}>{say("number.hint")}</span>
    </div>
  );
}
