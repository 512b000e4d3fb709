import { useCallback, useEffect, useRef, useState } from "react";
import { useConsole } from "../../read-model/console-context.tsx";

/** The window has taken its new size by then on every system. */
const settledMs = 250;

/**
 * Whether this window fills its monitor, however it came to that, and how to change it.
 *
 * Electron tells a page nothing of it (`display-mode` stays `browser`): main is asked whenever the size changed.
 */
export function useFullScreen(): {
  readonly fullScreen: "on" | "off";
  readonly setFullScreen: (on: boolean) => void;
} {
  const { client } = useConsole();
  const [isFull, setIsFull] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      client.windows
        .fullScreen()
        .then(({ on }) => setIsFull(on))
        .catch((error: unknown) => console.warn(error));
    }, settledMs);
  }, [client]);
  useEffect(() => {
    askSoon();
    window.addEventListener("resize", askSoon);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener("resize", askSoon);
    };
  }, [askSoon]);
  return {
    fullScreen: isFull ? "on" : "off",
    setFullScreen: (on) => {
      client.windows
        .setFullScreen({ on })
        .then(askSoon)
        .catch((error: unknown) => console.warn(error));
    },
  };
}
