import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { KeySource, RecordingsGoneError, type Key, type KeySourceDeps, type KeySpan } from "../key-source.ts";
import { PictureError } from "../picture-work.ts";
import { mostMoments, withLook, type Moment } from "./moments.ts";
import { MotionLooker, type StartMotionWorker } from "./motion-looker.ts";
import type { Sensitivity } from "./motion-model.ts";
import type { MotionAnswer, MotionBatch } from "./motion-work.ts";
import type { Region } from "./region.ts";

/** What a person wants to know: when did something move there? */
export interface MotionQuestion {
  readonly channelId: ChannelId;
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  /** None: the whole picture. */
  readonly regions: readonly Region[];
  readonly sensitivity: Sensitivity;
}

/** How far a search has come. */
export interface MotionProgress {
  /** 0 to 1, by the time that was looked through. */
  readonly share: number;
  readonly moments: readonly Moment[];
  /** Pictures decoded and compared, and those that were damaged. */
  readonly pictures: number;
  readonly damaged: number;
  /** Moments beyond the longest list. */
  readonly unlisted: number;
}

/** A day and a night: more is asked for in several searches. */
export const longestSearchMs = 24 * 3_600_000;

export interface MotionSearchDeps extends KeySourceDeps {
  readonly clock: Clock;
  readonly startWorker: StartMotionWorker;
}

/** Opened at once at the media process. */
const stretchMs = 20 * 60_000;
const batchKeys = 8;
/** Batches on their way: one is decoded while the next is read. */
const batchesAhead = 3;
const attempts = 6;

/**
 * Looks through the keyframes of a span, in a worker of its own, and tells how far it has come after each few
 * pictures. Damaged pictures are counted and passed over.
 *
 * @throws PictureError when none of the pictures can be decoded here, RecordingsGoneError when the recordings stay
 * out of reach, the signal's reason.
 */
export async function searchMotion(
  deps: MotionSearchDeps,
  question: MotionQuestion,
  onProgress: (progress: MotionProgress) => void,
  signal: AbortSignal,
): Promise<MotionProgress> {
  const looker = new MotionLooker(deps.startWorker, question.regions, question.sensitivity);
  const stop = (): void => looker.stop();
  signal.addEventListener("abort", stop, { once: true });
  const tally = new Tally(question, onProgress);
  try {
    let lastAt = Number.NEGATIVE_INFINITY;
    for (let from = question.from; from < question.to; from += stretchMs) {
      const to = Math.min(question.to, from + stretchMs);
      // The picture that stands when the span begins is what the first one is compared with.
      const { channelId } = question;
      lastAt = await lookThrough(deps, looker, { channelId, role: "sub", from, to }, lastAt, tally, signal);
      tally.reached(to);
    }
    return tally.progress;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    looker.stop();
  }
}

/** Looks at the keyframes of a stretch that come after `lastAt`; answers the last one's time. */
async function lookThrough(
  deps: MotionSearchDeps,
  looker: MotionLooker,
  span: KeySpan,
  lastAt: number,
  tally: Tally,
  signal: AbortSignal,
): Promise<number> {
  let source = await openPatiently(deps, span, signal);
  try {
    const ahead: Promise<void>[] = [];
    let reached = lastAt;
    for (let attempt = 1; ;) {
      const keys = source.keys.filter(({ at }) => at > reached);
      const batch = firstBatch(keys);
      if (batch.length === 0) break;
      try {
        const read = await readBatch(source, batch, signal);
        if (read === undefined) tally.miss(batch.length);
        else {
          const looked = looker.look(read).then((answer) => tally.add(answer, batch));
          // It is waited for below; a search that ends before that is no unhandled failure.
          looked.catch(ignoreEnded);
          ahead.push(looked);
        }
        reached = batch.at(-1)?.at ?? reached;
        attempt = 1;
        if (ahead.length >= batchesAhead) await ahead.shift();
      } catch (error) {
        if (!(error instanceof RecordingsGoneError) || attempt >= attempts) throw error;
        attempt += 1;
        source.close();
        await deps.clock.sleep(1_000, signal);
        source = await openPatiently(deps, span, signal);
      }
    }
    await Promise.all(ahead);
    return reached;
  } finally {
    source.close();
  }
}

/** The media process may be starting again. */
async function openPatiently(deps: MotionSearchDeps, span: KeySpan, signal: AbortSignal): Promise<KeySource> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await KeySource.open(deps, span, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (attempt >= attempts) throw error;
      await deps.clock.sleep(1_000, signal);
    }
  }
}

/** Keyframes that one decoder takes in one go. */
function firstBatch(keys: readonly Key[]): readonly Key[] {
  const some = keys.slice(0, batchKeys);
  const other = some.findIndex(({ config }) => config !== some[0]?.config);
  return other === -1 ? some : some.slice(0, other);
}

/** Reads a batch; undefined when its set-up is damaged. Pictures that are gone are left out. */
async function readBatch(
  source: KeySource,
  batch: readonly Key[],
  signal: AbortSignal,
): Promise<Omit<MotionBatch, "request"> | undefined> {
  const config = batch[0]?.config;
  if (config === null || config === undefined) return undefined;
  const keys = await Promise.all(
    batch.map(async (key) => {
      try {
        return [{ at: key.at, sample: await source.sample(key, signal) }];
      } catch (error) {
        if (!(error instanceof PictureError)) throw error;
        if (source.isLost) throw new RecordingsGoneError("the recordings are starting again");
        return [];
      }
    }),
  );
  return { config, keys: keys.flat() };
}

/** Nobody waits for it any more. */
function ignoreEnded(): void {}

/** What was found so far. */
class Tally {
  readonly #question: MotionQuestion;
  readonly #tell: (progress: MotionProgress) => void;
  #progress: MotionProgress = { share: 0, moments: [], pictures: 0, damaged: 0, unlisted: 0 };

  constructor(question: MotionQuestion, tell: (progress: MotionProgress) => void) {
    this.#question = question;
    this.#tell = tell;
  }

  get progress(): MotionProgress {
    return this.#progress;
  }

  add({ looks, fault }: MotionAnswer, batch: readonly Key[]): void {
    let { moments, unlisted } = this.#progress;
    const { from, to } = this.#question;
    for (const look of looks) {
      if (look.at < from || look.at > to) continue;
      const next = withLook(moments, look);
      if (next.length <= mostMoments) moments = next;
      else unlisted += 1;
    }
    // A search that can decode nothing has found nothing out.
    if (fault?.kind === "unsupported" && this.#progress.pictures === 0) throw new PictureError(fault);
    const damaged = this.#progress.damaged + batch.length - looks.length;
    const pictures = this.#progress.pictures + looks.length;
    this.#progress = { ...this.#progress, moments, unlisted, pictures, damaged };
    this.reached(batch.at(-1)?.at ?? from);
  }

  miss(pictures: number): void {
    this.#progress = { ...this.#progress, damaged: this.#progress.damaged + pictures };
  }

  reached(at: number): void {
    const { from, to } = this.#question;
    const share = Math.min(1, Math.max(this.#progress.share, (at - from) / Math.max(1, to - from)));
    this.#progress = { ...this.#progress, share };
    this.#tell(this.#progress);
  }
}
