import { useQueryClient } from "@tanstack/react-query";
import type { SettingsPatch } from "../../../shared/model/settings.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";

/** Saves a change of settings; a refusal is said and the old value comes back. */
export function usePutSettings(): (patch: SettingsPatch) => void {
  const say = useSay();
  const cache = useQueryClient();
  const toasts = useToasts();
  const { client, queries } = useConsole();
  const put = async (patch: SettingsPatch): Promise<void> => {
    try {
      const saved = await client.settings.put(patch);
      cache.setQueryData(queries.settings.get.queryKey(), saved);
    } catch (error) {
      const detail = errorWords(say, error);
      toasts.show({ severity: "serious", title: say("settings.failed"), detail });
      await cache.invalidateQueries({ queryKey: queries.settings.get.key() });
    }
  };
  return (patch) => void put(patch);
}
