import { useQueryClient } from "@tanstack/react-query";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole, type ConsoleClient } from "../../read-model/console-context.tsx";

/** Runs a call of storage; why it was refused is said. */
export function useStorageCall(): (call: (storage: ConsoleClient["storage"]) => Promise<unknown>) => void {
  const say = useSay();
  const cache = useQueryClient();
  const toasts = useToasts();
  const { client, queries } = useConsole();
  const run = async (call: (storage: ConsoleClient["storage"]) => Promise<unknown>): Promise<void> => {
    try {
      await call(client.storage);
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("storage.failed"), detail });
    }
    await cache.invalidateQueries({ queryKey: queries.storage.view.key() });
  };
  return (call) => void run(call);
}
