import { assertNever } from "../../shared/base/result.ts";
import type { TileState } from "../../shared/model/tile-state.ts";
import { failureWords } from "../messages/failure-words.ts";
import { clockTime, duration, moment } from "../messages/format.ts";
import type { Say } from "../messages/messages.ts";
import type { PlayerView } from "./player-state.ts";

/** What a tile says over (or in place of) its picture. */
export interface TileWords {
  readonly title: string;
  /** What is known, what happens next, or what a person can do. */
  readonly lines: readonly string[];
  /** The capture time of the last picture, ms UTC, where a line says it: it is always the last line. */
  readonly lastFrameAt?: number | null;
}

export interface WordsContext {
  readonly say: Say;
  readonly zone: string;
  /** Now, ms UTC. */
  readonly now: number;
}

/** The words for the middle of a tile; undefined while the picture speaks for itself. */
export function tileWords({ state, reason }: PlayerView, context: WordsContext): TileWords | undefined {
  const { say, zone, now } = context;
  switch (state.kind) {
    case "live":
    case "delayed":
      return undefined;
    case "connecting":
      return { title: say("tile.connecting"), lines: [] };
    case "stale": {
      const cause = reason === undefined ? [] : [say(failureWords[reason].cause)];
      const last = say("tile.lastFrame", { time: clockTime(state.lastFrameAt, zone) });
      return {
        title: say("tile.stale", { duration: wholeSeconds(say, state.forMs) }),
        lines: [...cause, last],
        lastFrameAt: state.lastFrameAt,
      };
    }
    case "lost": {
      const last =
        state.lastFrameAt === null
          ? []
          : [say("tile.lastFrame", { time: moment(say, state.lastFrameAt, now, zone) })];
      const next =
        state.retryAt === null || state.retryAt - now < 1_000
          ? say("tile.tryingNow")
          : say("tile.nextTry", { duration: wholeSeconds(say, state.retryAt - now) });
      const words = failureWords[state.reason];
      return {
        title: say("tile.lost", { reason: say(words.name) }),
        lines: [say(words.cause), say(words.remedy), [...last, next].join(" · ")],
        lastFrameAt: state.lastFrameAt,
      };
    }
    case "denied": {
      const words = failureWords[state.reason];
      return {
        title: say("tile.denied", { reason: say(words.name) }),
        lines: [say(words.cause), say(words.remedy)],
      };
    }
    case "unsupported":
      return {
        title: say("tile.unsupported", { codecs: codecsIn(state.detail) }),
        lines: [say(failureWords["unsupported-codec"].remedy)],
      };
    default:
      return assertNever(state);
  }
}

/** The one word at the tile's edge: `live`, `stale`, `lost`. */
export function stateWord(state: TileState, say: Say): string {
  return say(`tile.state.${state.kind}`);
}

/** How old a live picture is: `0.2 s`. */
export function ageWords(ageMs: number, say: Say): string {
  return say("tile.liveAge", { age: (Math.max(0, ageMs) / 1_000).toFixed(1) });
}

const wholeSeconds = (say: Say, ms: number): string =>
  ms < 60_000 ? say("duration.seconds", { value: Math.floor(ms / 1_000) }) : duration(say, ms);

/** `H265, JPEG` as people write it; what a camera or decoder said goes through as it is. */
function codecsIn(detail: string): string {
  return detail.replaceAll("H265", "H.265").replaceAll("H264", "H.264");
}
