import { bufferedRanges, trimSpan } from "./live-edge.ts";

/** What a queue holds until the source buffer is free. */
type Item =
  | { readonly kind: "append"; readonly bytes: Uint8Array; readonly sequence: number | undefined }
  | { readonly kind: "type"; readonly mimeType: string };

/** The part of `SourceBuffer` the queue uses. */
export type AppendTarget = Pick<
  SourceBuffer,
  | "updating"
  | "buffered"
  | "appendBuffer"
  | "remove"
  | "changeType"
  | "abort"
  | "addEventListener"
  | "removeEventListener"
>;

export interface AppendQueueDeps {
  readonly target: AppendTarget;
  /** Playing position, seconds. */
  readonly currentS: () => number;
  /** The buffer holds everything up to and including this sequence number. */
  readonly onAppended: (sequence: number) => void;
  /** Called after each change of the buffer. */
  readonly onUpdated: () => void;
  /** The buffer cannot be used any more: build a new one. */
  readonly onBroken: (error: Error) => void;
}

const largestAppendBytes = 2_000_000;
const trimStepS = 2;
const mostQueuedBytes = 32_000_000;

/**
 * Feeds one source buffer in order: appends what has come in one go, trims what was played, survives a full
 * buffer once by dropping what lies behind, and reports the rest as broken.
 */
export class AppendQueue {
  readonly #deps: AppendQueueDeps;
  #items: Item[] = [];
  #queuedBytes = 0;
  #lastSequence: number | undefined;
  #isClosed = false;
  #quotaFailures = 0;
  #trimmedToS = Number.NEGATIVE_INFINITY;

  constructor(deps: AppendQueueDeps) {
    this.#deps = deps;
    deps.target.addEventListener("updateend", this.#updated);
    deps.target.addEventListener("error", this.#failed);
  }

  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  append(bytes: Uint8Array, sequence?: number): void {
    if (this.#isClosed) return;
    this.#items.push({ kind: "append", bytes, sequence });
    this.#queuedBytes += bytes.byteLength;
    if (this.#queuedBytes > mostQueuedBytes) {
      this.#break(new Error("the decoder takes no more pictures"));
      return;
    }
    this.pump();
  }

  changeType(mimeType: string): void {
    if (this.#isClosed) return;
    this.#items.push({ kind: "type", mimeType });
    this.pump();
  }

  close(): void {
    this.#isClosed = true;
    this.#items = [];
    this.#queuedBytes = 0;
    this.#deps.target.removeEventListener("updateend", this.#updated);
    this.#deps.target.removeEventListener("error", this.#failed);
  }

  /** Starts the next operation when the buffer is free. */
  pump(): void {
    const { target } = this.#deps;
    if (this.#isClosed || target.updating) return;
    const first = this.#items[0];
    if (first === undefined) {
      this.#trim();
      return;
    }
    try {
      if (first.kind === "type") {
        this.#items.shift();
        target.changeType(first.mimeType);
        this.pump();
        return;
      }
      const run = this.#takeRun();
      try {
        target.appendBuffer(joined(run));
        this.#queuedBytes -= run.reduce((sum, item) => sum + item.bytes.byteLength, 0);
        this.#lastSequence = run.findLast((item) => item.sequence !== undefined)?.sequence;
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
        this.#items.unshift(...run);
        this.#makeRoom(error);
      }
    } catch (error) {
      this.#break(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #takeRun(): Extract<Item, { kind: "append" }>[] {
    const run: Extract<Item, { kind: "append" }>[] = [];
    let bytes = 0;
    for (let item = this.#items[0]; item?.kind === "append"; item = this.#items[0]) {
      if (run.length > 0 && bytes + item.bytes.byteLength > largestAppendBytes) break;
      bytes += item.bytes.byteLength;
      run.push(item);
      this.#items.shift();
    }
    return run;
  }

  #makeRoom(cause: Error): void {
    const oldest = bufferedRanges(this.#deps.target.buffered)[0];
    const endS = this.#deps.currentS() - 1;
    this.#quotaFailures += 1;
    if (oldest === undefined || endS <= oldest.startS || this.#quotaFailures > 3) {
      this.#break(new Error("the picture buffer is full", { cause }));
      return;
    }
    this.#deps.target.remove(0, endS);
  }

  #trim(): void {
    const span = trimSpan(bufferedRanges(this.#deps.target.buffered), this.#deps.currentS());
    // A removal that leaves its last pictures standing must not be asked for again and again.
    if (span === undefined || span.endS - this.#trimmedToS < trimStepS) return;
    this.#trimmedToS = span.endS;
    this.#deps.target.remove(span.startS, span.endS);
  }

  readonly #updated = (): void => {
    if (this.#isClosed) return;
    if (this.#lastSequence !== undefined) {
      this.#quotaFailures = 0;
      this.#deps.onAppended(this.#lastSequence);
      this.#lastSequence = undefined;
    }
    this.#deps.onUpdated();
    this.pump();
  };

  readonly #failed = (): void => this.#break(new Error("the picture data could not be read"));

  #break(error: Error): void {
    if (this.#isClosed) return;
    this.close();
    this.#deps.onBroken(error);
  }
}

function joined(run: readonly { readonly bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(run.reduce((sum, item) => sum + item.bytes.byteLength, 0));
  let offset = 0;
  for (const { bytes } of run) {
    whole.set(bytes, offset);
    offset += bytes.byteLength;
  }
  return whole;
}
