import { X } from "lucide-react";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { eventTypes, type EventType } from "../../../shared/model/event.ts";
import { Button } from "../../design/Button.tsx";
import { Select } from "../../design/Select.tsx";
import { duration } from "../../messages/format.ts";
import { eventTypeWords } from "../../messages/event-words.ts";
import type { MessageKey } from "../../messages/messages.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import styles from "./alarms.module.css";

/** The kinds of event that raise it: added from a list, taken away by pressing them. */
export function TypeChoice(props: {
  readonly types: readonly EventType[];
  readonly error: string | undefined;
  readonly onChange: (types: readonly EventType[]) => void;
}) {
  const say = useSay();
  const { types, error, onChange } = props;
  return (
    <>
      <Select
        label={say("alarms.definition.types")}
        placeholder={say("alarms.definition.addType")}
        options={eventTypes
          .filter((type) => !types.includes(type))
          .map((type) => ({ id: type, label: eventTypeWords(say, type) }))}
        selected={null}
        {...(error === undefined ? {} : { description: error })}
        onSelect={(type) => onChange([...types, type])}
      />
      <div className={styles.types}>
        {types.map((type) => (
          <Button key={type} size="small" onPress={() => onChange(types.filter((other) => other !== type))}>
            {eventTypeWords(say, type)} <X size={12} aria-hidden />
          </Button>
        ))}
      </div>
    </>
  );
}

/** Some cameras, or (where that is offered) all of them. */
export function CameraChoice(props: {
  readonly title: "alarms.definition.where" | "alarms.definition.related";
  readonly chosen: readonly ChannelId[];
  /** No choice means everywhere. */
  readonly isAll: boolean;
  readonly onChange: (chosen: readonly ChannelId[]) => void;
}) {
  const say = useSay();
  const { title, chosen, isAll, onChange } = props;
  const channels = (useDevices().data ?? []).flatMap((device) => device.channels);
  const left = channels.filter(({ id }) => !chosen.includes(id));
  return (
    <>
      <Select
        label={say(title)}
        placeholder={say(isAll ? "alarms.definition.everywhere" : "alarms.definition.addCamera")}
        options={left.map(({ id, name, number }) => ({ id, label: name, hint: String(number) }))}
        selected={null}
        onSelect={(id) => onChange([...chosen, id])}
      />
      <div className={styles.types}>
        {chosen.map((id) => (
          <Button key={id} size="small" onPress={() => onChange(chosen.filter((other) => other !== id))}>
            {channels.find((channel) => channel.id === id)?.name ?? id} <X size={12} aria-hidden />
          </Button>
        ))}
      </div>
    </>
  );
}

const delaysS = [0, 10, 30, 60, 120, 300, 600, 1_800, 3_600] as const;

/** A length of time from a list; a value that is not in it stays until another is chosen. */
export function DelayChoice(props: {
  readonly label: MessageKey;
  readonly ms: number | null;
  readonly zero: MessageKey;
  readonly onChange: (ms: number) => void;
}) {
  const say = useSay();
  const { label, ms, zero, onChange } = props;
  const now = Math.round((ms ?? 0) / 1_000);
  const offered = [...new Set([...delaysS, now])].sort((a, b) => a - b);
  return (
    <Select
      label={say(label)}
      options={offered.map((s) => ({
        id: String(s),
        label: s === 0 ? say(zero) : duration(say, s * 1_000),
      }))}
      selected={String(now)}
      onSelect={(s) => onChange(Number(s) * 1_000)}
    />
  );
}
