import type { SightingId } from "../../../shared/base/ids.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import { Checkbox } from "../../design/Checkbox.tsx";
import { StateMark } from "../../design/StateMark.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import type { Say } from "../../messages/messages.ts";
import styles from "./devices.module.css";

export interface SightingListProps {
  /** Those that are not adopted. */
  readonly sightings: readonly Sighting[];
  readonly selected: ReadonlySet<SightingId>;
  readonly onSelect: (ids: ReadonlySet<SightingId>) => void;
}

/** What was found and is not in the list yet. What it says of itself is shown, never trusted. */
export function SightingList({ sightings, selected, onSelect }: SightingListProps) {
  const say = useSay();
  const present = sightings.filter((sighting) => !sighting.gone);
  const chosen = present.filter((sighting) => selected.has(sighting.id));
  const toggle = (id: SightingId, isSelected: boolean): void => {
    const next = new Set(selected);
    if (isSelected) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <>
      <div className={styles.heading}>
        {present.length > 0 && (
          <Checkbox
            aria-label={say("discovery.selectAll")}
            isSelected={chosen.length === present.length}
            isIndeterminate={chosen.length > 0 && chosen.length < present.length}
            onChange={(all) => onSelect(new Set(all ? present.map((sighting) => sighting.id) : []))}
          />
        )}
        <h3>{say("discovery.found")}</h3>
        <span className={styles.dim}>{present.length}</span>
      </div>
      {sightings.length === 0 && <p className={styles.summary}>{say("discovery.noneNew")}</p>}
      <ul className={styles.sightings}>
        {sightings.map((sighting) => (
          <li key={sighting.id} className={styles.sighting}>
            <Checkbox
              aria-label={say("discovery.select", { name: sightingName(say, sighting) })}
              isSelected={selected.has(sighting.id) && !sighting.gone}
              isDisabled={sighting.gone}
              onChange={(isSelected) => toggle(sighting.id, isSelected)}
            />
            <span className={styles.sightingName}>{sightingName(say, sighting)}</span>
            <span className={styles.mono}>{sightingAddress(sighting)}</span>
            <span className={styles.flags}>
              <span className={styles.dim}>
                {sighting.gone ? say("discovery.gone") : say(`discovery.via.${sighting.via}`)}
              </span>
              {sighting.flags.map((flag) => (
                <StateMark key={flag} severity={flag === "other-host" ? "critical" : "warning"}>
                  {say(`discovery.flag.${flag}`)}
                </StateMark>
              ))}
            </span>
            {sighting.remarks.map((remark) => (
              <p key={remark} className={`${styles.sightingRemark} copyable`}>
                {remark}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The name a device gives itself, with its hardware when that says more. */
export function sightingName(say: Say, { name, hardware }: Sighting): string {
  if (name === "") return hardware === "" ? say("discovery.unnamed") : hardware;
  return hardware === "" || name.includes(hardware) ? name : `${name} · ${hardware}`;
}

/** Host, and the port when it is not the usual one. */
export function sightingAddress({ host, port, tls }: Sighting): string {
  return port === (tls ? 443 : 80) ? host : `${host}:${port}`;
}
