import type { Clock } from "../../shared/base/clock.ts";
import type { SourceConfig } from "../../shared/contract/media-port.ts";
import { parseSdp } from "../drivers/rtp/sdp.ts";
import { RtspSession } from "../drivers/rtsp/rtsp-session.ts";
import { chooseSound, chooseVideo } from "./track-choice.ts";
import { StreamError } from "./failure.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";
import { StreamPipeline } from "./stream-pipeline.ts";

export interface SourceSessionDeps {
  readonly config: SourceConfig;
  readonly clock: Clock;
  /** Where this connection's frames begin on the source's timeline, asked at the first frame. */
  readonly startTicks: () => number;
  readonly nextEpoch: () => number;
  readonly reorderDepth: number;
  readonly wantsSound: () => boolean;
  readonly onEpoch: (epoch: StreamEpoch) => void;
  readonly onFragment: (fragment: StreamFragment) => void;
}

const watchEveryMs = 500;
/** Without a picture for so long a source counts as stalled. */
const stalledAfterMs = 5_000;
const keyframeWithinMs = 30_000;
const latestMs = 15_000;
const reportEveryMs = 5_000;

/**
 * One connection to one stream, from DESCRIBE to the reason of its end.
 *
 * `run` ends only by throwing: an RtspError, a StreamError, or the signal's reason.
 */
export class SourceSession {
  readonly #deps: SourceSessionDeps;
  #session: RtspSession | undefined;
  #pipeline: StreamPipeline | undefined;

  constructor(deps: SourceSessionDeps) {
    this.#deps = deps;
  }

  get pipeline(): StreamPipeline | undefined {
    return this.#pipeline;
  }

  get transport(): "tcp" | "udp" {
    return this.#session?.transport ?? this.#deps.config.transport;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { config, clock } = this.#deps;
    const { username, password } = config;
    const session = new RtspSession({
      url: config.uri,
      credential: username === null ? undefined : { username, password: password ?? "" },
      transport: config.transport,
      clock,
      sink: {
        onRtp: (track, packet) => this.#pipeline?.onRtp(track, packet),
        onRtcp: (track, packet) => this.#pipeline?.onRtcp(track, packet),
      },
    });
    this.#session = session;
    const stops = new AbortController();
    const stop = (): void => stops.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      const tracks = parseSdp(await session.describe(signal));
      const video = chooseVideo(tracks);
      const sound = chooseSound(tracks);
      await session.setup(video.sdp.control, signal);
      if (sound) await session.setup(sound.sdp.control, signal);
      const pipeline = new StreamPipeline({ ...this.#deps, video, sound, transport: session.transport });
      this.#pipeline = pipeline;
      await session.play(signal);
      await Promise.race([
        session.ended,
        session.keepAlive(stops.signal),
        this.#watch(pipeline, stops.signal),
        this.#report(session, pipeline, stops.signal),
      ]);
    } finally {
      signal.removeEventListener("abort", stop);
      stops.abort(new Error("session over"));
      await session.close();
    }
  }

  /** Ends the session when pictures stop coming, never start, or come far too late. */
  async #watch(pipeline: StreamPipeline, signal: AbortSignal): Promise<never> {
    const { clock } = this.#deps;
    const startedMs = clock.monotonicMs();
    let seen = 0;
    let seenAtMs = startedMs;
    for (;;) {
      await clock.sleep(watchEveryMs, signal);
      const nowMs = clock.monotonicMs();
      if (pipeline.failure) throw pipeline.failure;
      if (pipeline.seenUnits !== seen) {
        seen = pipeline.seenUnits;
        seenAtMs = nowMs;
      }
      const limitMs = Math.max(stalledAfterMs, 3 * pipeline.stepMs);
      if (nowMs - seenAtMs > limitMs) {
        throw new StreamError("stalled", `no picture for ${Math.round((nowMs - seenAtMs) / 1000)} s`);
      }
      const lastFrameMs = pipeline.lastFrameMs ?? startedMs;
      if (nowMs - lastFrameMs > keyframeWithinMs) {
        throw new StreamError("stalled", "the camera sends no whole keyframe");
      }
      if (pipeline.latenessMs > latestMs) {
        throw new StreamError("stalled", "pictures come more than 15 s late");
      }
    }
  }

  async #report(session: RtspSession, pipeline: StreamPipeline, signal: AbortSignal): Promise<never> {
    for (;;) {
      await this.#deps.clock.sleep(reportEveryMs, signal);
      for (const { track, packet } of pipeline.receiverReports()) session.sendRtcp(track, packet);
    }
  }
}
