import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { GapCause } from "../../../shared/model/recording.ts";
import {
  scheduledMode,
  type RecordingMode,
  type RecordingRule,
} from "../../../shared/model/recording-rule.ts";
import { siteRecordingRule, type Settings } from "../../../shared/model/settings.ts";
import type { Store } from "../../store/store.ts";
import { EventGate, type TriggerEvent } from "./event-gate.ts";
import { weekTimeIn } from "./week-time.ts";

export interface RecordingRulesDeps {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly store: Pick<
    Store,
    | "endRecordingRequest"
    | "listRecordingRequests"
    | "listRecordingRules"
    | "requestRecording"
    | "setRecordingRule"
  >;
}

/** What is to be done with a channel's streams now. */
export type ChannelTask =
  /** To the disk; `from` is the instant it must show, as far as memory holds it. */
  | { readonly kind: "write"; readonly from: number | null }
  /** Held in memory until something happens. */
  | { readonly kind: "arm" }
  | { readonly kind: "rest"; readonly cause: Extract<GapCause, "off" | "schedule"> };

/** What holds for a channel now. */
export interface ChannelOrders {
  readonly choice: "site" | RecordingMode;
  readonly rule: RecordingRule;
  readonly task: ChannelTask;
  readonly request: { readonly until: number; readonly by: string } | null;
}

interface Request {
  readonly until: number;
  readonly by: string;
}

/** Which rule holds for each channel, what a person asked for besides, and what both mean at an instant. */
export class RecordingRules {
  readonly #deps: RecordingRulesDeps;
  readonly #gate = new EventGate();
  readonly #own = new Map<ChannelId, RecordingRule>();
  readonly #requests = new Map<ChannelId, Request>();
  #week: { readonly zone: string; readonly at: ReturnType<typeof weekTimeIn> } | undefined;

  constructor(deps: RecordingRulesDeps) {
    this.#deps = deps;
  }

  /** Reads what was set and asked for; call before anything else. */
  async load(): Promise<void> {
    const { store, clock } = this.#deps;
    this.#own.clear();
    for (const { channelId, rule } of await store.listRecordingRules()) this.#own.set(channelId, rule);
    this.#requests.clear();
    for (const { channelId, until, by } of await store.listRecordingRequests(clock.now())) {
      this.#requests.set(channelId, { until, by });
    }
  }

  /** The channel's own rule; null: the site's holds. */
  own(channelId: ChannelId): RecordingRule | null {
    return this.#own.get(channelId) ?? null;
  }

  /** False: there is no such channel. */
  async set(channelId: ChannelId, rule: RecordingRule | null): Promise<boolean> {
    if (!(await this.#deps.store.setRecordingRule(channelId, rule))) return false;
    if (rule === null) this.#own.delete(channelId);
    else this.#own.set(channelId, rule);
    return true;
  }

  /** Records these channels until then, whatever their rules say; a later call moves the end. */
  async request(channels: readonly ChannelId[], until: number, by: string): Promise<void> {
    const from = this.#deps.clock.now();
    for (const channelId of new Set(channels)) {
      await this.#deps.store.requestRecording({ channelId, from, until: Math.max(from, until), by });
      this.#requests.set(channelId, { until, by });
    }
  }

  /** Ends what was asked for these channels. */
  async stop(channels: readonly ChannelId[], by: string): Promise<void> {
    for (const channelId of new Set(channels)) {
      if (!this.#requests.delete(channelId)) continue;
      await this.#deps.store.endRecordingRequest(channelId, this.#deps.clock.now(), by);
    }
  }

  /** Something happened; true: it counts for that channel. */
  hear(event: TriggerEvent): boolean {
    const rule = this.#ruleOf(event.channelId);
    if (!rule.triggers.includes(event.type)) return false;
    this.#gate.hear(event, this.#deps.clock.monotonicMs(), rule.postRollS * 1_000);
    return true;
  }

  /** What holds for a channel at this moment. */
  orders(channelId: ChannelId): ChannelOrders {
    const now = this.#deps.clock.now();
    const rule = this.#ruleOf(channelId);
    const asked = this.#requests.get(channelId);
    const request = asked !== undefined && now < asked.until ? asked : null;
    const choice = this.#own.get(channelId)?.mode ?? "site";
    const task =
      request === null ? this.#task(channelId, rule, now) : ({ kind: "write", from: null } as const);
    return { choice, rule, task, request };
  }

  #task(channelId: ChannelId, rule: RecordingRule, now: number): ChannelTask {
    if (rule.mode === "off") return { kind: "rest", cause: "off" };
    const mode = rule.mode === "schedule" ? scheduledMode(rule.schedule, this.#weekMinute(now)) : rule.mode;
    if (mode === null) return { kind: "rest", cause: "schedule" };
    if (mode === "continuous") return { kind: "write", from: null };
    const since = this.#gate.since(channelId, this.#deps.clock.monotonicMs());
    return since === undefined ? { kind: "arm" } : { kind: "write", from: since - rule.preRollS * 1_000 };
  }

  #ruleOf(channelId: ChannelId): RecordingRule {
    return this.#own.get(channelId) ?? siteRecordingRule(this.#deps.settings());
  }

  #weekMinute(now: number): ReturnType<ReturnType<typeof weekTimeIn>> {
    const { timeZone } = this.#deps.settings();
    if (this.#week?.zone !== timeZone) this.#week = { zone: timeZone, at: weekTimeIn(timeZone) };
    return this.#week.at(now);
  }
}
