import type { Socket } from "node:net";
import { drained } from "../drained.ts";
import type { CameraContext } from "../rtsp/camera-context.ts";
import { FrameSchedule } from "../rtsp/frame-schedule.ts";
import type { PacketSink } from "../rtsp/packet-sink.ts";
import { bye } from "../rtsp/rtcp.ts";
import type { VideoTrack } from "../scenes/scene.ts";
import type { KeptSpan, MemoryCard } from "./memory-card.ts";
import { withReplayMarks } from "./replay-packets.ts";

const uint32 = 2 ** 32;
/** So much may wait in the connection before the next picture is read from the card. */
const mostWaitingBytes = 256 * 1024;

export interface ReplaySenderDeps {
  readonly context: CameraContext;
  readonly card: MemoryCard;
  readonly track: VideoTrack;
  readonly sink: PacketSink;
  readonly socket: Socket;
}

/** Sends what the card holds of a span, as fast as the client reads or as fast as it was recorded. */
export class ReplaySender {
  readonly ssrc: number;
  readonly #deps: ReplaySenderDeps;
  readonly #schedule: FrameSchedule;
  readonly #tickOffset: number;
  #sequence: number;
  #playing = new AbortController();

  constructor(deps: ReplaySenderDeps) {
    const { random } = deps.context;
    this.#deps = deps;
    this.#schedule = new FrameSchedule(deps.track);
    this.ssrc = Math.floor(random() * uint32);
    this.#tickOffset = Math.floor(random() * uint32);
    this.#sequence = Math.floor(random() * 65_536);
  }

  /**
   * Plays from the keyframe at or before `from` to `to`, true time; says BYE when there is no more.
   *
   * @returns the sequence number the first packet will have
   */
  play(span: KeptSpan, isPaced: boolean): number {
    this.pause();
    const playing = new AbortController();
    this.#playing = playing;
    const first = this.#sequence;
    this.#run(span, isPaced, playing.signal).catch((error: unknown) => {
      if (!playing.signal.aborted) this.#deps.context.log("replay failed", { error: String(error) });
    });
    return first;
  }

  pause(): void {
    this.#playing.abort(new Error("paused"));
  }

  close(): void {
    this.pause();
    this.#deps.sink.close();
  }

  async #run(span: KeptSpan, isPaced: boolean, signal: AbortSignal): Promise<void> {
    const { card, context, socket, sink } = this.#deps;
    // The reply to PLAY goes first.
    await Promise.resolve();
    const startedMs = context.clock.monotonicMs();
    const stretches = card
      .kept(span)
      .map((kept) => this.#frames(kept))
      .filter(({ from, to }) => to > from);
    let firstAt: number | undefined;
    for (const [index, { from, to }] of stretches.entries()) {
      for (let frame = from; frame < to; frame += 1) {
        const at = this.#schedule.capturedAt(frame);
        firstAt ??= at;
        if (isPaced) {
          const aheadMs = at - firstAt - (context.clock.monotonicMs() - startedMs);
          if (aheadMs > 0) await context.clock.sleep(aheadMs, signal);
        }
        if (socket.writableLength > mostWaitingBytes) await drained(socket, signal);
        signal.throwIfAborted();
        const isEnd = frame === to - 1;
        const isLast = isEnd && index === stretches.length - 1;
        if (!this.#send(frame, { isBroken: frame === from && index > 0, endsStretch: isEnd, isLast })) return;
      }
    }
    sink.rtcp(bye(this.ssrc));
  }

  /** Pictures of a stretch by number: from the keyframe it can be decoded from, or the first one the card has. */
  #frames({ from, to }: KeptSpan): { from: number; to: number } {
    const { card } = this.#deps;
    const schedule = this.#schedule;
    const wanted = schedule.latestDue(from);
    let first = wanted;
    for (let back = 0; back < this.#deps.track.frames.length; back += 1) {
      if (schedule.keyframeFrom(wanted - back) === wanted - back) {
        first = wanted - back;
        break;
      }
    }
    const [kept] = card.kept({ from: schedule.capturedAt(first), to: from + 1 }).slice(-1);
    const begins = kept === undefined ? from : Math.min(from, kept.from);
    if (schedule.capturedAt(first) < begins) first = schedule.keyframeFrom(wanted + 1);
    return { from: first, to: schedule.latestDue(to - 1) + 1 };
  }

  #send(
    number: number,
    marks: { readonly isBroken: boolean; readonly endsStretch: boolean; readonly isLast: boolean },
  ): boolean {
    const { context, track, sink } = this.#deps;
    const { pump, clock, counters } = context;
    const frame = pump.packets(track, this.#schedule.loopIndex(number));
    const first = this.#sequence;
    const cameraTimeMs = this.#schedule.capturedAt(number) + clock.cameraNow() - clock.now();
    const copy = { bytes: frame.bytes.slice(), offsets: frame.offsets };
    const run = withReplayMarks(copy, { ...marks, cameraTimeMs, isClean: frame.isKeyframe }, first);
    const view = new DataView(run.bytes.buffer, run.bytes.byteOffset, run.bytes.byteLength);
    const ticks = (this.#schedule.ticks(number) + this.#tickOffset) % uint32;
    for (const offset of run.offsets) {
      view.setUint16(offset + 6, this.#sequence);
      view.setUint32(offset + 8, ticks);
      view.setUint32(offset + 12, this.ssrc);
      this.#sequence = (this.#sequence + 1) & 0xffff;
    }
    counters.packetsSent += run.offsets.length;
    counters.bytesSent += run.bytes.length;
    return sink.rtp(run);
  }
}
