import type { ChannelId } from "../../../shared/base/ids.ts";
import type { TileReport } from "../../../shared/contract/live.ts";
import type { TileState } from "../../../shared/model/tile-state.ts";

/** What a channel's pictures did, seen over all windows. */
export interface PictureFact {
  readonly channelId: ChannelId;
  readonly kind: "picture-live" | "picture-stale" | "source-lost";
  readonly detail: string;
}

/** Tiles by what they show; a channel in several windows counts once, by its best tile. */
export interface TileSummary {
  readonly connecting: number;
  readonly live: number;
  readonly delayed: number;
  readonly stale: number;
  readonly lost: number;
  readonly denied: number;
  readonly unsupported: number;
  /** Of tiles that are live or delayed, ms. */
  readonly latenciesMs: readonly number[];
  readonly dropped: number;
}

type Kind = TileState["kind"];

/** From best to worst: one window that shows the picture is enough for the channel to be seen. */
const order: readonly Kind[] = ["live", "delayed", "stale", "connecting", "lost", "denied", "unsupported"];
const forgetAfterMs = 5_000;

interface Entry {
  readonly reports: readonly TileReport[];
  readonly atMs: number;
}

/** Adds the windows' tile reports up and finds what is worth writing down. */
export class TileBook {
  readonly #windows = new Map<number, Entry>();
  /** The last fact told of each channel. */
  readonly #told = new Map<ChannelId, { readonly kind: PictureFact["kind"]; readonly atMs: number }>();

  /** Takes a window's report; returns what changed. */
  report(windowId: number, reports: readonly TileReport[], nowMs: number): readonly PictureFact[] {
    this.#windows.set(windowId, { reports, atMs: nowMs });
    this.#forgetOld(nowMs);
    const facts: PictureFact[] = [];
    for (const [channelId, { state }] of this.#best()) {
      const fact = this.#changed(channelId, state, nowMs);
      if (fact) facts.push(fact);
    }
    return facts;
  }

  /** The window is gone: its tiles count no more. */
  forget(windowId: number): void {
    this.#windows.delete(windowId);
  }

  summary(nowMs: number): TileSummary {
    this.#forgetOld(nowMs);
    const counts: Record<Kind, number> = {
      connecting: 0,
      live: 0,
      delayed: 0,
      stale: 0,
      lost: 0,
      denied: 0,
      unsupported: 0,
    };
    const latenciesMs: number[] = [];
    let dropped = 0;
    for (const { state, latencyMs, dropped: frames } of this.#best().values()) {
      counts[state.kind] += 1;
      dropped += frames;
      if (latencyMs !== null && (state.kind === "live" || state.kind === "delayed"))
        latenciesMs.push(latencyMs);
    }
    return { ...counts, latenciesMs, dropped };
  }

  /** What each channel's best tile shows. */
  kinds(nowMs: number): ReadonlyMap<ChannelId, Kind> {
    this.#forgetOld(nowMs);
    return new Map([...this.#best()].map(([channelId, { state }]) => [channelId, state.kind]));
  }

  #best(): ReadonlyMap<ChannelId, TileReport> {
    const best = new Map<ChannelId, TileReport>();
    for (const { reports } of this.#windows.values()) {
      for (const report of reports) {
        const known = best.get(report.channelId);
        const isBetter =
          known === undefined || order.indexOf(report.state.kind) < order.indexOf(known.state.kind);
        if (isBetter) best.set(report.channelId, report);
      }
    }
    return best;
  }

  #changed(channelId: ChannelId, state: TileState, nowMs: number): PictureFact | undefined {
    const before = this.#told.get(channelId);
    const fact = factOf(channelId, state, before && nowMs - before.atMs);
    if (fact === undefined || fact.kind === before?.kind) return undefined;
    // The first picture is no news; only its loss is, and its coming back.
    this.#told.set(channelId, { kind: fact.kind, atMs: nowMs });
    return before === undefined && fact.kind === "picture-live" ? undefined : fact;
  }

  #forgetOld(nowMs: number): void {
    for (const [windowId, { atMs }] of this.#windows) {
      if (nowMs - atMs > forgetAfterMs) this.#windows.delete(windowId);
    }
  }
}

function factOf(
  channelId: ChannelId,
  state: TileState,
  sinceMs: number | undefined,
): PictureFact | undefined {
  switch (state.kind) {
    case "live":
    case "delayed": {
      const after = sinceMs === undefined ? "" : `after ${Math.round(sinceMs / 1000)} s`;
      return { channelId, kind: "picture-live", detail: after };
    }
    case "stale":
      return {
        channelId,
        kind: "picture-stale",
        detail: `no new picture for ${Math.round(state.forMs / 1000)} s`,
      };
    case "lost":
    case "denied":
      return { channelId, kind: "source-lost", detail: `${state.reason}: ${state.detail}`.slice(0, 500) };
    case "connecting":
    case "unsupported":
      return undefined;
    default:
      return state satisfies never;
  }
}
