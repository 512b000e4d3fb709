import { useSyncExternalStore } from "react";
import { useConsole } from "../../read-model/console-context.tsx";

const query = "(display-mode: fullscreen)";

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** Whether this window fills its monitor, however it came to that, and how to change it. */
export function useFullScreen(): {
  readonly fullScreen: "on" | "off";
  readonly setFullScreen: (on: boolean) => void;
} {
  const { client } = useConsole();
  const isFull = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
  return {
    fullScreen: isFull ? "on" : "off",
    setFullScreen: (on) => {
      client.windows.setFullScreen({ on }).catch((error: unknown) => console.warn(error));
    },
  };
}
