import { useEffect, useState } from "react";
import { systemClock } from "../../shared/base/clock.ts";

/** The time in ms UTC, anew at each full step (1 s): ages and clocks tick together. */
export function useNow(stepMs = 1_000): number {
  const [now, setNow] = useState(() => systemClock.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const at = systemClock.now();
      setNow(at);
      timer = setTimeout(tick, stepMs - (at % stepMs));
    };
    tick();
    return () => clearTimeout(timer);
  }, [stepMs]);
  return now;
}
