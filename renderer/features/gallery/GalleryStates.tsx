import { Radar } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { ErrorState } from "../../design/ErrorState.tsx";
import { LoadingState } from "../../design/LoadingState.tsx";
import { Panel } from "../../design/Panel.tsx";
import styles from "./gallery.module.css";

/** What stands where content would. */
export function GalleryStates() {
  return (
    <div className={styles.states}>
      <Panel title="EmptyState">
        <EmptyState
          icon={Radar}
          title="No devices yet"
          action={<Button tone="primary">Discover devices</Button>}
        >
          Discovery asks every network card which cameras are there.
        </EmptyState>
      </Panel>
      <Panel title="ErrorState">
        <ErrorState
          title="The devices could not be read"
          cause="The console could not read its device list."
          remedy="Try again. If it stays, open the log folder."
          detail="INTERNAL incident 4f2a"
          action={<Button tone="primary">Try again</Button>}
        />
      </Panel>
      <Panel title="LoadingState">
        <LoadingState label="Reading the devices…" />
      </Panel>
    </div>
  );
}
