import { readFileSync } from "node:fs";
import type { ElectronApplication, Page } from "@playwright/test";

const bytesInMb = 1_048_576;

/** The soak's own process, which plays the cameras: weighed and printed, but it is not the console that is judged. */
export const ownProcess = "cameras";

/** One process of the app, or the soak's own that plays the cameras. */
export interface ProcessSight {
  readonly name: string;
  readonly pid: number;
  readonly mb: number;
}

/** The processes of the app by name, each with its memory; Chromium's fork server is left out. */
export async function lookAtProcesses(app: ElectronApplication): Promise<readonly ProcessSight[]> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ type }) => type !== "Zygote")
      .map(({ pid, type, name, memory }) => ({
        pid,
        name: name ?? type,
        privateKb: memory.privateBytes ?? memory.workingSetSize,
      })),
  );
  const seen = metrics.map(({ pid, name, privateKb }) => ({
    name: wordFor(name),
    pid,
    mb: ownKb(pid, privateKb) / 1_024,
  }));
  const own = { name: ownProcess, pid: process.pid, mb: ownKb(process.pid, 0) / 1_024 };
  return [...seen, own];
}

/**
 * What the JavaScript of main and of the window really holds: after a collection, so that it costs time and is asked
 * rarely.
 */
export async function lookAtHeaps(app: ElectronApplication, page: Page): Promise<readonly ProcessSight[]> {
  const inMain = await app.evaluate(() => {
    const v8 = process.getBuiltinModule("node:v8");
    const vm = process.getBuiltinModule("node:vm");
    v8.setFlagsFromString("--expose-gc");
    const collect: unknown = vm.runInNewContext("gc");
    if (typeof collect === "function") collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  });
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    return [
      { name: "main's heap", pid: 0, mb: inMain / bytesInMb },
      { name: "window's heap", pid: 0, mb: usedSize / bytesInMb },
    ];
  } finally {
    await session.detach();
  }
}

/** Anonymous and shared-memory pages where that can be asked: mapped files and the program's text are left out. */
function ownKb(pid: number, otherwiseKb: number): number {
  if (process.platform !== "linux")
    return pid === process.pid ? process.memoryUsage.rss() / 1_024 : otherwiseKb;
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const anonymousKb = Number(/^RssAnon:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    return anonymousKb + Number(/^RssShmem:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  } catch (error) {
    // It ended between the listing and the look.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return 0;
    throw error;
  }
}

/** Our words for Chromium's. */
function wordFor(name: string): string {
  const words: Readonly<Record<string, string>> = {
    Browser: "main",
    Tab: "window",
    GPU: "gpu",
    "Network Service": "network",
  };
  return words[name] ?? name.replace("Watchfloor ", "");
}
