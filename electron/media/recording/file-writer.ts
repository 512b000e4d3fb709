import { mkdir, open, unlink, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../../shared/base/clock.ts";
import { insideRoot, makeInside } from "../../drivers/recording-file/inside-root.ts";
import type { DiskGate } from "./disk-gate.ts";
import type { WriteBudget } from "./write-budget.ts";

export interface FileWriterDeps {
  /** The folder it must stay in, absolute, whatever links lie there; made where it is missing. */
  readonly root: string;
  /**
   * The file to write, below the root; its folders need not exist. Asked again, with the number of the try, where a
   * file of that name exists: nothing recorded is ever overwritten.
   */
  readonly nameOf: (attempt: number) => string;
  /** So many bytes were in memory before, held for an event: they are no sign of a disk that is behind. */
  readonly heldBytes: number;
  readonly clock: Clock;
  /** What all writers together may hold in memory. */
  readonly budget: WriteBudget;
  /** Of the disk that the file is on. */
  readonly gate: DiskGate;
  /** So much is on the disk for certain. */
  readonly onWritten: (progress: { readonly bytes: number; readonly endAt: number }) => void;
  /** Nothing more is written; what was on the disk before stays whole. Once. */
  readonly onFailed: (error: unknown) => void;
}

interface Batch {
  readonly parts: readonly Uint8Array[];
  readonly endAt: number;
  /** What it takes of the budget. */
  readonly waitingBytes: number;
}

/** A disk that is this far behind cannot keep up. */
const maxWaitingBytes = 16 * 1024 * 1024;
/** Nor can one that takes this long for one write. */
const maxWriteMs = 10_000;

/** So many further names are tried where a clock that was set back begins a file at the same instant again. */
const mostNames = 100;

/** The disk did not take the data in time. */
export class SlowDiskError extends Error {
  override readonly name = "SlowDiskError";
}

/** Appends to one file, in order, each batch on the disk (`fdatasync`) before it counts. */
export class FileWriter {
  readonly #deps: FileWriterDeps;
  readonly #waiting: Batch[] = [];
  #waitingBytes = 0;
  #heldBytes: number;
  #bytes = 0;
  #handle: FileHandle | undefined;
  #file = "";
  #work: Promise<void> | undefined;
  /** When the write began that is under way. */
  #writesSinceMs: number | undefined;
  #failure: unknown;

  constructor(deps: FileWriterDeps) {
    this.#deps = deps;
    this.#heldBytes = deps.heldBytes;
  }

  /** Takes a batch; ignored after a failure. */
  append(parts: readonly Uint8Array[], endAt: number): void {
    if (this.#failure !== undefined) return;
    const length = lengthOf(parts);
    const held = Math.min(length, this.#heldBytes);
    const bytes = length - held;
    if (this.#waitingBytes + bytes > maxWaitingBytes || !this.#deps.budget.take(bytes)) {
      this.#giveUp(new SlowDiskError("the disk does not keep up"));
      return;
    }
    this.#heldBytes -= held;
    this.#waiting.push({ parts, endAt, waitingBytes: bytes });
    this.#waitingBytes += bytes;
    this.#work ??= this.#drain();
  }

  /** Gives up on a write that takes too long; call it once a second or so. */
  giveUpWhenLate(): void {
    const sinceMs = this.#writesSinceMs;
    if (sinceMs === undefined || this.#failure !== undefined) return;
    const takesMs = this.#deps.clock.monotonicMs() - sinceMs;
    if (takesMs > maxWriteMs) {
      this.#giveUp(new SlowDiskError(`the disk takes longer than ${maxWriteMs / 1000} s for one write`));
    }
  }

  /** Writes what waits, then the trailer, and lets the file go. Never rejects: failures go to `onFailed`. */
  async close(trailer: Uint8Array | undefined, endAt: number): Promise<void> {
    if (trailer !== undefined) this.append([trailer], endAt);
    // A write that hangs may hang for ever: what follows it is done when it returns, and nobody waits for that.
    if (this.#failure instanceof SlowDiskError) return;
    await this.#work;
    const handle = this.#handle;
    this.#handle = undefined;
    this.#failure ??= new Error("closed");
    await handle?.close().catch((error: unknown) => this.#deps.onFailed(error));
  }

  async #drain(): Promise<void> {
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure;
        const batches = this.#waiting.splice(0);
        const last = batches.at(-1);
        if (last === undefined) break;
        const parts = batches.flatMap((batch) => batch.parts);
        const bytes = lengthOf(parts);
        const waited = batches.reduce((sum, batch) => sum + batch.waitingBytes, 0);
        this.#writesSinceMs = this.#deps.clock.monotonicMs();
        try {
          await this.#deps.gate.run(async () => {
            this.#handle ??= await this.#open();
            await writeAll(this.#handle, parts, this.#bytes);
            await this.#handle.datasync();
          });
        } finally {
          this.#writesSinceMs = undefined;
          this.#waitingBytes -= waited;
          this.#deps.budget.give(waited);
        }
        this.#bytes += bytes;
        this.#deps.onWritten({ bytes: this.#bytes, endAt: last.endAt });
      }
    } catch (error) {
      // One that was given up on has said so already.
      const isNew = this.#failure === undefined;
      this.#failure ??= error;
      this.#letGo();
      await this.#leaveWhole();
      if (isNew) this.#deps.onFailed(error);
    } finally {
      this.#work = undefined;
    }
  }

  #giveUp(error: SlowDiskError): void {
    this.#failure = error;
    this.#letGo();
    this.#work ??= this.#drain();
    this.#deps.onFailed(error);
  }

  /** What waits is not written any more. */
  #letGo(): void {
    const bytes = this.#waiting.splice(0).reduce((sum, batch) => sum + batch.waitingBytes, 0);
    this.#waitingBytes -= bytes;
    this.#deps.budget.give(bytes);
  }

  async #open(): Promise<FileHandle> {
    for (let attempt = 0; ; attempt += 1) {
      const { root, nameOf } = this.#deps;
      const name = nameOf(attempt);
      await mkdir(root, { recursive: true });
      await makeInside(root, path.dirname(name));
      this.#file = await insideRoot(root, name);
      try {
        return await open(this.#file, "wx");
      } catch (error) {
        const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
        if (!isTaken || attempt >= mostNames) throw error;
      }
    }
  }

  /** A write that stopped halfway must not leave half a fragment, and no file without a picture. */
  async #leaveWhole(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle === undefined) return;
    try {
      await handle.truncate(this.#bytes);
      await handle.close();
      if (this.#bytes === 0) await unlink(this.#file);
    } catch (error) {
      // The disk is gone altogether: the torn tail is cut when the console starts again.
      this.#failure = error;
    }
  }
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** Most buffers that one write takes. */
const maxVector = 512;

async function writeAll(handle: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
  let at = position;
  for (let first = 0; first < parts.length; first += maxVector) {
    const some = parts.slice(first, first + maxVector);
    const bytes = lengthOf(some);
    const { bytesWritten } = await handle.writev([...some], at);
    if (bytesWritten < bytes) {
      // A short write: the rest again as one piece, which says why if it cannot be written.
      const rest = Buffer.concat(some).subarray(bytesWritten);
      let done = 0;
      while (done < rest.length) {
        const written = await handle.write(rest, done, rest.length - done, at + bytesWritten + done);
        done += written.bytesWritten;
      }
    }
    at += bytes;
  }
}
