/** One look at one process. */
export interface MemorySample {
  readonly atMs: number;
  readonly mb: number;
}

/** What became of the memory of one process: both figures are read from a straight line through the looks. */
export interface MemoryTrend {
  /** In the middle of the middle third. */
  readonly middleMb: number;
  /** In the middle of the last third. */
  readonly lastMb: number;
  readonly ratio: number;
  readonly isLevel: boolean;
}

const largestGrowth = 1.1;
/** A process that small steps by whole pages of its allocator: less than this is not growth. */
const smallestGrowthMb = 4;

/**
 * A line by least squares through the last two thirds of a run; the first third is the warm-up.
 *
 * A line takes every look into account, so that one garbage collection at the end neither hides a leak nor makes one.
 */
export function memoryTrend(samples: readonly MemorySample[]): MemoryTrend {
  const first = samples[0]?.atMs ?? 0;
  const lengthMs = (samples.at(-1)?.atMs ?? 0) - first;
  const late = samples.filter(({ atMs }) => atMs - first >= lengthMs / 3);
  const line = lineThrough(late);
  const middleMb = line(first + lengthMs / 2);
  const lastMb = line(first + (lengthMs * 5) / 6);
  const ratio = middleMb > 0 ? lastMb / middleMb : 1;
  const isLevel = ratio <= largestGrowth || lastMb - middleMb < smallestGrowthMb;
  return { middleMb: round(middleMb, 1), lastMb: round(lastMb, 1), ratio: round(ratio, 3), isLevel };
}

function lineThrough(samples: readonly MemorySample[]): (atMs: number) => number {
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanMb = mean(samples.map(({ mb }) => mb));
  let rise = 0;
  let run = 0;
  for (const { atMs, mb } of samples) {
    rise += (atMs - meanAt) * (mb - meanMb);
    run += (atMs - meanAt) ** 2;
  }
  const slope = run === 0 ? 0 : rise / run;
  return (atMs) => meanMb + slope * (atMs - meanAt);
}

/** Keeps the looks at each process of the app and notices one that is no longer the same. */
export class MemoryBook {
  readonly #samples = new Map<string, MemorySample[]>();
  readonly #pids = new Map<string, number>();
  /** Names of processes that were replaced: each is a crash, whether the app survived it or not. */
  readonly replaced: string[] = [];

  see(name: string, pid: number, sample: MemorySample): void {
    const before = this.#pids.get(name);
    if (before !== undefined && before !== pid) this.replaced.push(name);
    this.#pids.set(name, pid);
    const samples = this.#samples.get(name) ?? [];
    samples.push(sample);
    this.#samples.set(name, samples);
  }

  /** The last look at each, in words. */
  get words(): string {
    return [...this.#samples].map(([name, all]) => `${name} ${Math.round(all.at(-1)?.mb ?? 0)}`).join(", ");
  }

  get trends(): Readonly<Record<string, MemoryTrend>> {
    return Object.fromEntries([...this.#samples].map(([name, all]) => [name, memoryTrend(all)]));
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
