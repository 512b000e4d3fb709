import type { ChannelId } from "../../../shared/base/ids.ts";
import type { RecordingTrigger } from "../../../shared/model/recording-rule.ts";

/** Something a channel reported that may begin a recording. */
export interface TriggerEvent {
  readonly channelId: ChannelId;
  readonly type: RecordingTrigger;
  /** What began and did not end yet lasts; null: it happened, and has no end. */
  readonly state: "begun" | "ended" | null;
  /** When, UTC ms by our clock. */
  readonly at: number;
}

interface Occasion {
  /** The instant that the recording must show. */
  readonly at: number;
  readonly lasting: Set<RecordingTrigger>;
  untilMs: number;
}

/**
 * Which channels are being recorded because something happens there: from an event until a while after its end. A
 * further event in that time extends it. An event without an end keeps it open until the camera says that it ended.
 */
export class EventGate {
  readonly #occasions = new Map<ChannelId, Occasion>();

  /** @param nowMs monotonic. @param postRollMs how long it goes on after the end. */
  hear({ channelId, type, state, at }: TriggerEvent, nowMs: number, postRollMs: number): void {
    const known = this.#open(channelId, nowMs);
    if (state === "ended" && known?.lasting.has(type) !== true) return;
    const occasion = known ?? { at, lasting: new Set<RecordingTrigger>(), untilMs: 0 };
    this.#occasions.set(channelId, occasion);
    if (state === "begun") occasion.lasting.add(type);
    if (state === "ended") occasion.lasting.delete(type);
    occasion.untilMs = Math.max(occasion.untilMs, nowMs + postRollMs);
  }

  /** Since when the channel is to be recorded, UTC ms; undefined: it is not. */
  since(channelId: ChannelId, nowMs: number): number | undefined {
    return this.#open(channelId, nowMs)?.at;
  }

  #open(channelId: ChannelId, nowMs: number): Occasion | undefined {
    const occasion = this.#occasions.get(channelId);
    if (occasion === undefined) return undefined;
    if (occasion.lasting.size > 0 || nowMs < occasion.untilMs) return occasion;
    this.#occasions.delete(channelId);
    return undefined;
  }
}
