import { Plus } from "lucide-react";
import type { AlarmDefinition } from "../../../shared/model/alarm.ts";
import { Button } from "../../design/Button.tsx";
import { Drawer } from "../../design/Drawer.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { PriorityMark } from "../../design/PriorityMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useAlarmDefinitions } from "../../read-model/use-alarms.ts";
import { useAlarmsState, useAlarmsStore } from "./alarms-context.tsx";
import { DefinitionForm } from "./DefinitionForm.tsx";
import { useDefinitionDeeds } from "./use-definition-deeds.ts";
import styles from "./alarms.module.css";

/** What raises alarms: the list, or one of it. */
export function DefinitionsDrawer() {
  const say = useSay();
  const store = useAlarmsStore();
  const drawer = useAlarmsState((state) => state.drawer);
  const definitions = useAlarmDefinitions();
  if (drawer.kind === "none") return null;
  const edit = (id: AlarmDefinition["id"] | null): void =>
    store.setState({ drawer: { kind: "definition", id } });
  const close = (): void => store.setState({ drawer: { kind: "none" } });
  if (drawer.kind === "definition") {
    const known = definitions.find(({ id }) => id === drawer.id);
    return (
      <Drawer
        title={known?.name ?? say("alarms.definitions.new")}
        size="wide"
        onClose={() => store.setState({ drawer: { kind: "definitions" } })}
      >
        <DefinitionForm key={drawer.id ?? "new"} definition={known} />
      </Drawer>
    );
  }
  return (
    <Drawer
      title={say("alarms.definitions")}
      onClose={close}
      actions={<IconButton label={say("alarms.definitions.new")} icon={Plus} onPress={() => edit(null)} />}
    >
      <div className={styles.drawerBody}>
        {definitions.length === 0 && (
          <p className={styles.dim}>
            {say("alarms.definitions.none")}. {say("alarms.definitions.noneText")}
          </p>
        )}
        {definitions.map((definition) => (
          <DefinitionLine key={definition.id} definition={definition} onEdit={() => edit(definition.id)} />
        ))}
      </div>
    </Drawer>
  );
}

function DefinitionLine(props: { readonly definition: AlarmDefinition; readonly onEdit: () => void }) {
  const say = useSay();
  const deeds = useDefinitionDeeds();
  const { definition, onEdit } = props;
  return (
    <div className={styles.definition}>
      <PriorityMark
        priority={definition.priority}
        label={say("alarms.priority", { priority: definition.priority })}
        mode={definition.isEnabled ? "on" : "off"}
      />
      <Button
        tone="quiet"
        aria-label={say("alarms.definitions.edit", { name: definition.name })}
        onPress={onEdit}
      >
        {definition.name}
        {!definition.isEnabled && ` · ${say("alarms.definitions.off")}`}
      </Button>
      <Button size="small" tone="quiet" onPress={() => void deeds.remove(definition)}>
        {say("alarms.definitions.remove")}
      </Button>
    </div>
  );
}
