import { randomUUID } from "node:crypto";
import path from "node:path";
import { backoffDelayMs, type BackoffPolicy } from "../../../shared/base/backoff.ts";
import type { Clock } from "../../../shared/base/clock.ts";
import type { MediaReport, PlacedOrder } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { GapCause } from "../../../shared/model/recording.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import { writeSiteMark } from "../../drivers/recording-file/site-mark.ts";
import type { StreamEpoch, StreamFragment } from "../fragment-stream.ts";
import type { Viewer } from "../viewer.ts";
import { FileWriter } from "./file-writer.ts";
import { OpenRecording } from "./open-recording.ts";
import type { DiskGate } from "./disk-gate.ts";
import type { WriteBudget } from "./write-budget.ts";
import { diskTrouble, recordingPath } from "./recording-names.ts";

export interface StreamRecorderDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Which site this is. */
  readonly site: string;
  readonly order: PlacedOrder;
  readonly budget: WriteBudget;
  readonly gate: DiskGate;
  readonly report: (report: MediaReport) => void;
  readonly newId?: () => string;
}

interface Run {
  readonly id: string;
  readonly epoch: StreamEpoch;
  readonly hasSound: boolean;
}

const fileS = 60;
/** Offsets in a file's index have 32 bits. */
const maxFileBytes = 2 ** 31;
/** Captured times that move this far against the media timeline are a clock that was set. */
const clockStepMs = 1_000;
const diskBackoff: BackoffPolicy = { firstMs: 1_000, maxMs: 30_000, jitter: 0.2, healthyAfterMs: 10_000 };

/**
 * Writes one stream's fragments, untouched, to files of about a minute, and says what is on the disk and what is
 * missing. A new run begins with a new connection, other parameter sets, sound that comes or goes, a clock that was
 * set, and after trouble with the disk; within a run files follow each other without a gap.
 */
export class StreamRecorder implements Viewer {
  readonly wantsSound = true;
  readonly #deps: StreamRecorderDeps;
  readonly #grown = new Map<string, { readonly bytes: number; readonly endAt: number }>();
  readonly #closing = new Set<Promise<void>>();
  #source: StreamEpoch | undefined;
  #run: Run | undefined;
  #open: OpenRecording | undefined;
  #endAt: number | undefined;
  #gap: GapCause | undefined;
  #diskFailures = 0;
  #retryAtMs = 0;
  #isStopped = false;

  constructor(deps: StreamRecorderDeps) {
    this.#deps = deps;
  }

  onStatus(status: SourceStatus): void {
    if (status.kind === "connecting" || status.kind === "playing" || this.#isStopped) return;
    this.#end();
    if (status.kind === "waiting") {
      this.#sayGap(status.reason === "stalled" ? "stalled" : "offline", status.detail);
    }
  }

  onEpoch(epoch: StreamEpoch): void {
    this.#source = epoch;
  }

  onFragment(fragment: StreamFragment, isSounding: boolean): void {
    const source = this.#source;
    if (source === undefined || source.epoch !== fragment.epoch || this.#isStopped) return;
    if (fragment.isKeyframe) this.#atKeyframe(source, fragment, isSounding);
    const open = this.#open;
    if (open === undefined || this.#run?.epoch !== source) return;
    if (fragment.track === "audio" && !this.#run.hasSound) return;
    if (fragment.track === "video" && Math.abs(open.clockErrorMs(fragment)) > clockStepMs) {
      this.#end();
      this.#sayGap("clock-step", "the clock was set");
      return;
    }
    open.add(fragment, this.#deps.clock.monotonicMs());
    if (open.bytes > maxFileBytes) this.#end();
  }

  /** Once a second: writes what has waited too long, and tells how the files have grown since. */
  tick(): readonly { readonly path: string; readonly bytes: number; readonly endAt: number }[] {
    this.#open?.flushOld(this.#deps.clock.monotonicMs());
    const grown = [...this.#grown].map(([file, progress]) => ({ path: file, ...progress }));
    this.#grown.clear();
    return grown;
  }

  /** Closes its file; resolves when that is on the disk. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#end();
    await Promise.all(this.#closing);
  }

  #atKeyframe(source: StreamEpoch, fragment: StreamFragment, isSounding: boolean): void {
    const hasSound = isSounding && source.soundInit !== undefined;
    const goesOn = this.#run?.epoch === source && this.#run.hasSound === hasSound && this.#open !== undefined;
    if (goesOn && (this.#open?.lengthS(fragment) ?? 0) < fileS) return;
    if (this.#deps.clock.monotonicMs() < this.#retryAtMs) return;
    if (!goesOn) {
      this.#end();
      this.#run = { id: (this.#deps.newId ?? randomUUID)(), epoch: source, hasSound };
    } else this.#closeFile();
    if (this.#run) this.#begin(this.#run, fragment);
  }

  #begin(run: Run, fragment: StreamFragment): void {
    const { order, report, site, clock, budget, gate } = this.#deps;
    const { channelId, role, root, locationId } = order;
    const startAt = Math.round(fragment.capturedAt);
    const file = recordingPath(channelId, role, startAt);
    let isAnnounced = false;
    const writer = new FileWriter({
      file: path.join(root, file),
      clock,
      budget,
      gate,
      onWritten: (progress) => {
        open.written = progress;
        if (!isAnnounced) {
          report({ type: "recording-opened", channelId, role, path: file, run: run.id, startAt, locationId });
          isAnnounced = true;
          this.#gap = undefined;
        }
        this.#endAt = progress.endAt;
        this.#grown.set(file, progress);
      },
      onFailed: (error) => this.#failed(open, error),
    });
    const init = (run.hasSound ? run.epoch.soundInit : undefined) ?? run.epoch.videoInit;
    const open = new OpenRecording({
      writer,
      path: file,
      init: Buffer.concat([init, writeSiteMark({ site, channelId, role })]),
      first: fragment,
    });
    this.#open = open;
  }

  /** Closes the file; what comes next is another run. */
  #end(): void {
    this.#closeFile();
    this.#run = undefined;
  }

  #closeFile(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#endAt = open.hasFailed ? (open.written?.endAt ?? this.#endAt) : open.endAt;
    const done = open.close().then(() => {
      if (open.hasFailed) return;
      this.#diskFailures = 0;
      this.#sayClosed(open);
    });
    this.#closing.add(done);
    void done.finally(() => this.#closing.delete(done));
  }

  #sayClosed(open: OpenRecording): void {
    this.#grown.delete(open.path);
    if (open.written) this.#deps.report({ type: "recording-closed", path: open.path, ...open.written });
  }

  #failed(open: OpenRecording, error: unknown): void {
    const { clock, log } = this.#deps;
    open.hasFailed = true;
    if (this.#open === open) this.#end();
    this.#sayClosed(open);
    this.#diskFailures += 1;
    const delayMs = backoffDelayMs(diskBackoff, this.#diskFailures, 0.5);
    this.#retryAtMs = clock.monotonicMs() + delayMs;
    const { cause, detail } = diskTrouble(error);
    log.error("recording not written", { cause, detail, again: Math.round(delayMs / 1000) });
    this.#sayGap(cause, detail);
  }

  #sayGap(cause: GapCause, detail: string): void {
    if (this.#gap === cause || this.#isStopped) return;
    const now = this.#deps.clock.now();
    const from = this.#gap === undefined ? (this.#endAt ?? now) : now;
    this.#gap = cause;
    const { channelId, role, locationId } = this.#deps.order;
    const words = detail.slice(0, 500);
    this.#deps.report({ type: "recording-gap", channelId, role, from, cause, detail: words, locationId });
  }
}
