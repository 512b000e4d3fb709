import type { AlarmId } from "../../shared/base/ids.ts";
import type { AlarmAction } from "../../shared/model/alarm-action.ts";
import { useToasts } from "./frame-context.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";

/** Does something to alarms. Resolves to whether all of it was done; what was not is said in a toast. */
export type DoToAlarms = (ids: readonly AlarmId[], action: AlarmAction) => Promise<boolean>;

/** What a person can do with alarms, from the page and from the banner. */
export function useAlarmDeeds(): DoToAlarms {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  return async (ids, action) => {
    if (ids.length === 0) return false;
    try {
      const outcomes = await client.alarms.act({ ids: [...ids], action });
      const refused = outcomes.filter(({ refusal }) => refusal !== null);
      const reasons = new Set(refused.map(({ refusal }) => refusal ?? "gone"));
      if (refused.length > 0) {
        toasts.show({
          severity: "warning",
          title: say("alarms.refused", { count: refused.length }),
          detail: [...reasons].map((reason) => say(`alarms.refusal.${reason}`)).join(" "),
        });
      }
      return refused.length === 0;
    } catch (error) {
      toasts.show({ severity: "serious", title: say("alarms.actFailed"), detail: errorWords(say, error) });
      return false;
    }
  };
}
