import type { AdoptOutcome } from "../../../shared/contract/devices.ts";
import { StateMark } from "../../design/StateMark.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import { useSay } from "../../messages/messages-context.tsx";
import { useDevices } from "../../read-model/use-devices.ts";
import { useDiscovery } from "../../read-model/use-discovery.ts";
import { sightingAddress, sightingName } from "./SightingList.tsx";
import styles from "./devices.module.css";

/** What each device came to; for those that were not adopted why, and what to do. Failures first. */
export function AdoptOutcomes({ outcomes }: { readonly outcomes: readonly AdoptOutcome[] }) {
  const say = useSay();
  const failed = outcomes.filter((outcome) => outcome.kind === "failed");
  const fine = outcomes.filter((outcome) => outcome.kind !== "failed");
  return (
    <>
      <p aria-live="polite">{say("adopt.done", { adopted: fine.length, failed: failed.length })}</p>
      <ul className={styles.outcomes}>
        {[...failed, ...fine].map((outcome) => (
          <OutcomeLine key={outcome.sightingId} outcome={outcome} />
        ))}
      </ul>
    </>
  );
}

function OutcomeLine({ outcome }: { readonly outcome: AdoptOutcome }) {
  const say = useSay();
  const sighting = useDiscovery()?.sightings.find((candidate) => candidate.id === outcome.sightingId);
  const devices = useDevices().data ?? [];
  const device = outcome.kind === "failed" ? undefined : devices.find(({ id }) => id === outcome.deviceId);
  const name =
    device?.name ?? (sighting === undefined ? say("discovery.unnamed") : sightingName(say, sighting));
  const address = device?.address.host ?? (sighting === undefined ? "" : sightingAddress(sighting));
  return (
    <li className={styles.outcome}>
      <span>
        {name} <span className={styles.mono}>{address}</span>
      </span>
      {outcome.kind === "failed" ? (
        <StateMark severity="serious">{say(failureWords[outcome.reason].name)}</StateMark>
      ) : (
        <StateMark severity="normal">{say(`adopt.${outcome.kind}`)}</StateMark>
      )}
      {outcome.kind !== "failed" && outcome.remarks.length > 0 && (
        <span className={`${styles.outcomeWhy} copyable`}>{outcome.remarks.join("; ")}</span>
      )}
      {outcome.kind === "failed" && (
        <span className={styles.outcomeWhy}>
          {say(failureWords[outcome.reason].cause)} {say(failureWords[outcome.reason].remedy)}
          {outcome.detail !== "" && <code className="copyable"> {outcome.detail}</code>}
        </span>
      )}
    </li>
  );
}
