import { useEffect, useState } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { Alarm } from "../../shared/model/alarm.ts";
import { isCalling, useAlarmFeed, useOpenAlarms } from "../read-model/use-alarms.ts";
import { AlarmSounds } from "./alarm-sound.ts";
import { mutedUntilNow } from "./use-alarm-mute.ts";

/** A life alarm that nobody acknowledges sounds again this often. */
const insistMs = 10_000;
/** No sound lasts longer. */
const soundMs = 1_200;

/** Sounds for what is announced, the gravest once; one of priority 1 sounds until it is acknowledged. */
export function useAlarmAnnouncements(): void {
  const [sounds] = useState(() => new AlarmSounds());
  const sound = (priority: Alarm["priority"]): void => {
    if (mutedUntilNow() > systemClock.now()) return;
    // Of several windows one sounds; a computer without a loudspeaker is no fault: banner and list say the same.
    void navigator.locks
      .request("watchfloor-alarm-sound", { ifAvailable: true }, async (lock) => {
        if (lock === null) return;
        await sounds.play(priority);
        await systemClock.sleep(soundMs);
      })
      .catch((error: unknown) => console.warn(`no alarm sound: ${String(error)}`));
  };
  useAlarmFeed((announced) => {
    const [gravest] = announced.toSorted((a, b) => a.priority - b.priority);
    if (gravest !== undefined) sound(gravest.priority);
  });
  const isInsisting = (useOpenAlarms().data ?? []).some((alarm) => alarm.priority === 1 && isCalling(alarm));
  useEffect(() => {
    if (!isInsisting) return;
    const timer = setInterval(() => sound(1), insistMs);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `sound` closes over nothing that changes
  }, [isInsisting]);
}
