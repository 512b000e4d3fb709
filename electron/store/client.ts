import type { Log } from "../../shared/model/log.ts";
import type { WorkerStart } from "./messages.ts";
import type { OnDamage, OpeningReport } from "./opening.ts";
import { readFunctions, writeFunctions, type Store } from "./store.ts";
import { StoreError } from "./store-error.ts";
import { StoreThread } from "./store-thread.ts";

export interface StoreClientDeps {
  readonly log: Log;
  /** The built worker, or `worker.ts` itself where Node runs TypeScript. */
  readonly workerFile: string | URL;
  readonly path: string;
  readonly nativeBinding: string | undefined;
  readonly backups: WorkerStart["backups"];
  /** Every failure of a call, before it is rejected: a full disk is said once for all callers. */
  readonly onFailure: (error: StoreError) => void;
  /** A thread ended by itself and runs again, or cannot: `stopped` stays so until the console starts anew. */
  readonly onThreadEnd?: (fate: "restarted" | "stopped") => void;
}

type Mode = WorkerStart["mode"];
/** A thread that ends this often is not started again: something is wrong with the site or the disk. */
const mostRestarts = 3;

/**
 * The site's two threads: one writes, one reads, so that a long question never holds up an alarm. A thread that
 * ends by itself is started again; the calls it owed are rejected, later ones wait for the new one.
 */
export class StoreClient {
  readonly #deps: StoreClientDeps;
  readonly #threads = new Map<Mode, StoreThread>();
  readonly #restarts = new Map<Mode, number>();
  #isClosing = false;

  /** Every function of the registry; before `open` and after `close` they reject with `closed`. */
  readonly store: Store;

  constructor(deps: StoreClientDeps) {
    this.#deps = deps;
    const calls: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
    const over = (mode: Mode, name: string): void => {
      calls[name] = (...args) =>
        this.#threads.get(mode)?.call(name, args) ??
        Promise.reject(new StoreError("closed", "the store is not open"));
    };
    for (const name of Object.keys(readFunctions)) over("reader", name);
    for (const name of Object.keys(writeFunctions)) over("writer", name);
    this.store = calls as unknown as Store;
  }

  /**
   * Opens the site and says what it found; when refused or damaged, both threads are gone and nothing was
   * changed. After `damaged` it may be called again with what a person chose.
   */
  async open(onDamage: OnDamage = "restore"): Promise<OpeningReport> {
    const writer = this.#start("writer", onDamage);
    const report = await writer.opened;
    if (report.kind !== "opened") {
      await writer.close();
      return report;
    }
    const reader = this.#start("reader", "tell");
    await reader.opened;
    this.#threads.set("writer", writer);
    this.#threads.set("reader", reader);
    return report;
  }

  /** Answers what is under way, then closes both. Idempotent. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#threads.get("reader")?.close();
    await this.#threads.get("writer")?.close();
  }

  #start(mode: Mode, onDamage: OnDamage): StoreThread {
    const { path, nativeBinding, backups, ...deps } = this.#deps;
    return new StoreThread(
      { ...deps, onEnd: () => void this.#restart(mode) },
      { mode, path, nativeBinding, backups, onDamage },
    );
  }

  /** Never throws: a thread that does not come back is said. */
  async #restart(mode: Mode): Promise<void> {
    if (this.#isClosing || !this.#threads.has(mode)) return;
    const { log, onThreadEnd } = this.#deps;
    const count = (this.#restarts.get(mode) ?? 0) + 1;
    this.#restarts.set(mode, count);
    log.error("a store thread ended by itself", { mode, count });
    if (count > mostRestarts) {
      onThreadEnd?.("stopped");
      return;
    }
    const thread = this.#start(mode, "tell");
    this.#threads.set(mode, thread);
    const report = await thread.opened.catch((error: unknown) => String(error));
    if (typeof report === "string") return;
    log.info("a store thread was started again", { mode, report: report.kind });
    onThreadEnd?.(report.kind === "opened" ? "restarted" : "stopped");
  }
}
