/** What a headless run says once a second and once at its end; latencies in ms, null while nothing is live. */
export interface ReportLine {
  readonly discovered: number;
  readonly adopted: number;
  readonly live: number;
  readonly stale: number;
  readonly latencyMsP50: number | null;
  readonly latencyMsP95: number | null;
  readonly dropped: number;
  readonly errors: number;
}

/** What is counted at one moment; a camera that several windows show counts once. */
export interface Moment {
  readonly discovered: number;
  readonly adopted: number;
  readonly errors: number;
  readonly live: number;
  readonly stale: number;
  readonly latenciesMs: readonly number[];
  readonly dropped: number;
}

const nothing: Moment = {
  discovered: 0,
  adopted: 0,
  errors: 0,
  live: 0,
  stale: 0,
  latenciesMs: [],
  dropped: 0,
};

/** The value below which `share` of the samples lie (nearest rank), rounded; null without samples. */
export function percentile(samples: readonly number[], share: number): number | null {
  if (samples.length === 0) return null;
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return value === undefined ? null : Math.round(value);
}

/** Adds a run's seconds up. */
export class RunReport {
  readonly #latencies: number[] = [];
  #last = nothing;

  /** Takes in one second; answers its line. */
  add(moment: Moment): ReportLine {
    this.#last = moment;
    for (const latency of moment.latenciesMs) this.#latencies.push(latency);
    return lineOf(moment, moment.latenciesMs);
  }

  /** The run's last line: counts of its last second, latencies of all seconds. */
  total(): ReportLine {
    return lineOf(this.#last, this.#latencies);
  }

  /** True when every camera that was asked for is adopted and was live in the last second. */
  isComplete(cameras: number = this.#last.adopted): boolean {
    return cameras > 0 && this.#last.adopted >= cameras && this.#last.live >= cameras;
  }
}

function lineOf(moment: Moment, latencies: readonly number[]): ReportLine {
  const { discovered, adopted, live, stale, dropped, errors } = moment;
  return {
    discovered,
    adopted,
    live,
    stale,
    latencyMsP50: percentile(latencies, 0.5),
    latencyMsP95: percentile(latencies, 0.95),
    dropped,
    errors,
  };
}
