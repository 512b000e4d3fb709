import { useEffect, useState } from "react";
import { systemClock } from "../../shared/base/clock.ts";

/** Now, ms UTC, renewed once a second while `isTicking`. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => systemClock.now());
  useEffect(() => {
    if (!isTicking) return undefined;
    const tick = (): void => setNow(systemClock.now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
