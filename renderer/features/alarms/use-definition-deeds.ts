import type { AlarmDefinitionId } from "../../../shared/base/ids.ts";
import type { AlarmDefinition } from "../../../shared/model/alarm.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";

type Draft = Omit<AlarmDefinition, "id"> & { readonly id: AlarmDefinitionId | null };

/** Saves and deletes definitions; deleting can be undone. */
export function useDefinitionDeeds(): {
  /** False: it was not saved, and it was said why. */
  readonly save: (draft: Draft) => Promise<boolean>;
  readonly remove: (definition: AlarmDefinition) => Promise<void>;
} {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const failed = (error: unknown): void => {
    const isTaken = error instanceof Error && "code" in error && error.code === "NAME_TAKEN";
    toasts.show({
      severity: "serious",
      title: say("alarms.definitions.failed"),
      detail: isTaken ? say("alarms.definitions.nameTaken") : errorWords(say, error),
    });
  };
  const save = async (draft: Draft): Promise<boolean> => {
    try {
      await client.alarms.saveDefinition(draft);
      toasts.show({ severity: "normal", title: say("alarms.definitions.saved", { name: draft.name }) });
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  return {
    save,
    remove: async (definition) => {
      try {
        await client.alarms.removeDefinition({ id: definition.id });
        toasts.show({
          severity: "normal",
          title: say("alarms.definitions.removed", { name: definition.name }),
          action: { label: say("design.undo"), run: () => void save({ ...definition, id: null }) },
        });
      } catch (error) {
        failed(error);
      }
    },
  };
}
