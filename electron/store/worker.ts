import { parentPort, workerData } from "node:worker_threads";
import { openReader, type ReadDb, type WriteDb } from "./db.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./messages.ts";
import { openSite } from "./opening.ts";
import { readFunctions, writeFunctions } from "./store.ts";
import { StoreError, toStoreError } from "./store-error.ts";

/*
 * The store's thread: one instance writes, one reads. Requests are answered in the order they come.
 */
const start = workerData as WorkerStart;
const port = parentPort;
if (port === null) throw new Error("the store's worker runs only as a thread");
const post = (message: WorkerMessage): void => port.postMessage(message);

type Call = (args: readonly unknown[]) => unknown;
type AnyFunction = (db: never, ...args: never[]) => unknown;

function writerCall(db: WriteDb): (name: string) => Call | undefined {
  const functions: Readonly<Record<string, AnyFunction>> = writeFunctions;
  return (name) => {
    const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (found === undefined) return undefined;
    return (args) => db.transaction(() => found(db as never, ...(args as never[]))).immediate();
  };
}

function readerCall(db: ReadDb): (name: string) => Call | undefined {
  const functions: Readonly<Record<string, AnyFunction>> = readFunctions;
  return (name) => {
    const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
    return found === undefined ? undefined : (args) => found(db as never, ...(args as never[]));
  };
}

function serve(call: (name: string) => Call | undefined, close: () => void): void {
  port?.on("message", (request: WorkerRequest | "close") => {
    if (request === "close") {
      close();
      port.close();
      return;
    }
    const { id, name, args } = request;
    const from = performance.now();
    try {
      const found = call(name);
      if (found === undefined) throw new StoreError("internal", `there is no store function ${name}`);
      const value = found(args);
      post({ type: "value", id, value, tookMs: performance.now() - from });
    } catch (error) {
      const { code, message } = toStoreError(error);
      post({ type: "failed", id, failure: { code, message }, tookMs: performance.now() - from });
    }
  });
}

if (start.mode === "writer") {
  const { db, report } = openSite({ ...start, now: Date.now() });
  post({ type: "opened", report });
  if (db === undefined) port.close();
  else {
    serve(writerCall(db), () => {
      db.pragma("optimize");
      db.close();
    });
  }
} else {
  const db = openReader(start);
  serve(readerCall(db), () => db.close());
  post({
    type: "opened",
    report: { kind: "opened", isNew: false, migratedFrom: null, backup: null, recovery: null, warnings: [] },
  });
}
