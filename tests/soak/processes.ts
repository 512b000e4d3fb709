import { readFileSync } from "node:fs";
import type { ElectronApplication } from "@playwright/test";

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
  const heap = await app.evaluate(() => {
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1_048_576;
  });
  const seen = metrics.map(({ pid, name, privateKb }) => ({
    name: name.replace("Watchfloor ", ""),
    pid,
    mb: ownKb(pid, privateKb) / 1_024,
  }));
  const own = { name: "cameras", pid: process.pid, mb: ownKb(process.pid, 0) / 1_024 };
  const main = seen.find(({ name }) => name === "Browser");
  return [...seen, { name: "Browser's heap", pid: main?.pid ?? 0, mb: heap }, own];
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
