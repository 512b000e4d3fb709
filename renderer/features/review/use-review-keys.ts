import { useEffect } from "react";
import { systemClock } from "../../../shared/base/clock.ts";
import { useToasts } from "../../frame/frame-context.tsx";
import { useCommands, useNumberCall } from "../../keyboard/KeyboardProvider.tsx";
import { useSay } from "../../messages/messages-context.tsx";
import { useMotionDesk } from "../../pictures/Pictures.tsx";
import { useConsole } from "../../read-model/console-context.tsx";
import { laneChannels } from "./use-lane-channels.ts";
import { reviewCommands } from "./review-commands.ts";
import { useReviewScope } from "./review-context.tsx";
import type { ReviewDeeds } from "./use-review-deeds.ts";

/** Where the newest recording is looked at: this far back there is one. */
const newestBackMs = 5_000;

/** The keys of the page, cameras called by number, and a ruler that follows the time that plays. */
export function useReviewKeys(deeds: ReviewDeeds): void {
  const say = useSay();
  const toasts = useToasts();
  const scope = useReviewScope();
  const { store, deck, channels } = scope;
  const { client } = useConsole();
  const motion = useMotionDesk();
  useCommands(
    reviewCommands(scope, {
      ...deeds,
      jumpToNewest: () => {
        deck.seek(systemClock.now() - newestBackMs);
        store.getState().follow(deck.at);
      },
      jumpToMotion: (direction) => {
        const state = motion?.store.getState();
        if (state === undefined || state.kind === "none") return;
        const starts = state.progress.moments.map(({ from }) => from);
        const next =
          direction === 1
            ? starts.find((from) => from > deck.at + 50)
            : starts.findLast((from) => from < deck.at - 50);
        if (next !== undefined) deeds.jump(next);
      },
      jumpToSign: (kind, direction) => {
        const question = {
          channels: [...laneChannels(store.getState(), channels)],
          at: Math.round(deck.at),
          direction,
          kind,
        };
        client.recording
          .neighbour(question)
          .then(({ at }) => {
            if (at === null) toasts.show({ severity: "normal", title: say(`marks.no.${kind}`) });
            else deeds.jump(at);
          })
          .catch((error: unknown) => console.warn(error));
      },
    }),
  );
  useNumberCall((number) => {
    const called = [...channels.values()].find((channel) => channel.number === number);
    if (called === undefined)
      toasts.show({ severity: "warning", title: say("review.call.unknown", { number }) });
    else store.getState().showChannel(called.id);
  });
  useEffect(
    () =>
      deck.subscribeTime((at) => {
        if (deck.view.isPlaying) store.getState().follow(at);
      }),
    [deck, store],
  );
}
