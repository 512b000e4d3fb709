import type { LumaGrid } from "./luma-grid.ts";
import { median } from "./median.ts";
import { maskOf, type Region } from "./region.ts";

export type Sensitivity = "low" | "normal" | "high";

/** What one look at a picture found, against the picture before it. */
export interface Look {
  /** UTC ms of the picture, and of the one it was compared with; null: there was none to compare with. */
  readonly at: number;
  readonly sinceAt: number | null;
  /** Share of the area that changed, 0 to 1; 0 when it was less than the sensitivity asks for. */
  readonly share: number;
  /** The light of the whole picture changed so that nothing can be said. */
  readonly isLight: boolean;
}

interface Rules {
  /** Brightness levels (of 255) that a block must change by, however quiet it is. */
  readonly least: number;
  /** …and so many times what it usually changes by. */
  readonly timesNoise: number;
  /** Blocks that must have changed side by side. */
  readonly blocks: number;
}

const rulesOf: Readonly<Record<Sensitivity, Rules>> = {
  low: { least: 16, timesNoise: 5, blocks: 4 },
  normal: { least: 9, timesNoise: 4, blocks: 2 },
  high: { least: 5, timesNoise: 3, blocks: 1 },
};

/** A change this large counts even in a block that always moves. */
const surely = 40;
/** Pictures further apart than this are not compared: between them nothing was recorded. */
const farMs = 15_000;
/** Of thousands of blocks that only carry noise, none changes by so many times what the middle one does. */
const timesMiddle = 8;
/** How fast the usual change of a block is learnt, upwards and downwards. */
const learnUp = 0.03;
const learnDown = 0.1;
const firstNoise = 1;
/** When so much of the whole picture changed in one direction, it was the light. */
const lightShare = 0.6;
const oneWay = 0.85;

/**
 * Says which pictures of a sequence changed within areas of the picture, by blocks of brightness. What changes alike
 * everywhere is taken for light; what always changes a little (noise, leaves, a burnt-in clock) is learnt block by block.
 */
export class MotionModel {
  readonly #regions: readonly Region[];
  readonly #rules: Rules;
  #before: { readonly grid: LumaGrid; readonly at: number } | undefined;
  #noise: Float32Array<ArrayBufferLike> = new Float32Array();
  #mask: Uint8Array<ArrayBufferLike> = new Uint8Array();

  /** No area: the whole picture. */
  constructor(regions: readonly Region[], sensitivity: Sensitivity) {
    this.#regions = regions;
    this.#rules = rulesOf[sensitivity];
  }

  look(grid: LumaGrid, at: number): Look {
    const before = this.#before;
    this.#before = { grid, at };
    const blocks = grid.columns * grid.rows;
    if (this.#mask.length !== blocks) {
      this.#mask = maskOf(this.#regions, grid.columns, grid.rows);
      this.#noise = new Float32Array(blocks).fill(firstNoise);
    }
    if (before === undefined || before.grid.means.length !== blocks || at - before.at > farMs) {
      return { at, sinceAt: null, share: 0, isLight: false };
    }
    const changes = changesBetween(before.grid, grid);
    const changed = new Uint8Array(blocks);
    const floor = timesMiddle * median(changes.map(Math.abs));
    let all = 0;
    let brighter = 0;
    for (let block = 0; block < blocks; block += 1) {
      if (Math.abs(changes[block] ?? 0) < this.#limit(block, floor)) continue;
      changed[block] = 1;
      all += 1;
      if ((grid.means[block] ?? 0) > (before.grid.means[block] ?? 0)) brighter += 1;
    }
    const isOneWay = Math.max(brighter, all - brighter) >= all * oneWay;
    if (all > blocks * lightShare && isOneWay) return { at, sinceAt: before.at, share: 0, isLight: true };
    this.#learn(changes);
    return { at, sinceAt: before.at, share: this.#shareOf(changed, grid), isLight: false };
  }

  #limit(block: number, floor: number): number {
    const { least, timesNoise } = this.#rules;
    return Math.min(surely, Math.max(least, floor, timesNoise * (this.#noise[block] ?? 0)));
  }

  #learn(changes: Float32Array): void {
    for (const [block, change] of changes.entries()) {
      const noise = this.#noise[block] ?? firstNoise;
      const size = Math.abs(change);
      // A single large change teaches no more than one of twice the usual size.
      const step = size > noise ? learnUp * (Math.min(size, noise * 2) - noise) : learnDown * (size - noise);
      this.#noise[block] = Math.max(0.25, noise + step);
    }
  }

  #shareOf(changed: Uint8Array, { columns }: LumaGrid): number {
    const inside = changed.map((is, block) => is & (this.#mask[block] ?? 0));
    const area = this.#mask.reduce((sum, is) => sum + is, 0);
    const count = inside.reduce((sum, is) => sum + is, 0);
    const asked = Math.min(this.#rules.blocks, area);
    if (count < asked || largestCluster(inside, columns) < asked) return 0;
    return count / Math.max(1, area);
  }
}

/** How much each block changed beyond what the light explains: the larger of its brightness and its texture. */
function changesBetween(before: LumaGrid, after: LumaGrid): Float32Array {
  const blocks = after.means.length;
  const differences = new Float32Array(blocks);
  const ratios: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const [old = 0, now = 0] = [before.means[block], after.means[block]];
    differences[block] = now - old;
    if (old > 8) ratios.push(now / old);
  }
  // Light is added (fog, flare) or multiplied (exposure, lamps): whichever explains more of the picture.
  const added = median(differences);
  const gain = ratios.length * 2 > blocks ? median(Float32Array.from(ratios)) : 1;
  const afterGain = after.means.map((now, block) => now - gain * (before.means[block] ?? 0));
  const afterAdded = differences.map((difference) => difference - added);
  const isGain = median(afterGain.map(Math.abs)) < median(afterAdded.map(Math.abs));
  const rest = isGain ? afterGain : afterAdded;
  const textureGain = isGain ? gain : 1;
  return rest.map((change, block) => {
    const texture = (after.textures[block] ?? 0) - textureGain * (before.textures[block] ?? 0);
    return Math.abs(texture) > Math.abs(change) ? texture : change;
  });
}

/** Blocks of the largest group that hangs together by edges. */
function largestCluster(inside: Uint8Array, columns: number): number {
  const left = Uint8Array.from(inside);
  let largest = 0;
  for (const [start, is] of inside.entries()) {
    if (is === 0 || left[start] === 0) continue;
    let size = 0;
    const open = [start];
    left[start] = 0;
    for (let block = open.pop(); block !== undefined; block = open.pop()) {
      size += 1;
      const column = block % columns;
      const near = [block - columns, block + columns];
      if (column > 0) near.push(block - 1);
      if (column < columns - 1) near.push(block + 1);
      for (const next of near) {
        if (left[next] !== 1) continue;
        left[next] = 0;
        open.push(next);
      }
    }
    largest = Math.max(largest, size);
  }
  return largest;
}
