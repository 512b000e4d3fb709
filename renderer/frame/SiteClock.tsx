import { Focusable } from "react-aria-components/Tooltip";
import { Tooltip } from "../design/Tooltip.tsx";
import { clockTime, dateTime, offsetName } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useSiteZone } from "../read-model/use-settings.ts";
import { useNow } from "./use-now.ts";
import styles from "./frame.module.css";

/** Site time with seconds; the date and UTC on hover or focus. */
export function SiteClock() {
  const say = useSay();
  const now = useNow();
  const zone = useSiteZone();
  const time = clockTime(now, zone);
  return (
    <Tooltip text={`${dateTime(now, zone)} ${zone} · ${say("time.utc", { time: dateTime(now, "UTC") })}`}>
      <Focusable>
        <span
          className={styles.clock}
          role="timer"
          aria-label={say("status.clock", { local: time })}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- UTC must be reachable by keyboard
          tabIndex={0}
        >
          <time className={styles.time} dateTime={new Date(now).toISOString()}>
            {time}
          </time>
          <span className={styles.zone}>{offsetName(now, zone)}</span>
        </span>
      </Focusable>
    </Tooltip>
  );
}
