import { randomUUID } from "node:crypto";
import { backoffDelayMs, type BackoffPolicy } from "../../../shared/base/backoff.ts";
import type { Clock } from "../../../shared/base/clock.ts";
import type { MediaReport, PlacedOrder } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { GapCause } from "../../../shared/model/recording.ts";
import type { SourceStatus } from "../../../shared/model/stream-status.ts";
import { writeSiteMark } from "../../drivers/recording-file/site-mark.ts";
import type { StreamEpoch, StreamFragment } from "../fragment-stream.ts";
import type { Viewer } from "../viewer.ts";
import { HeldPictures } from "./held-pictures.ts";
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
  /** Most bytes that may be held for what comes before an event. */
  readonly maxHeldBytes: number;
  readonly report: (report: MediaReport) => void;
  readonly newId?: () => string;
}

interface Run {
  readonly id: string;
  readonly epoch: StreamEpoch;
  readonly hasSound: boolean;
}

const fileS = 60;
/** Names of one instant: so many for the locations, before the next attempt. */
const namesApart = 1_000;
/** Offsets in a file's index have 32 bits. */
const maxFileBytes = 2 ** 31;
/** Captured times that move this far against the media timeline are a clock that was set. */
const clockStepMs = 1_000;
const diskBackoff: BackoffPolicy = { firstMs: 1_000, maxMs: 30_000, jitter: 0.2, healthyAfterMs: 10_000 };

/**
 * Writes one stream's fragments, untouched, to files of about a minute, and says what is on the disk and what is
 * missing; or holds the last seconds in memory until it is told to write. A new run begins with a new connection, other parameter sets, sound that comes or goes, a clock that was
 * set, and after trouble with the disk; within a run files follow each other without a gap.
 */
export class StreamRecorder implements Viewer {
  readonly wantsSound = true;
  readonly #deps: StreamRecorderDeps;
  readonly #grown = new Map<string, { readonly bytes: number; readonly endAt: number }>();
  readonly #closing = new Map<OpenRecording, Promise<void>>();
  #source: StreamEpoch | undefined;
  #run: Run | undefined;
  #open: OpenRecording | undefined;
  #endAt: number | undefined;
  #gap: GapCause | undefined;
  /** To be said when the beginning of this file is, which ends the gap before it. */
  #unsaid: { readonly after: OpenRecording; readonly cause: GapCause; readonly detail: string } | undefined;
  #heldBytes = 0;
  #diskFailures = 0;
  #retryAtMs = 0;
  #isStopped = false;
  readonly #held = new HeldPictures();
  #order: PlacedOrder;
  /** It is to write no more, and does so at the next keyframe: what is held for the next event begins there. */
  #isEnding = false;
  /** Why no pictures come. */
  #absence: { readonly cause: GapCause; readonly detail: string } | undefined;

  constructor(deps: StreamRecorderDeps) {
    this.#deps = deps;
    this.#order = deps.order;
    this.#held.setLimits(deps.order.holdMs, deps.maxHeldBytes);
  }

  /** What is to be done with the stream from now on. */
  order(order: PlacedOrder, maxHeldBytes: number): void {
    const wasWriting = this.#order.isWriting;
    this.#order = order;
    this.#held.setLimits(order.holdMs, maxHeldBytes);
    if (order.isWriting === wasWriting) return;
    if (!order.isWriting) {
      this.#isEnding = this.#open !== undefined;
      if (!this.#isEnding) this.#sayStanding();
      return;
    }
    if (this.#isEnding) this.#isEnding = false;
    else this.#writeHeld(order.from);
  }

  onStatus(status: SourceStatus): void {
    if (status.kind === "playing") this.#absence = undefined;
    if (status.kind === "connecting" || status.kind === "playing" || this.#isStopped) return;
    this.#end();
    if (status.kind !== "waiting") return;
    this.#absence = { cause: status.reason === "stalled" ? "stalled" : "offline", detail: status.detail };
    this.#sayStanding();
  }

  onEpoch(epoch: StreamEpoch): void {
    this.#source = epoch;
  }

  onFragment(fragment: StreamFragment, isSounding: boolean): void {
    const source = this.#source;
    if (source === undefined || source.epoch !== fragment.epoch || this.#isStopped) return;
    this.#absence = undefined;
    if (this.#isEnding && fragment.isKeyframe) this.#end();
    if (this.#order.isWriting || this.#isEnding) {
      this.#write(source, fragment, isSounding);
      return;
    }
    const nowMs = this.#deps.clock.monotonicMs();
    this.#held.add({ epoch: source, fragment, isSounding }, nowMs);
    if (fragment.isKeyframe) this.#sayStanding();
  }

  /** Once a second: writes what has waited too long, and tells how the files have grown since. */
  tick(): readonly { readonly path: string; readonly bytes: number; readonly endAt: number }[] {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const open of [...this.#closing.keys(), this.#open]) open?.flushOld(nowMs);
    this.#held.trim(nowMs);
    const grown = [...this.#grown].map(([file, progress]) => ({ path: file, ...progress }));
    this.#grown.clear();
    return grown;
  }

  /** Closes its file; resolves when that is on the disk. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#end();
    await Promise.all(this.#closing.values());
  }

  #write(source: StreamEpoch, fragment: StreamFragment, isSounding: boolean): void {
    if (fragment.isKeyframe) {
      if (this.#run?.epoch === source && this.#clockStepMs(fragment) !== 0) {
        this.#end();
        this.#sayGap("clock-step", "the clock was set");
      }
      this.#atKeyframe(source, fragment, isSounding);
    }
    const open = this.#open;
    if (open === undefined || this.#run?.epoch !== source) return;
    if (fragment.track === "audio" && !this.#run.hasSound) return;
    // The rest of a group of pictures belongs to its keyframe, and keeps to the clock as it was there.
    const capturedAt = fragment.capturedAt - this.#clockStepMs(fragment);
    open.add({ ...fragment, capturedAt }, this.#deps.clock.monotonicMs());
    if (open.bytes > maxFileBytes) this.#end();
  }

  /** By how much the clock was set before this picture; 0: it was not. */
  #clockStepMs(fragment: StreamFragment): number {
    const errorMs = fragment.track === "video" ? (this.#open?.clockErrorMs(fragment) ?? 0) : 0;
    return Math.abs(errorMs) > clockStepMs ? errorMs : 0;
  }

  /** What was held from that instant on goes to the disk; where no pictures come any more, that is all. */
  #writeHeld(from: number | null): void {
    this.#heldBytes = this.#held.bytes;
    for (const { epoch, fragment, isSounding } of this.#held.take(from)) {
      this.#write(epoch, fragment, isSounding);
    }
    this.#heldBytes = 0;
    if (this.#absence !== undefined) this.#end();
  }

  /** Why nothing is being written now, when something is to be said of that. */
  #sayStanding(): void {
    if (this.#absence !== undefined) this.#sayGap(this.#absence.cause, this.#absence.detail);
    else if (!this.#order.isWriting) this.#sayGap("no-event", "nothing happened");
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
    // What goes on in another location begins with the same keyframe, and must not have the same name.
    const aside = (locationId - 1) % namesApart;
    const pathOf = (attempt: number): string =>
      recordingPath(channelId, role, startAt, attempt * namesApart + aside);
    const { arrivedAt = startAt, deviceAt } = fragment;
    const writer: FileWriter = new FileWriter({
      root,
      nameOf: (attempt): string => {
        open.path = pathOf(attempt);
        return open.path;
      },
      heldBytes: this.#heldBytes,
      clock,
      budget,
      gate,
      onWritten: (progress) => {
        if (open.written === undefined) {
          const delayMs = Math.round(arrivedAt - fragment.capturedAt);
          const deviceMs = deviceAt === undefined ? null : Math.round(deviceAt - fragment.capturedAt);
          const file = { channelId, role, path: open.path, run: run.id, startAt, locationId };
          report({ type: "recording-opened", ...file, delayMs, deviceMs });
          this.#gap = undefined;
        }
        open.written = progress;
        this.#endAt = progress.endAt;
        this.#grown.set(open.path, progress);
        this.#sayUnsaid(open);
      },
      onFailed: (error) => this.#failed(open, error),
    });
    const init = (run.hasSound ? run.epoch.soundInit : undefined) ?? run.epoch.videoInit;
    const open: OpenRecording = new OpenRecording({
      writer,
      init: Buffer.concat([init, writeSiteMark({ site, channelId, role })]),
      first: fragment,
    });
    this.#open = open;
  }

  /** Closes the file; what comes next is another run. */
  #end(): void {
    this.#closeFile();
    this.#run = undefined;
    this.#isEnding = false;
  }

  #closeFile(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#endAt = open.hasFailed ? (open.written?.endAt ?? this.#endAt) : open.endAt;
    const done = open.close().then(() => {
      this.#closing.delete(open);
      if (open.hasFailed) return;
      this.#diskFailures = 0;
      this.#sayClosed(open);
      // Only now is its beginning said for certain, which ended the gap before it.
      if (this.#open === undefined) this.#sayStanding();
    });
    this.#closing.set(open, done);
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

  #sayUnsaid(after: OpenRecording): void {
    const unsaid = this.#unsaid;
    if (unsaid?.after !== after) return;
    this.#unsaid = undefined;
    if (this.#open?.written === undefined) this.#sayGap(unsaid.cause, unsaid.detail);
  }

  #sayGap(cause: GapCause, detail: string): void {
    const after = [...this.#closing.keys()].find(({ written, hasFailed }) => !written && !hasFailed);
    if (after !== undefined) {
      this.#unsaid = { after, cause, detail };
      return;
    }
    if (this.#gap === cause || this.#isStopped) return;
    const now = this.#deps.clock.now();
    const from = this.#gap === undefined ? (this.#endAt ?? now) : now;
    this.#gap = cause;
    const { channelId, role, locationId } = this.#deps.order;
    const words = detail.slice(0, 500);
    this.#deps.report({ type: "recording-gap", channelId, role, from, cause, detail: words, locationId });
  }
}
