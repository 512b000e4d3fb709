import { FolderPlus } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { Panel } from "../../design/Panel.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useStorage } from "../../read-model/use-storage.ts";
import { GroupList } from "./GroupList.tsx";
import { LocationCard } from "./LocationCard.tsx";
import { useStorageCall } from "./use-storage-calls.ts";
import styles from "./storage.module.css";

/** Where recordings go, how full that is and how long it lasts; groups of cameras that are kept in another way. */
export function StorageSection() {
  const say = useSay();
  const { client } = useConsole();
  const view = useStorage();
  const call = useStorageCall();
  const add = (): void =>
    call(async (storage) => {
      const { path } = await client.app.chooseFolder({ title: say("storage.addTitle"), from: "" });
      if (path !== null) await storage.addLocation({ root: path });
    });
  if (view === undefined) return null;
  return (
    <Panel title={say("storage.title")}>
      <p className={styles.dim}>{say("storage.hint")}</p>
      <ol className={styles.locations}>
        {view.locations.map((location, index) => (
          <LocationCard key={location.id} location={location} index={index} all={view.locations} />
        ))}
      </ol>
      <div>
        <Button onPress={add}>
          <FolderPlus size={14} aria-hidden />
          {say("storage.add")}
        </Button>
      </div>
      <GroupList view={view} />
    </Panel>
  );
}
