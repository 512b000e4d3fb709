import { Worker } from "node:worker_threads";
import type { Log } from "../../shared/model/log.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./messages.ts";
import type { OpeningReport } from "./opening.ts";
import { readFunctions, writeFunctions, type Store } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** A call that kept its thread this long is written to the log by name. */
const slowAfterMs = 40;

interface Waiting {
  readonly name: string;
  resolve(value: unknown): void;
  reject(error: StoreError): void;
}

/** One store thread and the calls it owes answers for. */
class StoreThread {
  readonly opened: Promise<OpeningReport>;
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #onFailure: (error: StoreError) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  #next = 0;
  #isClosed = false;

  constructor(deps: StoreClientDeps, start: WorkerStart) {
    this.#log = deps.log;
    this.#onFailure = deps.onFailure;
    this.#worker = new Worker(deps.workerFile, { workerData: start, name: `store ${start.mode}` });
    this.opened = new Promise((resolve, reject) => {
      this.#worker.on("message", (message: WorkerMessage) => {
        if (message.type === "opened") resolve(message.report);
        else this.#answer(message);
      });
      this.#worker.on("error", (error) => {
        const failure = new StoreError("closed", "the store's thread ended", { cause: error });
        this.#onFailure(failure);
        this.#end(failure);
        reject(failure);
      });
      this.#worker.on("exit", () => reject(new StoreError("closed", "the store's thread ended")));
    });
    this.opened.catch(() => undefined);
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", () => {
        this.#end(new StoreError("closed", "the store is closed"));
        resolve();
      });
    });
  }

  call(name: string, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new StoreError("closed", "the store is closed"));
        return;
      }
      const id = this.#next++;
      this.#waiting.set(id, { name, resolve, reject });
      this.#worker.postMessage({ id, name, args } satisfies WorkerRequest);
    });
  }

  /** Answers what was asked before, then ends the thread. */
  async close(): Promise<void> {
    if (!this.#isClosed) this.#worker.postMessage("close");
    await this.#exited;
  }

  #answer(message: Exclude<WorkerMessage, { type: "opened" }>): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if (message.tookMs > slowAfterMs) {
      this.#log.warn("slow store call", { name: waiting.name, tookMs: Math.round(message.tookMs) });
    }
    if (message.type === "value") {
      waiting.resolve(message.value);
      return;
    }
    const error = new StoreError(message.failure.code, `${waiting.name}: ${message.failure.message}`);
    this.#onFailure(error);
    waiting.reject(error);
  }

  #end(error: StoreError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

export interface StoreClientDeps {
  readonly log: Log;
  /** The built worker, or `worker.ts` itself where Node runs TypeScript. */
  readonly workerFile: string | URL;
  readonly path: string;
  readonly nativeBinding: string | undefined;
  readonly backups: WorkerStart["backups"];
  /** Every failure of a call, before it is rejected: a full disk is said once for all callers. */
  readonly onFailure: (error: StoreError) => void;
}

/** The site's two threads: one writes, one reads, so that a long question never holds up an alarm. */
export class StoreClient {
  readonly #deps: StoreClientDeps;
  #writer: StoreThread | undefined;
  #reader: StoreThread | undefined;

  /** Every function of the registry; before `open` and after `close` they reject with `closed`. */
  readonly store: Store;

  constructor(deps: StoreClientDeps) {
    this.#deps = deps;
    const calls: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
    const over = (thread: () => StoreThread | undefined, name: string): void => {
      calls[name] = (...args) =>
        thread()?.call(name, args) ?? Promise.reject(new StoreError("closed", "the store is not open"));
    };
    for (const name of Object.keys(readFunctions)) over(() => this.#reader, name);
    for (const name of Object.keys(writeFunctions)) over(() => this.#writer, name);
    this.store = calls as unknown as Store;
  }

  /** Opens the site and says what it found; when refused, both threads are gone and nothing was changed. */
  async open(): Promise<OpeningReport> {
    const { path, nativeBinding, backups } = this.#deps;
    const writer = new StoreThread(this.#deps, { mode: "writer", path, nativeBinding, backups });
    const report = await writer.opened;
    if (report.kind === "refused") {
      await writer.close();
      return report;
    }
    const reader = new StoreThread(this.#deps, { mode: "reader", path, nativeBinding, backups });
    await reader.opened;
    this.#writer = writer;
    this.#reader = reader;
    return report;
  }

  /** Answers what is under way, then closes both. Idempotent. */
  async close(): Promise<void> {
    await this.#reader?.close();
    await this.#writer?.close();
  }
}
