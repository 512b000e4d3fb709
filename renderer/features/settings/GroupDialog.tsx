import { useState } from "react";
import { GroupId, RecordingGroup, type LocationStatus } from "../../../shared/model/storage.ts";
import { Button } from "../../design/Button.tsx";
import { Checkbox } from "../../design/Checkbox.tsx";
import { Dialog } from "../../design/Dialog.tsx";
import { Select } from "../../design/Select.tsx";
import { TextField } from "../../design/TextField.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { bytesOf, gigabytesOf, locationName } from "./storage-words.ts";
import { useStorageCall } from "./use-storage-calls.ts";
import styles from "./storage.module.css";

const anywhere = "any";

export interface GroupDialogProps {
  /** Null: a new one. */
  readonly group: RecordingGroup | null;
  readonly locations: readonly LocationStatus[];
  readonly onClose: () => void;
}

/** Name, limits, place and cameras of a group. */
export function GroupDialog({ group, locations, onClose }: GroupDialogProps) {
  const say = useSay();
  const call = useStorageCall();
  const channels = (useDevices().data ?? []).flatMap((device) => device.channels);
  const [name, setName] = useState(group?.name ?? "");
  const [days, setDays] = useState(group?.keepDays === null ? "" : String(group?.keepDays ?? ""));
  const [quota, setQuota] = useState(gigabytesOf(group?.quotaBytes ?? 0));
  const [location, setLocation] = useState(String(group?.locationId ?? anywhere));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(group?.channels));
  const parsed = RecordingGroup.safeParse({
    id: group?.id ?? GroupId.parse("new"),
    name,
    channels: [...chosen],
    keepDays: days.trim() === "" ? null : Number(days),
    quotaBytes: bytesOf(quota.trim()),
    locationId: location === anywhere ? null : Number(location),
  });
  const isBad = (field: string): boolean =>
    parsed.error?.issues.some(({ path }) => path[0] === field) === true;
  const toggle = (id: string, isOn: boolean): void => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const save = (): void => {
    if (!parsed.success) return;
    call((storage) => storage.saveGroup({ ...parsed.data, id: group?.id ?? null }));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={group === null ? say("storage.groupAdd") : say("storage.groupEdit", { name: group.name })}
      actions={
        <>
          <Button onPress={onClose}>{say("design.cancel")}</Button>
          <Button tone="primary" isDisabled={!parsed.success} onPress={save}>
            {say("storage.groupSave")}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={say("storage.groupNameLabel")}
        value={name}
        onChange={setName}
        maxLength={64}
      />
      <TextField
        label={say("settings.keepDays")}
        description={say("storage.groupDaysHint")}
        value={days}
        onChange={setDays}
        error={isBad("keepDays") ? say("settings.keepDaysBad") : undefined}
      />
      <TextField
        label={say("storage.quota")}
        description={say("storage.groupQuotaHint")}
        value={quota}
        onChange={setQuota}
        error={isBad("quotaBytes") ? say("storage.gigabytesBad") : undefined}
      />
      <Select
        label={say("storage.groupPlace")}
        options={[
          { id: anywhere, label: say("storage.groupAnywhere") },
          ...locations.map((one) => ({ id: String(one.id), label: locationName(one) })),
        ]}
        selected={location}
        onSelect={setLocation}
      />
      <fieldset className={styles.channels}>
        <legend>{say("storage.groupChannels")}</legend>
        {channels.map((channel) => (
          <Checkbox
            key={channel.id}
            isSelected={chosen.has(channel.id)}
            onChange={(isOn) => toggle(channel.id, isOn)}
          >
            {channel.name}
          </Checkbox>
        ))}
      </fieldset>
    </Dialog>
  );
}
