import { readdirSync, readFileSync } from "node:fs";

/** Processor time and memory of some processes together. */
export interface Usage {
  readonly cpuS: number;
  /** Proportional set size: what several processes share is counted once. */
  readonly memoryMb: number;
}

/** True where the kernel tells both exactly (Linux). */
export const canMeasure = process.platform === "linux";

/** Usage of live processes up to now; one that has gone counts nothing. */
export function usageOf(pids: readonly number[]): Usage {
  let cpuS = 0;
  let memoryMb = 0;
  for (const pid of pids) {
    cpuS += cpuOf(pid);
    memoryMb += memoryOf(pid);
  }
  return { cpuS, memoryMb };
}

function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const [onCpu = "0"] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ");
    nanoseconds += Number(onCpu);
  }
  return nanoseconds / 1e9;
}

function memoryOf(pid: number): number {
  const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"));
  return Number(found?.[1] ?? 0) / 1024;
}
