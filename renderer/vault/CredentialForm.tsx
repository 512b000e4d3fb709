import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { Credential } from "../../shared/contract/devices.ts";
import { Button } from "../design/Button.tsx";
import { TextField } from "../design/TextField.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import styles from "./vault.module.css";

/** Stores a login; the password goes to the main process once and is kept nowhere in the window. */
export function CredentialForm({ onAdded }: { readonly onAdded: (credential: Credential) => void }) {
  const say = useSay();
  const cache = useQueryClient();
  const { client, queries } = useConsole();
  const [label, setLabel] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<string>();
  const [isPending, setPending] = useState(false);
  const add = async (): Promise<void> => {
    setPending(true);
    setFailure(undefined);
    try {
      const credential = await client.vault.add({
        label: label.trim() || username.trim(),
        username,
        password,
      });
      setLabel("");
      setUsername("");
      setPassword("");
      await cache.invalidateQueries({ queryKey: queries.vault.list.key() });
      onAdded(credential);
    } catch (error) {
      setFailure(say("vault.failed", { detail: errorWords(say, error) }));
    } finally {
      setPending(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void add();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={say("vault.username")}
        value={username}
        onChange={setUsername}
        maxLength={128}
        isRequired
      />
      <TextField
        label={say("vault.password")}
        type="password"
        value={password}
        onChange={setPassword}
        maxLength={256}
        error={failure}
        autoComplete="off"
      />
      <TextField
        label={say("vault.label")}
        description={say("vault.labelHint")}
        value={label}
        onChange={setLabel}
        maxLength={64}
      />
      <div className={styles.submit}>
        <Button type="submit" isPending={isPending} isDisabled={username.trim() === ""}>
          {say("vault.add")}
        </Button>
      </div>
    </form>
  );
}
