import type { DiscoveryReport, InterfaceReport, SweepReport } from "../../../shared/model/sighting.ts";
import type { NetworkCard } from "../../drivers/ws-discovery/network-cards.ts";

interface CardTally {
  readonly card: NetworkCard;
  probesSent: number;
  answers: number;
  ignored: number;
  firstAnswerMs: number | null;
  lastAnswerMs: number | null;
  failure: string | null;
  readonly devices: Set<string>;
  readonly foreign: Map<string, number>;
}

const maxForeign = 256;
const maxReasons = 64;

/** What discovery did, counted while it does it; `view` makes the report the drawer shows. */
export class RunReport {
  readonly #cards = new Map<string, CardTally>();
  readonly #ignored = new Map<string, number>();
  readonly #sweeps: SweepReport[] = [];
  #startedAt: number | null = null;
  #startedMs = 0;
  #endedMs: number | null = 0;
  #listening: string | null = null;

  /** Forgets the last run's figures; sweeps are kept. */
  begin(now: number, monotonicMs: number): void {
    this.#cards.clear();
    this.#ignored.clear();
    this.#startedAt = now;
    this.#startedMs = monotonicMs;
    this.#endedMs = null;
  }

  end(monotonicMs: number): void {
    this.#endedMs = monotonicMs;
  }

  card(card: NetworkCard): void {
    this.#tally(card);
  }

  sent(card: NetworkCard): void {
    const tally = this.#tally(card);
    tally.probesSent += 1;
    tally.failure = null;
  }

  failed(card: NetworkCard, words: string): void {
    this.#tally(card).failure = words;
  }

  /** One answer with `devices` known by these keys; `isForeign` when we have no address in its subnet. */
  heard(address: string, sender: string, keys: readonly string[], isForeign: boolean, atMs: number): void {
    const tally = [...this.#cards.values()].find((each) => each.card.address === address);
    if (tally === undefined) return;
    const sinceStartMs = Math.max(0, atMs - this.#startedMs);
    tally.answers += 1;
    tally.firstAnswerMs ??= sinceStartMs;
    tally.lastAnswerMs = sinceStartMs;
    for (const key of keys) tally.devices.add(key);
    if (isForeign && (tally.foreign.has(sender) || tally.foreign.size < maxForeign)) {
      tally.foreign.set(sender, keys.length);
    }
  }

  ignored(reason: string, address: string): void {
    const tally = [...this.#cards.values()].find((each) => each.card.address === address);
    if (tally !== undefined) tally.ignored += 1;
    if (this.#ignored.has(reason) || this.#ignored.size < maxReasons) {
      this.#ignored.set(reason, (this.#ignored.get(reason) ?? 0) + 1);
    }
  }

  /** Why Hello and Bye cannot be heard on a card; null: they are. */
  listening(words: string | null): void {
    this.#listening = words;
  }

  swept(report: SweepReport): void {
    const known = this.#sweeps.findIndex((each) => each.range === report.range);
    if (known !== -1) this.#sweeps.splice(known, 1);
    this.#sweeps.push(report);
    if (this.#sweeps.length > 64) this.#sweeps.shift();
  }

  view(monotonicMs: number): DiscoveryReport {
    const endMs = this.#endedMs ?? monotonicMs;
    return {
      running: this.#endedMs === null,
      startedAt: this.#startedAt,
      elapsedMs: this.#startedAt === null ? 0 : Math.max(0, endMs - this.#startedMs),
      interfaces: [...this.#cards.values()].slice(0, 64).map((tally) => this.#interface(tally)),
      sweeps: [...this.#sweeps],
      ignored: [...this.#ignored].map(([reason, count]) => ({ reason: reason.slice(0, 300), count })),
    };
  }

  #interface(tally: CardTally): InterfaceReport {
    const { name, address, prefixLength, family } = tally.card;
    const { probesSent, answers, ignored, firstAnswerMs, lastAnswerMs, failure } = tally;
    const figures = { probesSent, answers, ignored, firstAnswerMs, lastAnswerMs, failure };
    const remarks = foreignRemarks(tally.foreign);
    if (this.#endedMs !== null && answers === 0 && failure === null && probesSent > 0) {
      remarks.push("nobody answered");
    }
    if (this.#listening !== null) remarks.push(this.#listening);
    return { name, address, prefixLength, family, ...figures, devices: tally.devices.size, remarks };
  }

  #tally(card: NetworkCard): CardTally {
    const key = `${card.name} ${card.address}`;
    const known = this.#cards.get(key);
    if (known !== undefined) return known;
    const fresh: CardTally = {
      card,
      probesSent: 0,
      answers: 0,
      ignored: 0,
      firstAnswerMs: null,
      lastAnswerMs: null,
      failure: null,
      devices: new Set(),
      foreign: new Map(),
    };
    this.#cards.set(key, fresh);
    return fresh;
  }
}

const shownForeign = 10;

function foreignRemarks(foreign: ReadonlyMap<string, number>): string[] {
  const remarks = [...foreign]
    .slice(0, shownForeign)
    .map(([sender, count]) =>
      count > 1
        ? `${count} answered from ${sender}, but you have no address there`
        : `answered from ${sender}, but you have no address there`,
    );
  if (foreign.size > shownForeign) {
    remarks.push(`${foreign.size - shownForeign} more answered from networks in which you have no address`);
  }
  return remarks;
}
