import type { Clock } from "../../shared/base/clock.ts";
import type { PresentedFrame } from "../../shared/model/tile-state.ts";
import { AppendQueue } from "./append-queue.ts";
import { ArrivalJitter } from "./arrival-jitter.ts";
import type { Feed, FeedEvents, FeedFormat } from "./feed.ts";
import { FrameTimes } from "./frame-times.ts";
import { LiveEdge, newestRange } from "./live-edge.ts";
import type { MediaLink, MediaNews, MediaOrder, MediaSubscription } from "./media-link.ts";
import { ProgressWatch } from "./progress-watch.ts";

export interface LowLatencyFeedDeps {
  readonly link: MediaLink;
  readonly clock: Clock;
  readonly video: HTMLVideoElement;
  readonly order: MediaOrder;
  readonly events: FeedEvents;
}

const ackEveryMs = 500;
/** Until the stream has said how many frames a second it has. */
const assumedFrameS = 0.1;
const longestFrameS = 1;
/**
 * A timeline that goes back further than this has begun anew. Less is a group of pictures sent once more from its
 * keyframe (the media process resumes there after it waited for us), which overwrites itself harmlessly.
 */
const timelineBackS = 15;

type Init = Extract<MediaNews, { type: "init" }>;
type Fragment = Extract<MediaNews, { type: "fragment" }>;

/**
 * Media Source fed directly: one fragment a frame, appended as it comes, played as near to the end of the
 * buffer as it keeps running.
 */
export class LowLatencyFeed implements Feed {
  readonly #deps: LowLatencyFeedDeps;
  readonly #times = new FrameTimes();
  readonly #edge = new LiveEdge();
  readonly #jitter = new ArrivalJitter();
  readonly #source = new MediaSource();
  #subscription: MediaSubscription | undefined;
  #queue: AppendQueue | undefined;
  #format: FeedFormat | undefined;
  #early: (Init | Fragment)[] = [];
  #newestS = Number.NEGATIVE_INFINITY;
  #ackedMs = Number.NEGATIVE_INFINITY;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;
  #isPlaying = false;
  readonly #progress = new ProgressWatch();
  #received = 0;
  #isStopped = false;
  #isBroken = false;
  #url: string | undefined;

  constructor(deps: LowLatencyFeedDeps) {
    this.#deps = deps;
  }

  get order(): MediaOrder {
    return this.#deps.order;
  }

  get format(): FeedFormat | undefined {
    return this.#format;
  }

  start(): void {
    const { video, link, order } = this.#deps;
    this.#source.addEventListener("sourceopen", this.#opened, { once: true });
    video.addEventListener("waiting", this.#stalled);
    video.addEventListener("error", this.#videoFailed);
    this.#url = URL.createObjectURL(this.#source);
    video.src = this.#url;
    this.#subscription = link.open(order, (news) => this.#receive(news));
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearTimeout(this.#ackTimer);
    this.#subscription?.close();
    this.#queue?.close();
    this.#times.clear();
    this.#early = [];
    const { video } = this.#deps;
    this.#source.removeEventListener("sourceopen", this.#opened);
    video.removeEventListener("waiting", this.#stalled);
    video.removeEventListener("error", this.#videoFailed);
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
  }

  tick(monotonicMs: number): void {
    this.#edge.margin.tick(monotonicMs, this.#jitter.latenessMs);
    this.#steer(false);
    this.#queue?.pump();
    this.#checkProgress(monotonicMs);
  }

  captured(mediaTimeS: number, presentedMs: number): PresentedFrame | undefined {
    return this.#times.presented(mediaTimeS, presentedMs);
  }

  readonly #opened = (): void => {
    const early = this.#early;
    this.#early = [];
    for (const news of early) this.#take(news);
  };

  readonly #stalled = (): void => {
    // Before the first picture, waiting is no stall.
    if (this.#deps.video.currentTime > 0) this.#edge.margin.stalled(this.#deps.clock.monotonicMs());
  };

  readonly #videoFailed = (): void => this.#break(this.#decoderError() ?? new Error("the decoder gave up"));

  #decoderError(): Error | undefined {
    const { error } = this.#deps.video;
    return error === null || error === undefined || error.message === ""
      ? undefined
      : new Error(error.message);
  }

  #receive(news: MediaNews): void {
    if (this.#isStopped) return;
    switch (news.type) {
      case "status":
        this.#isPlaying = news.status.kind === "playing";
        this.#deps.events.onStatus(news.status);
        return;
      case "reset":
        this.#break(new Error("the media process started anew"));
        return;
      case "init":
      case "fragment":
        if (this.#source.readyState === "open") this.#take(news);
        else this.#early.push(news);
    }
  }

  #take(news: Init | Fragment): void {
    if (this.#isStopped) return;
    if (news.type === "init") this.#takeInit(news);
    else this.#takeFragment(news);
  }

  #takeInit(init: Init): void {
    const mimeType = `video/mp4; codecs="${init.codecs}"`;
    if (!MediaSource.isTypeSupported(mimeType)) {
      this.#deps.events.onUnsupported(init.codecs);
      return;
    }
    const before = this.#format;
    this.#format = { codecs: init.codecs, width: init.width, height: init.height, fps: init.fps };
    try {
      this.#queue ??= this.#newQueue(this.#source.addSourceBuffer(mimeType));
    } catch (error) {
      this.#break(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (before !== undefined && before.codecs !== init.codecs) this.#queue.changeType(mimeType);
    this.#queue.append(init.bytes);
  }

  #takeFragment(fragment: Fragment): void {
    const { clock } = this.#deps;
    const arrival = { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
    const last = fragment.frames.at(-1);
    if (last !== undefined) {
      if (last.presentationS < this.#newestS - timelineBackS) {
        this.#break(new Error("the timeline began anew"));
        return;
      }
      this.#newestS = Math.max(this.#newestS, last.presentationS);
      this.#jitter.add(last.presentationS, arrival.monotonicMs);
    }
    for (const frame of fragment.frames) this.#times.add(frame.presentationS, frame.capturedAt, arrival);
    this.#received += 1;
    this.#queue?.append(fragment.bytes, fragment.sequence);
  }

  #newQueue(target: SourceBuffer): AppendQueue {
    return new AppendQueue({
      target,
      currentS: () => this.#deps.video.currentTime,
      onAppended: (sequence) => this.#acknowledge(sequence),
      onUpdated: () => this.#steer(this.#queue?.queuedBytes === 0),
      // The element learns what the parser found after the buffer did: its words are the better ones.
      onBroken: (error) => queueMicrotask(() => this.#break(this.#decoderError() ?? error)),
    });
  }

  /**
   * The media process only needs to know roughly how far we are, twice a second; but the last word of a burst
   * must reach it, or it waits for us for ever.
   */
  #acknowledge(sequence: number): void {
    clearTimeout(this.#ackTimer);
    const nowMs = this.#deps.clock.monotonicMs();
    if (nowMs - this.#ackedMs < ackEveryMs) {
      this.#ackTimer = setTimeout(() => this.#subscription?.appended(sequence), ackEveryMs);
      return;
    }
    this.#ackedMs = nowMs;
    this.#subscription?.appended(sequence);
  }

  #steer(hasFrame: boolean): void {
    const { video } = this.#deps;
    const fps = this.#format?.fps ?? 0;
    const frameS = fps > 0 ? Math.min(longestFrameS, 1 / fps) : assumedFrameS;
    const step = this.#edge.step(newestRange(video.buffered), video.currentTime, frameS, hasFrame);
    if (step.seekToS !== undefined && !video.seeking) video.currentTime = step.seekToS;
    if (video.playbackRate !== step.rate) video.playbackRate = step.rate;
    if (video.paused && video.readyState >= 2) video.play().catch(ignoreInterruptedPlay);
  }

  #checkProgress(monotonicMs: number): void {
    const { currentTime, buffered } = this.#deps.video;
    const endS = newestRange(buffered)?.endS ?? 0;
    const trouble = this.#progress.look(monotonicMs, {
      isPlaying: this.#isPlaying,
      received: this.#received,
      endS,
      currentS: currentTime,
    });
    if (trouble === "silent") this.#break(new Error("no pictures come from the media process"));
    if (trouble === "unreadable") this.#break(new Error("the camera's pictures cannot be read"));
    if (trouble === "frozen") this.#break(new Error("the decoder stands still"));
  }

  #break(error: Error): void {
    if (this.#isStopped || this.#isBroken) return;
    this.#isBroken = true;
    this.#deps.events.onBroken(error);
  }
}

/** `play()` is refused when a seek or a new source comes first; the next step asks again. */
function ignoreInterruptedPlay(): void {}
