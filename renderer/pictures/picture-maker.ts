import type { KeyConfig } from "../../shared/contract/key-list.ts";
import { PictureError, type PictureAnswer, type PictureOrder } from "./picture-work.ts";

/** The worker as the page sees it. */
export interface PictureWorker {
  post(order: PictureOrder, handedOver: readonly Transferable[]): void;
  stop(): void;
}

export interface PictureMakerDeps {
  /** Starts the worker; `onFailed`: it ended by itself. */
  readonly startWorker: (
    onAnswer: (answer: PictureAnswer) => void,
    onFailed: (why: string) => void,
  ) => PictureWorker;
}

interface Asked {
  readonly resolve: (jpeg: Blob) => void;
  readonly reject: (error: unknown) => void;
}

/** Keyframe bytes → pictures, in a worker that is started with the first one and again after it died. */
export class PictureMaker {
  readonly #deps: PictureMakerDeps;
  readonly #asked = new Map<number, Asked>();
  #worker: PictureWorker | undefined;
  #nextRequest = 0;

  constructor(deps: PictureMakerDeps) {
    this.#deps = deps;
  }

  /** A JPEG at most `widthPx` wide. Rejects with `PictureError`, or the signal's reason. The sample is used up. */
  make(
    config: KeyConfig,
    sample: Uint8Array<ArrayBuffer>,
    widthPx: number,
    signal: AbortSignal,
  ): Promise<Blob> {
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const cancel = (): void => {
        this.#asked.delete(request);
        this.#worker?.post({ type: "cancel", request }, []);
        reject(signal.reason);
      };
      signal.addEventListener("abort", cancel, { once: true });
      const settled = (): void => signal.removeEventListener("abort", cancel);
      this.#asked.set(request, {
        resolve: (jpeg) => {
          settled();
          resolve(jpeg);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.#worker ??= this.#deps.startWorker(
        (answer) => this.#hear(answer),
        (why) => this.#died(why),
      );
      this.#worker.post({ type: "picture", request, config, sample, widthPx }, [sample.buffer]);
    });
  }

  /** Ends the worker; what was asked for is refused. */
  stop(): void {
    this.#died("the page is closed");
  }

  #hear(answer: PictureAnswer): void {
    const asked = this.#asked.get(answer.request);
    this.#asked.delete(answer.request);
    if (answer.type === "made") asked?.resolve(answer.jpeg);
    else asked?.reject(new PictureError(answer.fault));
  }

  #died(why: string): void {
    this.#worker?.stop();
    this.#worker = undefined;
    const waiting = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of waiting) reject(new PictureError({ kind: "broken", detail: why }));
  }
}

/** The worker of the product: a file of our own, as the page's policy asks. */
export const startPictureWorker: PictureMakerDeps["startWorker"] = (onAnswer, onFailed) => {
  const worker = new Worker(new URL("./picture-worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<PictureAnswer>) => onAnswer(event.data));
  worker.addEventListener("error", (event) => onFailed(event.message || "the picture worker ended"));
  return {
    post: (order, handedOver) => worker.postMessage(order, [...handedOver]),
    stop: () => worker.terminate(),
  };
};
