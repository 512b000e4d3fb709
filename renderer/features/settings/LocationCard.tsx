import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useState } from "react";
import type { LocationStatus } from "../../../shared/model/storage.ts";
import { ConfirmDialog } from "../../design/ConfirmDialog.tsx";
import { IconButton } from "../../design/IconButton.tsx";
import { Select } from "../../design/Select.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { KeptTextField } from "./KeptTextField.tsx";
import { bytesOf, diskSize, forecast, gigabytesOf, locationName, severityOf } from "./storage-words.ts";
import { useStorageCall } from "./use-storage-calls.ts";
import styles from "./storage.module.css";

export interface LocationCardProps {
  readonly location: LocationStatus;
  readonly index: number;
  readonly all: readonly LocationStatus[];
}

/** One storage location: its state, its limits, its place in the order, and moving its recordings away. */
export function LocationCard({ location, index, all }: LocationCardProps) {
  const say = useSay();
  const call = useStorageCall();
  const [target, setTarget] = useState<LocationStatus | null>(null);
  const { id, name, quotaBytes, reserveBytes } = location;
  const save = (change: Partial<Pick<LocationStatus, "quotaBytes" | "reserveBytes">>): void =>
    call((storage) => storage.saveLocation({ id, name, quotaBytes, reserveBytes, ...change }));
  const check = (text: string): string | undefined =>
    Number.isNaN(bytesOf(text)) ? say("storage.gigabytesBad") : undefined;
  const shift = (by: number): void => {
    const ids = all.map((one) => one.id).filter((one) => one !== id);
    call((storage) => storage.orderLocations({ ids: ids.toSpliced(index + by, 0, id) }));
  };
  const others = all.filter((one) => one.id !== id);
  return (
    <li className={styles.location}>
      <header className={styles.head}>
        <span className={styles.folder} title={location.folder}>
          {locationName(location)}
        </span>
        <StateMark severity={severityOf[location.state]}>{say(`storage.state.${location.state}`)}</StateMark>
        <span className={styles.tools}>
          <IconButton
            icon={ArrowUp}
            size="small"
            label={say("storage.earlier")}
            isDisabled={index === 0}
            onPress={() => shift(-1)}
          />
          <IconButton
            icon={ArrowDown}
            size="small"
            label={say("storage.later")}
            isDisabled={index === all.length - 1}
            onPress={() => shift(1)}
          />
          {location.root !== null && (
            <IconButton
              icon={Trash2}
              size="small"
              label={say("storage.remove", { folder: locationName(location) })}
              onPress={() => call((storage) => storage.removeLocation({ id }))}
            />
          )}
        </span>
      </header>
      {location.detail !== "" && <p className={styles.detail}>{location.detail}</p>}
      <p className={styles.dim}>
        {say("storage.taken", {
          used: diskSize(say, location.usedBytes),
          limit: diskSize(say, location.limitBytes),
          free: diskSize(say, location.freeBytes),
        })}{" "}
        {forecast(say, location.daysHeld)}
      </p>
      <div className={styles.limits}>
        <KeptTextField
          label={say("storage.quota")}
          description={say("storage.quotaHint")}
          value={gigabytesOf(quotaBytes)}
          check={check}
          onSave={(text) => save({ quotaBytes: bytesOf(text) })}
        />
        <KeptTextField
          label={say("storage.reserve")}
          description={say("storage.reserveHint")}
          value={gigabytesOf(reserveBytes)}
          check={check}
          onSave={(text) => save({ reserveBytes: bytesOf(text) })}
        />
      </div>
      {others.length > 0 && location.files > 0 && (
        <Select
          label={say("storage.move")}
          placeholder={say("storage.moveNowhere")}
          options={others.map((one) => ({ id: String(one.id), label: locationName(one) }))}
          selected={location.movesTo === null ? null : String(location.movesTo)}
          isDisabled={location.movesTo !== null}
          onSelect={(key) => setTarget(others.find((one) => String(one.id) === key) ?? null)}
        />
      )}
      <ConfirmDialog
        isOpen={target !== null}
        title={say("storage.moveTitle")}
        action={say("storage.moveAction")}
        onClose={() => setTarget(null)}
        onConfirm={() => {
          if (target !== null) call((storage) => storage.move({ fromId: id, toId: target.id }));
        }}
      >
        <p>
          {say("storage.moveText", {
            size: diskSize(say, location.usedBytes),
            from: locationName(location),
            to: target === null ? "" : locationName(target),
          })}
        </p>
      </ConfirmDialog>
    </li>
  );
}
