import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { PlayerDeck } from "./player-deck.ts";
import type { PlayerDriver } from "./player-driver.ts";
import type { PlayerView, PlayWish } from "./player-state.ts";

const DeckContext = createContext<PlayerDeck | null>(null);

/** Gives everything below it the window's players. */
export function PlayerProvider(props: { readonly deck: PlayerDeck; readonly children: ReactNode }) {
  return <DeckContext.Provider value={props.deck}>{props.children}</DeckContext.Provider>;
}

/** The window's players; only below a PlayerProvider. */
export function usePlayerDeck(): PlayerDeck {
  const deck = useContext(DeckContext);
  if (deck === null) throw new Error("no PlayerProvider above this component");
  return deck;
}

/** A player for one channel while the component is mounted; undefined during the first rendering. */
export function usePlayer(channelId: ChannelId, wish: PlayWish): PlayerDriver | undefined {
  const deck = usePlayerDeck();
  const [driver, setDriver] = useState<PlayerDriver>();
  useEffect(() => {
    const opened = deck.open(channelId);
    // The player is a thing outside React that this effect opens and closes.
    // oxlint-disable-next-line react/set-state-in-effect
    setDriver(opened);
    return () => deck.close(opened);
  }, [deck, channelId]);
  useEffect(() => driver?.show(wish), [driver, wish]);
  return driver;
}

const nothing: PlayerView = {
  state: { kind: "connecting", since: 0 },
  plan: undefined,
  isPreparing: false,
  hasPicture: false,
  hasSound: false,
  reason: undefined,
};
const never = (): (() => void) => () => undefined;

/** What a player's tile shows; renders again only when something visible changed. */
export function usePlayerView(driver: PlayerDriver | undefined): PlayerView {
  return useSyncExternalStore(driver?.subscribe ?? never, () => driver?.view ?? nothing);
}
