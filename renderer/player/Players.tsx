import { useEffect, useEffectEvent, useState, type ReactNode } from "react";
import { systemClock } from "../../shared/base/clock.ts";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { TileReport } from "../../shared/contract/live.ts";
import type { TileState } from "../../shared/model/tile-state.ts";
import { useConsole } from "../read-model/console-context.tsx";
import { useReportTileStates } from "../read-model/tile-states.tsx";
import { canDecode } from "./codec-support.ts";
import type { MediaLink } from "./media-link.ts";
import { PictureKeeper } from "./picture-keeper.ts";
import { PlayerProvider } from "./player-context.tsx";
import { PlayerDeck } from "./player-deck.ts";

/** The window's players: makes the deck, reports what the tiles show, keeps pictures for the next start. */
export function Players(props: { readonly link: MediaLink; readonly children: ReactNode }) {
  const { link, children } = props;
  const { client } = useConsole();
  const showStates = useReportTileStates();
  const fault = useEffectEvent((error: unknown, severity: "error" | "warning" = "error") => {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    client.app
      .reportFault({ message: message.slice(0, 2_000), stack: stack.slice(0, 8_000), severity })
      .catch((failure: unknown) => console.warn(failure));
  });
  const report = useEffectEvent((reports: readonly TileReport[]) => {
    showStates(kindsOf(reports));
    client.live.reportTiles([...reports].slice(0, 64)).catch((error: unknown) => fault(error));
  });
  const [deck, setDeck] = useState<PlayerDeck>();
  useEffect(() => {
    const started = new PlayerDeck({
      link,
      clock: systemClock,
      document,
      canDecode,
      onReport: (reports) => report(reports),
      // What a camera sends may be undecodable, and the player goes on: the console itself is whole.
      onFault: (channelId, error) => fault(new Error(`player of ${channelId}: ${error.message}`), "warning"),
    });
    const keeper = new PictureKeeper({
      clock: systemClock,
      drivers: () => started.drivers,
      keep: (picture) => client.live.keepPicture(picture),
      onFault: (error) => fault(error),
    });
    started.start();
    keeper.start();
    // The deck is a thing outside React that this effect starts and stops.
    // oxlint-disable-next-line react/set-state-in-effect
    setDeck(started);
    return () => {
      keeper.stop();
      started.stop();
    };
  }, [link, client]);
  return deck === undefined ? null : <PlayerProvider deck={deck}>{children}</PlayerProvider>;
}

/** The best of what the tiles of one channel show. */
function kindsOf(reports: readonly TileReport[]): ReadonlyMap<ChannelId, TileState["kind"]> {
  const kinds = new Map<ChannelId, TileState["kind"]>();
  for (const { channelId, state } of reports) {
    if (kinds.get(channelId) !== "live") kinds.set(channelId, state.kind);
  }
  return kinds;
}
