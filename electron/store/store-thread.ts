import { Worker } from "node:worker_threads";
import type { Log } from "../../shared/model/log.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./messages.ts";
import type { OpeningReport } from "./opening.ts";
import { StoreError } from "./store-error.ts";

/** A call that kept its thread this long is written to the log by name. */
const slowAfterMs = 40;

interface Waiting {
  readonly name: string;
  resolve(value: unknown): void;
  reject(error: StoreError): void;
}

export interface StoreThreadDeps {
  readonly log: Log;
  /** The built worker, or `worker.ts` itself where Node runs TypeScript. */
  readonly workerFile: string | URL;
  /** Every failure of a call, before it is rejected. */
  readonly onFailure: (error: StoreError) => void;
  /** It ended by itself; what it owed was rejected. */
  readonly onEnd: () => void;
}

/** One store thread and the calls it owes answers for. */
export class StoreThread {
  readonly opened: Promise<OpeningReport>;
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #onFailure: (error: StoreError) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #exited: Promise<void>;
  readonly #onEnd: () => void;
  #next = 0;
  #isClosed = false;
  /** Its end was wanted: by `close`, or because the site was not opened. */
  #isAsked = false;

  constructor(deps: StoreThreadDeps, start: WorkerStart) {
    this.#log = deps.log;
    this.#onFailure = deps.onFailure;
    this.#onEnd = deps.onEnd;
    this.#worker = new Worker(deps.workerFile, { workerData: start, name: `store ${start.mode}` });
    this.opened = new Promise((resolve, reject) => {
      this.#worker.on("message", (message: WorkerMessage) => {
        if (message.type === "opened") {
          this.#isAsked ||= message.report.kind !== "opened";
          resolve(message.report);
        } else this.#answer(message);
      });
      this.#worker.on("error", (error) => {
        const failure = new StoreError("closed", "the store's thread ended", { cause: error });
        this.#log.error("a store thread failed", { mode: start.mode, why: String(error) });
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
        if (!this.#isAsked) this.#onEnd();
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
    this.#isAsked = true;
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
