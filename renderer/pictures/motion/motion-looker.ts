import { PictureError } from "../picture-work.ts";
import type { Sensitivity } from "./motion-model.ts";
import type { MotionAnswer, MotionBatch, MotionOrder } from "./motion-work.ts";
import type { Region } from "./region.ts";

/** The worker as the page sees it. */
export interface MotionWorker {
  post(order: MotionOrder, handedOver: readonly Transferable[]): void;
  stop(): void;
}

/** Starts the worker; `onFailed`: it ended by itself. */
export type StartMotionWorker = (
  onAnswer: (answer: MotionAnswer) => void,
  onFailed: (why: string) => void,
) => MotionWorker;

interface Asked {
  readonly resolve: (answer: MotionAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One search's worker: batches in, looks out; ends with the search. */
export class MotionLooker {
  readonly #worker: MotionWorker;
  readonly #asked = new Map<number, Asked>();
  #nextRequest = 0;
  #death: Error | undefined;

  constructor(start: StartMotionWorker, regions: readonly Region[], sensitivity: Sensitivity) {
    this.#worker = start(
      (answer) => {
        this.#asked.get(answer.request)?.resolve(answer);
        this.#asked.delete(answer.request);
      },
      (why) => this.#end(new PictureError({ kind: "broken", detail: why })),
    );
    this.#worker.post({ type: "begin", regions, sensitivity }, []);
  }

  /** The samples are used up. Rejects with `PictureError` when the worker died, or when the search was stopped. */
  look(batch: Omit<MotionBatch, "request">): Promise<MotionAnswer> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      this.#asked.set(request, { resolve, reject });
      const handedOver = batch.keys.map(({ sample }) => sample.buffer);
      this.#worker.post({ type: "look", request, ...batch }, handedOver);
    });
  }

  stop(): void {
    this.#end(new Error("the search ended"));
  }

  #end(why: Error): void {
    this.#death ??= why;
    this.#worker.stop();
    const waiting = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of waiting) reject(why);
  }
}

/** The worker of the product: a file of our own, as the page's policy asks. */
export const startMotionWorker: StartMotionWorker = (onAnswer, onFailed) => {
  const worker = new Worker(new URL("./motion-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<MotionAnswer>) => onAnswer(event.data));
  worker.addEventListener("error", (event) => onFailed(event.message || "the search's worker ended"));
  return {
    post: (order, handedOver) => worker.postMessage(order, [...handedOver]),
    stop: () => worker.terminate(),
  };
};
