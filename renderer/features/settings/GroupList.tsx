import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { GroupStatus, RecordingGroup, StorageView } from "../../../shared/model/storage.ts";
import { Button } from "../../design/Button.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { GroupDialog } from "./GroupDialog.tsx";
import { diskSize, forecast } from "./storage-words.ts";
import { useStorageCall } from "./use-storage-calls.ts";
import styles from "./storage.module.css";

/** The groups of cameras that are kept in another way than the rest, and what each takes. */
export function GroupList({ view }: { readonly view: StorageView }) {
  const say = useSay();
  const call = useStorageCall();
  const [edited, setEdited] = useState<RecordingGroup | "new" | null>(null);
  const statusOf = (id: RecordingGroup["id"] | null): GroupStatus | undefined =>
    view.groupStatus.find((status) => status.id === id);
  return (
    <section className={styles.groups}>
      <h3 className={styles.heading}>{say("storage.groups")}</h3>
      <ul className={styles.list}>
        {view.groups.map((group) => (
          <li key={group.id} className={styles.group}>
            <GroupLine
              name={say("storage.groupName", { name: group.name, count: group.channels.length })}
              status={statusOf(group.id)}
            />
            <span className={styles.tools}>
              <IconButton
                icon={Pencil}
                size="small"
                label={say("storage.groupEdit", { name: group.name })}
                onPress={() => setEdited(group)}
              />
              <IconButton
                icon={Trash2}
                size="small"
                label={say("storage.groupRemove", { name: group.name })}
                onPress={() => call((storage) => storage.removeGroup({ id: group.id }))}
              />
            </span>
          </li>
        ))}
        <li className={styles.group}>
          <GroupLine name={say("storage.groupRest")} status={statusOf(null)} />
        </li>
      </ul>
      <div>
        <Button onPress={() => setEdited("new")}>
          <Plus size={14} aria-hidden />
          {say("storage.groupAdd")}
        </Button>
      </div>
      {edited !== null && (
        <GroupDialog
          group={edited === "new" ? null : edited}
          locations={view.locations}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function GroupLine({ name, status }: { readonly name: string; readonly status: GroupStatus | undefined }) {
  const say = useSay();
  return (
    <span className={styles.groupLine}>
      <strong>{name}</strong>
      {status !== undefined && (
        <span className={styles.dim}>
          {say("storage.groupTakes", { days: status.keepDays, used: diskSize(say, status.usedBytes) })}{" "}
          {forecast(say, status.daysHeld)}
        </span>
      )}
      {status?.isLockedOut === true && (
        <StateMark severity="serious">{say("storage.groupLockedOut")}</StateMark>
      )}
    </span>
  );
}
