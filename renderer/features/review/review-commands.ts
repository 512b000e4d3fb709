import type { Command } from "../../keyboard/command.ts";
import type { TimelineSign } from "../../../shared/contract/recording.ts";
import type { MessageKey } from "../../messages/messages.ts";
import type { PlaybackDeck } from "../../player/playback-deck.ts";
import { playbackSpeeds } from "../../player/playback-pace.ts";
import type { ReviewScope } from "./review-context.tsx";
import { spanOf } from "./time-view.ts";
import type { ReviewDeeds } from "./use-review-deeds.ts";

/** Moves the common time by a length of time. */
export function stepBy(deck: PlaybackDeck, byMs: number): void {
  deck.seek(deck.at + byMs);
}

/** Plays in the other direction, at the same speed. */
export function playOther(deck: PlaybackDeck): void {
  deck.setSpeed(-deck.view.speed);
  if (!deck.view.isPlaying) deck.setPlaying(true);
}

/** What the keys do that is not a matter of the store or the players. */
export interface ReviewPageDeeds extends ReviewDeeds {
  readonly jumpToSign: (kind: TimelineSign, direction: 1 | -1) => void;
  readonly jumpToMotion: (direction: 1 | -1) => void;
  readonly jumpToNewest: () => void;
}

/** What the review steps through: a kind, the keys onward and back, and what they are called. */
const signSteps: readonly (readonly [TimelineSign, string, string, MessageKey, MessageKey])[] = [
  ["event", "Ctrl+↓", "Ctrl+↑", "command.review.nextEvent", "command.review.previousEvent"],
  ["bookmark", "Ctrl+→", "Ctrl+←", "command.review.nextBookmark", "command.review.previousBookmark"],
  ["gap", "Alt+→", "Alt+←", "command.review.nextGap", "command.review.previousGap"],
  ["lock", "Ctrl+Shift+→", "Ctrl+Shift+←", "command.review.nextLock", "command.review.previousLock"],
];

const panShare = 0.25;
const zoomStep = 1.6;

/** Everything the review can be told by keyboard, as commands; the palette lists the larger ones. */
export function reviewCommands({ store, deck }: ReviewScope, deeds: ReviewPageDeeds): readonly Command[] {
  const review = store.getState;
  const command = (
    id: string,
    title: MessageKey,
    keys: readonly string[],
    run: () => void,
    listed?: Command["listed"],
  ): Command => ({ id: `review.${id}`, title, keys, scope: "page", run, ...(listed ? { listed } : {}) });
  const step = (direction: 1 | -1): void => {
    const { selectedId } = review();
    if (selectedId !== null) deck.step(direction, selectedId);
  };
  const move = (byMs: number): void => {
    stepBy(deck, byMs);
    review().follow(deck.at);
  };
  const toggle = (kind: "cameras" | "bookmarks" | "locks" | "motion"): void =>
    review().open({ kind: review().drawer.kind === kind ? "none" : kind });
  const pan = (share: number): void => review().pan(spanOf(review().view) * share);
  return [
    command("play", "command.review.play", ["Space", "K"], () => deck.setPlaying(!deck.view.isPlaying)),
    command("reverse", "command.review.reverse", ["J"], () => playOther(deck)),
    command("step-back", "command.review.stepBack", [","], () => step(-1), "keys"),
    command("step-on", "command.review.stepOn", ["."], () => step(1), "keys"),
    command("back-5", "command.review.back5", ["←"], () => move(-5_000), "keys"),
    command("on-5", "command.review.on5", ["→"], () => move(5_000), "keys"),
    command("back-60", "command.review.back60", ["Shift+←"], () => move(-60_000), "keys"),
    command("on-60", "command.review.on60", ["Shift+→"], () => move(60_000), "keys"),
    command("slower", "command.review.slower", ["<"], () => changeSpeed(-1)),
    command("faster", "command.review.faster", [">"], () => changeSpeed(1)),
    command("normal", "command.review.normal", ["N"], () => deck.setSpeed(1)),
    command("jump", "command.review.jump", ["T"], () => review().setJump("open")),
    command("newest", "command.review.newest", ["End"], deeds.jumpToNewest),
    command("live", "command.review.live", ["G"], deeds.goLive),
    command("mark-in", "command.review.markIn", ["["], () => review().markIn(deck.at)),
    command("mark-out", "command.review.markOut", ["]"], () => review().markOut(deck.at)),
    command("bookmark", "command.review.bookmark", ["B"], () => void deeds.bookmark()),
    command("bookmarks", "command.review.bookmarks", ["Shift+B"], () => toggle("bookmarks")),
    ...signSteps.flatMap(([kind, on, back, next, previous]) => [
      command(`next-${kind}`, next, [on], () => deeds.jumpToSign(kind, 1)),
      command(`previous-${kind}`, previous, [back], () => deeds.jumpToSign(kind, -1)),
    ]),
    command("lock", "command.review.lock", ["O"], () => review().open({ kind: "new-lock" })),
    command("locks", "command.review.locks", ["Shift+O"], () => toggle("locks")),
    command("lanes", "command.review.lanes", ["Shift+L"], () => review().toggleLanes()),
    command("motion", "command.review.motion", ["Shift+M"], () => toggle("motion")),
    command("next-motion", "command.review.nextMotion", ["Shift+↓"], () => deeds.jumpToMotion(1), "keys"),
    command(
      "previous-motion",
      "command.review.previousMotion",
      ["Shift+↑"],
      () => deeds.jumpToMotion(-1),
      "keys",
    ),
    command("cameras", "command.review.cameras", ["L"], () => toggle("cameras")),
    command(
      "zoom-in",
      "command.review.zoomIn",
      ["+", "="],
      () => review().zoom(1 / zoomStep, deck.at),
      "keys",
    ),
    command("zoom-out", "command.review.zoomOut", ["-"], () => review().zoom(zoomStep, deck.at), "keys"),
    command("pan-back", "command.review.panBack", ["PageUp"], () => pan(-panShare), "keys"),
    command("pan-on", "command.review.panOn", ["PageDown"], () => pan(panShare), "keys"),
    command("next", "command.review.next", ["↓"], () => review().selectNext(1), "keys"),
    command("previous", "command.review.previous", ["↑"], () => review().selectNext(-1), "keys"),
    command("maximise", "command.review.maximise", ["Enter"], () => {
      const { maximise, maximisedId, selectedId } = review();
      maximise(maximisedId === null ? selectedId : null);
    }),
    command("sound", "command.review.sound", ["M"], () => {
      const { heardId, selectedId, listenTo } = review();
      listenTo(heardId === selectedId ? null : selectedId);
    }),
    command("remove", "command.review.remove", ["Delete", "Backspace"], () => {
      const { selectedId, toggleChannel } = review();
      if (selectedId !== null) toggleChannel(selectedId);
    }),
    command("escape", "command.review.escape", ["Esc"], back, "keys"),
  ];

  function changeSpeed(by: 1 | -1): void {
    const { speed } = deck.view;
    const next = playbackSpeeds[playbackSpeeds.findIndex((one) => one === Math.abs(speed)) + by];
    if (next !== undefined) deck.setSpeed(next * Math.sign(speed));
  }

  /** Esc: one step back. */
  function back(): void {
    const { drawer, open, maximisedId, maximise, markIn, markOut } = review();
    if (drawer.kind !== "none") open({ kind: "none" });
    else if (maximisedId !== null) maximise(null);
    else {
      markIn(null);
      markOut(null);
    }
  }
}
