import { ORPCError } from "@orpc/client";
import { useState, type FormEvent } from "react";
import { Button } from "../../design/Button.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { MessageKey, Say } from "../../messages/messages.ts";
import { useConsole } from "../../read-model/console-context.tsx";
import styles from "./devices.module.css";

/** Cameras that multicast does not reach: other subnets and VLANs by range, or one by its address. */
export function DiscoveryReach() {
  const say = useSay();
  const { client } = useConsole();
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{say("discovery.elsewhere")}</h3>
      <AskField
        label={say("discovery.rangeField")}
        hint={say("discovery.rangeHint")}
        placeholder={say("discovery.rangePlaceholder")}
        action={say("discovery.rangeAction")}
        ask={(range) => client.discovery.sweep({ range })}
      />
      <AskField
        label={say("discovery.addField")}
        hint={say("discovery.addHint")}
        placeholder={say("discovery.addPlaceholder")}
        action={say("discovery.addAction")}
        ask={(address) => client.discovery.add({ address })}
      />
    </section>
  );
}

interface AskFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly action: string;
  readonly ask: (text: string) => Promise<unknown>;
}

function AskField({ label, hint, placeholder, action, ask }: AskFieldProps) {
  const say = useSay();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  const send = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await ask(text.trim());
      setText("");
    } catch (failure) {
      setError(refusalWords(say, failure));
    } finally {
      setPending(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") void send();
  };
  return (
    <form onSubmit={submit} className={styles.line}>
      <TextField
        label={label}
        face="mono"
        value={text}
        onChange={setText}
        description={hint}
        placeholder={placeholder}
        error={error}
      />
      <Button type="submit" isPending={isPending} isDisabled={text.trim() === ""}>
        {action}
      </Button>
    </form>
  );
}

const refusals: Readonly<Record<string, MessageKey>> = {
  BAD_RANGE: "discovery.rangeBad",
  BAD_ADDRESS: "discovery.addBad",
  NO_ANSWER: "discovery.addNoAnswer",
};

function refusalWords(say: Say, failure: unknown): string {
  const key = failure instanceof ORPCError ? refusals[failure.code] : undefined;
  const told: unknown = failure instanceof ORPCError ? failure.data : undefined;
  const detail = typeof told === "object" && told !== null && "detail" in told ? String(told.detail) : "";
  if (key !== undefined) return say(key, { detail });
  return say("discovery.failed", { detail: failure instanceof Error ? failure.message : String(failure) });
}
