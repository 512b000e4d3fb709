import { readFileSync, readdirSync } from "node:fs";

/** Memory of a process and all its children in MB, one number a look; Linux only. */
export function treeMemoryMb(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const children = new Map<number, number[]>();
  const residentKb = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = readStatus(Number(name));
    if (status === undefined) continue;
    residentKb.set(Number(name), status.residentKb);
    children.set(status.parent, [...(children.get(status.parent) ?? []), Number(name)]);
  }
  const waiting = [pid];
  let sumKb = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    sumKb += residentKb.get(next) ?? 0;
    waiting.push(...(children.get(next) ?? []));
  }
  return sumKb / 1_024;
}

/** Memory of its own (anonymous and shared-memory pages): mapped files and the program's text are left out. */
function readStatus(pid: number): { parent: number; residentKb: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const parent = Number(/^PPid:\s+(\d+)/m.exec(text)?.[1]);
    const anonymousKb = Number(/^RssAnon:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    const sharedKb = Number(/^RssShmem:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    return { parent, residentKb: anonymousKb + sharedKb };
  } catch (error) {
    // It ended between the listing and the look.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return undefined;
    throw error;
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Compares the last third of a run with its middle third. */
export function memoryTrend(samples: readonly number[]): {
  readonly middleMb: number;
  readonly lastMb: number;
  readonly ratio: number;
} {
  const third = Math.floor(samples.length / 3);
  const middleMb = mean(samples.slice(third, 2 * third));
  const lastMb = mean(samples.slice(2 * third));
  return { middleMb, lastMb, ratio: middleMb === 0 ? 1 : lastMb / middleMb };
}
