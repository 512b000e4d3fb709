import { useLayoutEffect, useRef } from "react";
import type { Channel } from "../../shared/model/channel.ts";
import { useSay } from "../messages/messages-context.tsx";
import type { PlayerDriver } from "./player-driver.ts";
import { ProofLease } from "./proof-lease.ts";
import styles from "./tile.module.css";

/**
 * Lies over a picture that is called live or delayed and comes into sight by itself when that is no longer proven.
 *
 * Hidden from assistive technology: what it says matters only while the page can say nothing else.
 */
export function ProofVeil(props: {
  readonly channel: Pick<Channel, "number" | "name">;
  readonly driver: PlayerDriver | undefined;
}) {
  const { channel, driver } = props;
  const say = useSay();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (driver === undefined || element.current === null) return undefined;
    const lease = new ProofLease(element.current, () => performance.now());
    const unsubscribe = driver.subscribeClaim(({ endsMs }) => lease.hold(endsMs));
    return () => {
      unsubscribe();
      lease.drop();
    };
  }, [driver]);
  return (
    <div
      ref={element}
      className={styles.veil}
      data-veil={`${channel.number} ${channel.name}`}
      aria-hidden="true"
    >
      <span>{say("tile.unproven.why")}</span>
      <strong>{say("tile.unproven")}</strong>
    </div>
  );
}
