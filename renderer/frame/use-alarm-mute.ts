import { useSyncExternalStore } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import { useNow } from "./use-now.ts";

const key = "watchfloor.alarms.mutedUntil";
/** Nobody mutes for ever: a desk that has gone quiet is not heard when it matters. */
const muteMs = 15 * 60_000;
const changed = "watchfloor-alarms-muted";

/** Until when this person has muted the alarm sounds on this computer; 0: they sound. */
export function mutedUntilNow(): number {
  const until = Number(localStorage.getItem(key) ?? 0);
  return Number.isFinite(until) ? until : 0;
}

function keep(until: number): void {
  localStorage.setItem(key, String(until));
  window.dispatchEvent(new Event(changed));
}

function listen(hear: () => void): () => void {
  // `storage` comes from the other windows, the other one from this.
  window.addEventListener("storage", hear);
  window.addEventListener(changed, hear);
  return () => {
    window.removeEventListener("storage", hear);
    window.removeEventListener(changed, hear);
  };
}

/** The mute, shared by all windows, with its end. */
export function useAlarmMute(): {
  readonly mutedUntil: number | null;
  readonly mute: () => void;
  readonly unmute: () => void;
} {
  const until = useSyncExternalStore(listen, mutedUntilNow);
  const now = useNow();
  return {
    mutedUntil: until > now ? until : null,
    mute: () => keep(systemClock.now() + muteMs),
    unmute: () => keep(0),
  };
}
