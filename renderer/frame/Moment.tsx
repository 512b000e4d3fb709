import { clockTime, dateTime, moment, momentInFull } from "../messages/format.ts";
import { useSay } from "../messages/messages-context.tsx";
import { useSiteZone } from "../read-model/use-settings.ts";
import { useNow } from "./use-now.ts";

export interface MomentProps {
  /** ms UTC. */
  readonly at: number;
  /** `relative`: relative under an hour, absolute after; `clock`: `22:06:41`; `full`: with its day. */
  readonly face?: "relative" | "clock" | "full";
  /** How far the clock of the device it happened at was ahead of this computer's, ms; null: not known. */
  readonly clockOffsetMs?: number | null;
}

/** A time as people say it; on hover in full by the site's clock, in UTC, and by the device's own clock. */
export function Moment({ at, face = "relative", clockOffsetMs = null }: MomentProps) {
  const say = useSay();
  const zone = useSiteZone();
  return (
    <time dateTime={new Date(at).toISOString()} title={momentInFull(say, at, { zone, clockOffsetMs })}>
      {face === "relative" ? (
        <Age at={at} zone={zone} />
      ) : face === "clock" ? (
        clockTime(at, zone)
      ) : (
        dateTime(at, zone)
      )}
    </time>
  );
}

/** Ticks by itself, so that what stands round it need not be drawn each second. */
function Age({ at, zone }: { readonly at: number; readonly zone: string }) {
  return <>{moment(useSay(), at, useNow(), zone)}</>;
}
