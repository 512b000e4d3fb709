import { ORPCError } from "@orpc/client";
import { useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { TextField } from "../design/TextField.tsx";
import { useToasts } from "../frame/frame-context.tsx";
import { errorWords } from "../messages/error-words.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useConsole } from "../read-model/console-context.tsx";
import styles from "./vault.module.css";

type Faults = Partial<Readonly<Record<"current" | "next" | "repeated", string>>>;

/** A button, and behind it the dialog that seals the stored logins under another passphrase. */
export function ChangePassphrase() {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button size="small" onPress={() => setOpen(true)}>
        {say("vault.change")}
      </Button>
      {isOpen && <ChangeDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

function ChangeDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeated, setRepeated] = useState("");
  const [faults, setFaults] = useState<Faults>({});
  const [isPending, setPending] = useState(false);
  const change = async (): Promise<void> => {
    if (next.length < 8) return setFaults({ next: say("vault.short") });
    if (next !== repeated) return setFaults({ repeated: say("vault.different") });
    setPending(true);
    setFaults({});
    try {
      await client.vault.changePassphrase({ current, next });
      toasts.show({ severity: "normal", title: say("vault.changed") });
      onClose();
    } catch (error) {
      const isWrong = error instanceof ORPCError && error.code === "WRONG_PASSPHRASE";
      setFaults({ current: isWrong ? say("vault.wrong") : errorWords(say, error) });
      setPending(false);
    }
  };
  return (
    <Dialog
      isOpen
      title={say("vault.changeTitle")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{say("design.cancel")}</Button>
          <Button type="submit" form="change-passphrase" tone="primary" isPending={isPending}>
            {say("vault.choose")}
          </Button>
        </>
      }
    >
      <p>{say("vault.changeText")}</p>
      <form
        id="change-passphrase"
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <TextField
          label={say("vault.current")}
          type="password"
          value={current}
          onChange={setCurrent}
          error={faults.current}
          autoFocus
        />
        <TextField
          label={say("vault.next")}
          type="password"
          value={next}
          onChange={setNext}
          error={faults.next}
          description={say("vault.hint")}
        />
        <TextField
          label={say("vault.repeat")}
          type="password"
          value={repeated}
          onChange={setRepeated}
          error={faults.repeated}
        />
      </form>
    </Dialog>
  );
}
