import { useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { CredentialId } from "../../../shared/base/ids.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Credential } from "../../../shared/contract/devices.ts";
import { ConfirmDialog } from "../../design/ConfirmDialog.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Panel } from "../../design/Panel.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useVault } from "../../read-model/use-vault.ts";
import { ChangePassphrase } from "../../vault/ChangePassphrase.tsx";
import { CredentialForm } from "../../vault/CredentialForm.tsx";
import { VaultUnlock } from "../../vault/VaultUnlock.tsx";
import styles from "./settings.module.css";

/** The stored logins, how they are protected, adding and removing; passwords are never shown. */
export function LoginsSection() {
  const say = useSay();
  const { status, credentials } = useVault();
  if (status?.kind === "passphrase-needed") {
    return (
      <Panel title={say("vault.title")}>
        <VaultUnlock status={status} />
      </Panel>
    );
  }
  return (
    <Panel title={say("vault.title")}>
      {status !== undefined && (
        <p className={styles.dim}>
          {status.kind === "keychain"
            ? say("vault.keychain", { backend: status.backend })
            : say(status.kind === "demo" ? "vault.demo" : "vault.passphrase")}
        </p>
      )}
      {credentials.length === 0 && <p>{say("vault.none")}</p>}
      <CredentialList credentials={credentials} />
      <CredentialForm onAdded={() => undefined} />
      {status?.kind === "passphrase" && <ChangePassphrase />}
    </Panel>
  );
}

function CredentialList({ credentials }: { readonly credentials: readonly Credential[] }) {
  const say = useSay();
  const cache = useQueryClient();
  const toasts = useToasts();
  const { client, queries } = useConsole();
  const uses = usesOf(useDevices().data ?? []);
  const [removing, setRemoving] = useState<Credential | null>(null);
  const remove = async (credential: Credential): Promise<void> => {
    try {
      await client.vault.remove({ id: credential.id });
    } catch (error) {
      toasts.show({
        severity: "serious",
        title: say("devices.actionFailed"),
        detail: errorWords(say, error),
      });
    }
    await cache.invalidateQueries({ queryKey: queries.vault.list.key() });
  };
  return (
    <>
      <ul className={styles.list}>
        {credentials.map((credential) => (
          <li key={credential.id} className={styles.item}>
            <strong>{credential.label}</strong>
            <span className={styles.dim}>{credential.username}</span>
            <span className={styles.dim}>{say("vault.uses", { count: uses.get(credential.id) ?? 0 })}</span>
            <span className={styles.gap} />
            <IconButton
              icon={Trash2}
              size="small"
              label={say("vault.remove", { label: credential.label })}
              onPress={() => setRemoving(credential)}
            />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={removing !== null}
        title={say("vault.removeTitle", { label: removing?.label ?? "" })}
        action={say("vault.removeAction")}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing !== null) void remove(removing);
        }}
      >
        <p>{say("vault.removeText", { count: removing === null ? 0 : (uses.get(removing.id) ?? 0) })}</p>
      </ConfirmDialog>
    </>
  );
}

/** How many devices use each login. */
function usesOf(devices: readonly Device[]): ReadonlyMap<CredentialId, number> {
  const uses = new Map<CredentialId, number>();
  for (const { credentialId } of devices) {
    if (credentialId !== null) uses.set(credentialId, (uses.get(credentialId) ?? 0) + 1);
  }
  return uses;
}
