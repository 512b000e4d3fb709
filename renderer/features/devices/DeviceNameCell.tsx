import type { Device } from "../../../shared/model/device.ts";
import { InlineEdit } from "../../design/InlineEdit.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";
import { useDeviceActions } from "./use-device-actions.ts";
import styles from "./devices.module.css";

/** A device's name; F2 turns it into a field. */
export function DeviceNameCell({ device }: { readonly device: Device }) {
  const say = useSay();
  const store = useDevicesStore();
  const actions = useDeviceActions();
  const isEditing = useDevicesState((state) => state.renaming === device.id);
  if (!isEditing) return <strong className={styles.name}>{device.name}</strong>;
  const stop = (): void => store.setState({ renaming: null });
  return (
    <InlineEdit
      label={say("devices.action.rename")}
      value={device.name}
      maxLength={64}
      onCancel={stop}
      onSave={(name) => {
        stop();
        void actions.rename(device, name);
      }}
    />
  );
}
