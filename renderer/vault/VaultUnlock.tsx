import { ORPCError } from "@orpc/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { VaultStatus } from "../../shared/contract/devices.ts";
import { Button } from "../design/Button.tsx";
import { TextField } from "../design/TextField.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import styles from "./vault.module.css";

/** Says in plain words why a passphrase is needed, and takes it: twice when it is chosen, once to unlock. */
export function VaultUnlock({
  status,
}: {
  readonly status: Extract<VaultStatus, { kind: "passphrase-needed" }>;
}) {
  const say = useSay();
  const cache = useQueryClient();
  const { client, queries } = useConsole();
  const [passphrase, setPassphrase] = useState("");
  const [repeated, setRepeated] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const unlock = async (): Promise<void> => {
    if (passphrase.length < 8) return setError(say("vault.short"));
    if (status.isNew && passphrase !== repeated) return setError(say("vault.different"));
    setPending(true);
    setError(undefined);
    try {
      const unlocked = await client.vault.unlock({ passphrase });
      cache.setQueryData(queries.vault.status.queryKey(), unlocked);
      await cache.invalidateQueries({ queryKey: queries.vault.list.key() });
    } catch (failure) {
      setError(isWrong(failure) ? say("vault.wrong") : errorWords(say, failure));
      setPending(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void unlock();
  };
  return (
    <form className={styles.unlock} onSubmit={submit}>
      <h3 className={styles.heading}>{say(status.isNew ? "vault.newTitle" : "vault.lockedTitle")}</h3>
      <p>{say(status.isNew ? "vault.newText" : "vault.lockedText", { backend: status.backend })}</p>
      <div className={styles.fields}>
        <TextField
          label={say("vault.field")}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          error={error}
          description={status.isNew ? say("vault.hint") : undefined}
          autoFocus
        />
        {status.isNew && (
          <TextField label={say("vault.repeat")} type="password" value={repeated} onChange={setRepeated} />
        )}
      </div>
      <div className={styles.submit}>
        <Button type="submit" tone="primary" isPending={isPending}>
          {say(status.isNew ? "vault.choose" : "vault.unlock")}
        </Button>
      </div>
    </form>
  );
}

function isWrong(failure: unknown): boolean {
  return failure instanceof ORPCError && failure.code === "WRONG_PASSPHRASE";
}
