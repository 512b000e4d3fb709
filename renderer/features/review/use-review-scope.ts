import { useEffect, useEffectEvent, useState } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import { maxTimelineSteps } from "../../../shared/contract/recording.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import { PlaybackDeck } from "../../player/playback-deck.ts";
import { usePlayerDeck } from "../../player/player-context.tsx";
import { useConsole, type ConsoleClient } from "../../read-model/console-context.tsx";
import type { ReviewScope } from "./review-context.tsx";
import { createReviewStore, type ReviewStore } from "./review-store.ts";

/** A review opens this far back: what has just happened is what is looked for most. */
const openBackMs = 30_000;
const firstChannels = 4;
const usualFrameS = 1 / 12;

/**
 * The players and the view state of the review, made when the page opens and stopped when it is left. It opens
 * on the cameras `wanted`, else on those of the last time, else on the first four.
 */
export function useReviewParts(
  channels: ReadonlyMap<ChannelId, Channel>,
): Pick<ReviewScope, "store" | "deck"> | undefined {
  const { client } = useConsole();
  const { link, pool } = usePlayerDeck();
  const [parts, setParts] = useState<Pick<ReviewScope, "store" | "deck">>();
  const first = useEffectEvent((): readonly ChannelId[] => {
    const kept = keptChannels().filter((id) => channels.has(id));
    return kept.length > 0 ? kept : [...channels.keys()].slice(0, firstChannels);
  });
  const frameSOf = useEffectEvent((channelId: ChannelId): number => {
    const fps = channels.get(channelId)?.streams.find(({ role }) => role === "main")?.fps ?? 0;
    return fps > 0 ? 1 / fps : usualFrameS;
  });
  useEffect(() => {
    const startAt = systemClock.now() - openBackMs;
    const store: ReviewStore = createReviewStore(first(), startAt);
    const deck: PlaybackDeck = new PlaybackDeck({
      clock: systemClock,
      pool,
      startAt,
      allow: (ids, from, to) => client.recording.open({ channels: [...ids], role: "main", from, to }),
      release: ({ id }) => void client.recording.close({ id }).catch((error: unknown) => console.warn(error)),
      openSource: (playback, channelId) => link.openPlayback({ playback, channelId }, () => deck.reopen()),
      frameSOf: (channelId) => frameSOf(channelId),
      nextRecorded: (ids, at) => nextRecorded(client, ids, at),
      previousRecorded: (ids, at) => previousRecorded(client, ids, at),
    });
    deck.setChannels(store.getState().channels);
    const unsubscribe = store.subscribe((now, before) => {
      if (now.channels === before.channels) return;
      deck.setChannels(now.channels);
      keepChannels(now.channels);
    });
    deck.start();
    // The players are things outside React that this effect starts and stops.
    // oxlint-disable-next-line react/set-state-in-effect
    setParts({ store, deck });
    return () => {
      unsubscribe();
      deck.stop();
    };
  }, [client, link, pool]);
  return parts;
}

/** When the first recording of any of the channels begins, at or after `at`; null: there is none. */
export async function nextRecorded(
  client: Pick<ConsoleClient, "recording">,
  channels: readonly ChannelId[],
  at: number,
): Promise<number | null> {
  const from = Math.ceil(at);
  const to = Math.max(from + 1, Math.round(systemClock.now()));
  const resolutionMs = Math.max(1, Math.ceil((to - from) / (maxTimelineSteps - 1)));
  const lanes = await client.recording.timeline({ channels: [...channels], from, to, resolutionMs });
  const starts = lanes.flatMap(({ spans }) => {
    const first = spans.find((span) => span.kind === "recorded" && span.to > from);
    return first === undefined ? [] : [Math.max(at, first.from)];
  });
  return starts.length === 0 ? null : Math.min(...starts);
}

/** Looked through one after the other, the whole past last: the shorter, the finer. */
const looksBackMs = [3_600_000, 86_400_000, 40 * 86_400_000, Number.POSITIVE_INFINITY];

/** When the last recording of any of the channels before `at` ends, or `at`; null: there is none. */
export async function previousRecorded(
  client: Pick<ConsoleClient, "recording">,
  channels: readonly ChannelId[],
  at: number,
): Promise<number | null> {
  const to = Math.max(1, Math.floor(at));
  for (const lengthMs of looksBackMs) {
    const from = Math.max(0, to - lengthMs);
    const resolutionMs = Math.max(1, Math.ceil((to - from) / (maxTimelineSteps - 1)));
    const lanes = await client.recording.timeline({ channels: [...channels], from, to, resolutionMs });
    const ends = lanes.flatMap(({ spans }) =>
      spans.filter((span) => span.kind === "recorded" && span.from < to).map((span) => Math.min(at, span.to)),
    );
    if (ends.length > 0) return Math.max(...ends);
    if (from === 0) return null;
  }
  return null;
}

const storageKey = "review.channels";

function keptChannels(): readonly ChannelId[] {
  const text = localStorage.getItem(storageKey) ?? "";
  return text.split(",").flatMap((id) => ChannelId.safeParse(id).data ?? []);
}

function keepChannels(channels: readonly ChannelId[]): void {
  localStorage.setItem(storageKey, channels.join(","));
}
