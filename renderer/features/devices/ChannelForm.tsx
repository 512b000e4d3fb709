import { ORPCError } from "@orpc/client";
import { useState, type FormEvent } from "react";
import { ChannelName, ChannelNumber, type Channel } from "../../../shared/model/channel.ts";
import { Button } from "../../design/Button.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useToasts } from "../../frame/frame-context.tsx";
import { errorWords } from "../../messages/error-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import styles from "./devices.module.css";

/** The number that calls a camera and its name; a number that is taken says by whom. */
export function ChannelForm({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  const toasts = useToasts();
  const { client } = useConsole();
  const [number, setNumber] = useState(String(channel.number));
  const [name, setName] = useState(channel.name);
  const [errors, setErrors] = useState<{ readonly number?: string; readonly name?: string }>({});
  const isChanged = number !== String(channel.number) || name.trim() !== channel.name;
  const save = async (): Promise<void> => {
    const parsedNumber = ChannelNumber.safeParse(Number(number));
    const parsedName = ChannelName.safeParse(name);
    if (!parsedNumber.success) return setErrors({ number: say("detail.numberInvalid") });
    if (!parsedName.success) return setErrors({ name: say("detail.nameInvalid") });
    setErrors({});
    try {
      await client.devices.renameChannel({
        id: channel.id,
        name: parsedName.data,
        number: parsedNumber.data,
      });
      toasts.show({ severity: "normal", title: say("detail.saved", { number, name: parsedName.data }) });
    } catch (error) {
      const by = takenBy(error);
      setErrors({
        number: by === undefined ? errorWords(say, error) : say("detail.numberTaken", { number, by }),
      });
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={styles.channel} onSubmit={submit}>
      <TextField
        label={say("detail.number")}
        inputMode="numeric"
        maxLength={5}
        value={number}
        onChange={setNumber}
        error={errors.number}
      />
      <TextField
        label={say("detail.channelName")}
        maxLength={64}
        value={name}
        onChange={setName}
        error={errors.name}
      />
      <Button type="submit" isDisabled={!isChanged}>
        {say("design.save")}
      </Button>
    </form>
  );
}

/** By whom a number is taken; undefined: that is not what went wrong. */
function takenBy(error: unknown): string | undefined {
  const told: unknown = error instanceof ORPCError && error.code === "NUMBER_TAKEN" ? error.data : undefined;
  return typeof told === "object" && told !== null && "by" in told ? String(told.by) : undefined;
}
