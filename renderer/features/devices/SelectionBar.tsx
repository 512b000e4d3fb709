import type { Device } from "../../../shared/model/device.ts";
import { Button } from "../../design/Button.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevicesStore } from "./devices-context.tsx";
import { useDeviceActions } from "./use-device-actions.ts";
import styles from "./devices.module.css";

/** What can be done with several devices at once; absent while none is selected. */
export function SelectionBar({ devices }: { readonly devices: readonly Device[] }) {
  const say = useSay();
  const store = useDevicesStore();
  const actions = useDeviceActions();
  if (devices.length === 0) return null;
  const deviceIds = devices.map((device) => device.id);
  return (
    <div
      className={styles.selection}
      role="toolbar"
      aria-label={say("devices.selected", { count: devices.length })}
    >
      <strong>{say("devices.selected", { count: devices.length })}</strong>
      <Button size="small" onPress={() => void actions.refresh(devices)}>
        {say("devices.action.refresh")}
      </Button>
      <Button size="small" onPress={() => store.setState({ task: { kind: "login", deviceIds } })}>
        {say("devices.action.login")}
      </Button>
      <Button
        size="small"
        tone="danger"
        onPress={() => store.setState({ task: { kind: "remove", deviceIds } })}
      >
        {say("devices.action.remove")}
      </Button>
      <span className={styles.gap} />
      <Button size="small" tone="quiet" onPress={() => store.setState({ selected: new Set() })}>
        {say("devices.clearSelection")}
      </Button>
    </div>
  );
}
