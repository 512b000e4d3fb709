import type { AlarmDefinition } from "../../../shared/model/alarm.ts";
import { relieved, unrelieved, type Relief } from "../../../shared/model/alarm-relief.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import type { MessageKey } from "../../messages/messages.ts";
import { useConsole } from "../../read-model/console-context.tsx";

/** Makes a suggested change to a definition as it is now, and offers to take it back. */
export function useRelief(): (definition: AlarmDefinition, relief: Relief) => Promise<void> {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const change = async (
    { id, name }: AlarmDefinition,
    to: (now: AlarmDefinition) => AlarmDefinition,
    done: MessageKey,
    undo?: () => void,
  ): Promise<void> => {
    try {
      const now = (await client.alarms.definitions()).find((definition) => definition.id === id);
      if (now === undefined) {
        toasts.show({
          severity: "serious",
          title: say("alarms.definitions.failed"),
          detail: say("alarms.relief.gone"),
        });
        return;
      }
      await client.alarms.saveDefinition(to(now));
      const title = say(done, { name });
      toasts.show({
        severity: "normal",
        title,
        ...(undo === undefined ? {} : { action: { label: say("design.undo"), run: undo } }),
      });
    } catch (error) {
      toasts.show({
        severity: "serious",
        title: say("alarms.definitions.failed"),
        detail: errorWords(say, error),
      });
    }
  };
  return (definition, relief) =>
    change(
      definition,
      (now) => relieved(now, relief),
      "alarms.relief.applied",
      () => void change(definition, (now) => unrelieved(now, relief, definition), "alarms.relief.undone"),
    );
}
