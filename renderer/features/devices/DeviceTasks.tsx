import { useState } from "react";
import type { CredentialId } from "../../../shared/base/ids.ts";
import type { Device } from "../../../shared/model/device.ts";
import { Button } from "../../design/Button.tsx";
import { ConfirmDialog } from "../../design/ConfirmDialog.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { Select } from "../../design/Select.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useVault } from "../../read-model/use-vault.ts";
import { CredentialForm } from "../../vault/CredentialForm.tsx";
import { VaultUnlock } from "../../vault/VaultUnlock.tsx";
import { AdoptDialog } from "./AdoptDialog.tsx";
import { useDevicesState, useDevicesStore } from "./devices-context.tsx";
import { useDeviceActions } from "./use-device-actions.ts";

/** The dialogs of the page: adopt, remove, change the login. */
export function DeviceTasks({ devices }: { readonly devices: readonly Device[] }) {
  const store = useDevicesStore();
  const task = useDevicesState((state) => state.task);
  const close = (): void => store.setState({ task: null });
  if (task === null) return null;
  if (task.kind === "adopt") return <AdoptDialog sightingIds={task.sightingIds} onClose={close} />;
  const chosen = devices.filter((device) => task.deviceIds.includes(device.id));
  if (task.kind === "login") return <LoginDialog devices={chosen} onClose={close} />;
  return <RemoveDialog devices={chosen} onClose={close} />;
}

interface TaskProps {
  readonly devices: readonly Device[];
  readonly onClose: () => void;
}

function RemoveDialog({ devices, onClose }: TaskProps) {
  const say = useSay();
  const store = useDevicesStore();
  const actions = useDeviceActions();
  const count = devices.length;
  return (
    <ConfirmDialog
      isOpen
      title={say("devices.removeTitle", { count, name: devices[0]?.name ?? "" })}
      action={say("devices.removeAction", { count })}
      onClose={onClose}
      onConfirm={() => {
        store.setState({ selected: new Set(), pane: { kind: "none" } });
        void actions.remove(devices);
      }}
    >
      <p>{say("devices.removeText", { count })}</p>
    </ConfirmDialog>
  );
}

function LoginDialog({ devices, onClose }: TaskProps) {
  const say = useSay();
  const actions = useDeviceActions();
  const { status, credentials } = useVault();
  const [chosen, setChosen] = useState<CredentialId | null>(devices[0]?.credentialId ?? null);
  return (
    <Dialog
      isOpen
      size="wide"
      title={say("devices.loginTitle", { count: devices.length })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("design.cancel")}</Button>
          <Button
            tone="primary"
            isDisabled={chosen === null}
            onPress={() => {
              onClose();
              if (chosen !== null) void actions.changeLogin(devices, chosen);
            }}
          >
            {say("devices.loginUse")}
          </Button>
        </>
      }
    >
      {status?.kind === "passphrase-needed" ? (
        <VaultUnlock status={status} />
      ) : (
        <>
          <p>{say("devices.loginText")}</p>
          {credentials.length > 0 && (
            <Select
              label={say("devices.loginField")}
              selected={chosen}
              onSelect={setChosen}
              options={credentials.map(({ id, label, username }) => ({ id, label, hint: username }))}
            />
          )}
          <CredentialForm onAdded={(credential) => setChosen(credential.id)} />
        </>
      )}
    </Dialog>
  );
}
