import { CircleCheck, Radar, SearchX } from "lucide-react";
import { Button } from "../../design/Button.tsx";
import { EmptyState } from "../../design/EmptyState.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";

/** Why the table is empty, and the button that helps. */
export function DevicesEmpty({ isSiteEmpty }: { readonly isSiteEmpty: boolean }) {
  const say = useSay();
  const store = useDevicesStore();
  const isFiltered = useDevicesState((state) => state.filter !== "");
  const showAll = (
    <Button onPress={() => store.setState({ filter: "", view: "all" })}>
      {say("devices.noMatch.action")}
    </Button>
  );
  if (isSiteEmpty) {
    return (
      <EmptyState
        icon={Radar}
        title={say("devices.none.title")}
        action={
          <Button tone="primary" size="large" onPress={() => store.setState({ pane: { kind: "discovery" } })}>
            {say("devices.action.discover")}
          </Button>
        }
      >
        {say("devices.none.text")}
      </EmptyState>
    );
  }
  if (!isFiltered) {
    return (
      <EmptyState icon={CircleCheck} title={say("devices.noFindings.title")} action={showAll}>
        {say("devices.noFindings.text")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={SearchX} title={say("devices.noMatch.title")} action={showAll}>
      {say("devices.noMatch.text")}
    </EmptyState>
  );
}
