import { useEffect, useState } from "react";
import type { TileMode } from "../../shared/model/layout.ts";
import { useSay } from "../messages/messages-context.tsx";
import type { Say } from "../messages/messages.ts";
import { usePlayerView } from "./player-context.tsx";
import type { PlayerDriver } from "./player-driver.ts";
import type { PlayerStats, PlayPlan } from "./player-state.ts";
import styles from "./stats.module.css";

/** Codec, size, rate, latency, losses and mode of one picture, once a second. */
export function StatsOverlay(props: { readonly driver: PlayerDriver; readonly mode: TileMode }) {
  const { driver, mode } = props;
  const say = useSay();
  const { plan } = usePlayerView(driver);
  const [stats, setStats] = useState<PlayerStats | undefined>(() => driver.stats());
  useEffect(() => {
    const timer = setInterval(() => setStats(driver.stats()), 1_000);
    return () => clearInterval(timer);
  }, [driver]);
  if (stats === undefined || plan === undefined) return null;
  return (
    <dl className={styles.stats} aria-label={say("stats.title")}>
      {statsLines(stats, plan, mode, say).map(([name, value]) => (
        <FactLine key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactLine({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** The overlay's lines: name and value with its unit. */
export function statsLines(
  stats: PlayerStats,
  plan: PlayPlan,
  mode: TileMode,
  say: Say,
): readonly (readonly [string, string])[] {
  const unknown = say("stats.unknown");
  const modeName = say(`tile.mode.${plan.mode}`);
  const latency =
    stats.latencyMs === undefined
      ? unknown
      : say(stats.isArrivalTime ? "stats.latencyArrival" : "stats.latencyValue", {
          value: Math.round(stats.latencyMs),
        });
  return [
    [say("stats.stream"), plan.role],
    [say("stats.codec"), stats.codecs || unknown],
    [say("stats.size"), stats.width === 0 ? unknown : `${stats.width}×${stats.height}`],
    [say("stats.fps"), say("stats.fpsValue", { value: stats.fps.toFixed(1) })],
    [
      say("stats.bitrate"),
      stats.bitrateKbps === undefined
        ? unknown
        : say("stats.bitrateValue", { value: Math.round(stats.bitrateKbps) }),
    ],
    [say("stats.latency"), latency],
    [say("stats.buffer"), say("duration.seconds", { value: stats.bufferS.toFixed(2) })],
    [say("stats.lost"), String(stats.lostPackets)],
    [say("stats.dropped"), String(stats.droppedFrames)],
    [say("stats.reconnects"), String(stats.reconnects)],
    [say("stats.mode"), mode === "auto" ? say("stats.modeAuto", { mode: modeName }) : modeName],
    [say("stats.transport"), stats.transport === undefined ? unknown : stats.transport.toUpperCase()],
  ];
}
