import { useSyncExternalStore } from "react";

/** The ruler takes this part of the window at most; the pictures are what matters. */
const share = 0.38;

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
};

/** How high the ruler may be in this window, whole pixels. */
export function useMostHeight(): number {
  return useSyncExternalStore(subscribe, () => Math.max(120, Math.round(window.innerHeight * share)));
}
