import { useState } from "react";
import type { CredentialId, SightingId } from "../../../shared/base/ids.ts";
import type { AdoptOutcome } from "../../../shared/contract/devices.ts";
import { Button } from "../../design/Button.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { Spinner } from "../../design/Spinner.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { useVault } from "../../read-model/use-vault.ts";
import { VaultUnlock } from "../../vault/VaultUnlock.tsx";
import { AdoptLogins } from "./AdoptLogins.tsx";
import { AdoptOutcomes } from "./AdoptOutcomes.tsx";
import styles from "./devices.module.css";

export interface AdoptDialogProps {
  readonly sightingIds: readonly SightingId[];
  readonly onClose: () => void;
}

type Stage =
  | { readonly kind: "logins"; readonly ids: readonly SightingId[]; readonly failure?: string }
  | { readonly kind: "running"; readonly ids: readonly SightingId[] }
  | { readonly kind: "done"; readonly outcomes: readonly AdoptOutcome[] };

/** Three steps: the logins to try, the asking, and what each device came to; those that failed can be retried. */
export function AdoptDialog({ sightingIds, onClose }: AdoptDialogProps) {
  const say = useSay();
  const { client } = useConsole();
  const { status, credentials, isRead } = useVault();
  const [stage, setStage] = useState<Stage>({ kind: "logins", ids: sightingIds });
  const [off, setOff] = useState<ReadonlySet<CredentialId>>(new Set());
  const credentialIds = credentials.map(({ id }) => id).filter((id) => !off.has(id));
  const isLocked = status?.kind === "passphrase-needed";
  const adopt = async (ids: readonly SightingId[]): Promise<void> => {
    setStage({ kind: "running", ids });
    try {
      const outcomes = await client.devices.adopt({ sightingIds: [...ids], credentialIds });
      setStage({ kind: "done", outcomes });
    } catch (error) {
      setStage({ kind: "logins", ids, failure: say("adopt.failed", { detail: errorWords(say, error) }) });
    }
  };
  const count = stage.kind === "done" ? stage.outcomes.length : stage.ids.length;
  const failed = stage.kind === "done" ? stage.outcomes.filter((outcome) => outcome.kind === "failed") : [];
  const again = failed.map((outcome) => outcome.sightingId);
  return (
    <Dialog
      isOpen
      size="wide"
      title={say("adopt.title", { count })}
      onClose={onClose}
      actions={
        <>
          {again.length > 0 && (
            <Button onPress={() => setStage({ kind: "logins", ids: again })}>
              {say("adopt.retry", { count: again.length })}
            </Button>
          )}
          <Button onPress={onClose} {...(stage.kind === "done" ? { tone: "primary" as const } : {})}>
            {say(
              stage.kind === "logins"
                ? "design.cancel"
                : stage.kind === "done"
                  ? "adopt.finish"
                  : "design.close",
            )}
          </Button>
          {stage.kind === "logins" && (
            <Button tone="primary" isDisabled={isLocked || !isRead} onPress={() => void adopt(stage.ids)}>
              {say("adopt.start")}
            </Button>
          )}
        </>
      }
    >
      {stage.kind === "logins" && isLocked && <VaultUnlock status={status} />}
      {stage.kind === "logins" && !isLocked && (
        <AdoptLogins credentials={credentials} off={off} onChange={setOff} failure={stage.failure} />
      )}
      {stage.kind === "running" && (
        <>
          <p className={styles.waiting} aria-live="polite">
            <Spinner /> {say("adopt.running", { count: stage.ids.length })}
          </p>
          <p>{say("adopt.runningHint")}</p>
        </>
      )}
      {stage.kind === "done" && <AdoptOutcomes outcomes={stage.outcomes} />}
    </Dialog>
  );
}
