import { Button } from "react-aria-components/Button";
import { Tooltip } from "../design/Tooltip.tsx";
import { clockTime, dateTime, offsetName } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useSiteZone } from "../read-model/use-settings.ts";
import { useToasts } from "./frame-context.tsx";
import { useNow } from "./use-now.ts";
import styles from "./frame.module.css";

/** Site time with seconds; the date and UTC on hover or focus, copied for a report when pressed. */
export function SiteClock() {
  const say = useSay();
  const toasts = useToasts();
  const now = useNow();
  const zone = useSiteZone();
  const time = clockTime(now, zone);
  const inFull = `${dateTime(now, zone)} ${zone} · ${say("time.utc", { time: dateTime(now, "UTC") })}`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(inFull);
    toasts.show({ severity: "normal", title: say("design.copied"), detail: inFull });
  };
  return (
    <Tooltip text={inFull}>
      <Button className={styles.clock ?? ""} onPress={() => void copy()}>
        <span className="visually-hidden">{say("status.clock")}</span>
        <time className={styles.time} dateTime={new Date(now).toISOString()}>
          {time}
        </time>{" "}
        <span className={styles.zone}>{offsetName(now, zone)}</span>
      </Button>
    </Tooltip>
  );
}
