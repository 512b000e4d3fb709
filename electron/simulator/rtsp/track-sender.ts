import type { SceneTrack } from "../scenes/scene.ts";
import type { CameraContext } from "./camera-context.ts";
import { FrameSchedule } from "./frame-schedule.ts";
import { applyPacketFaults } from "./packet-faults.ts";
import { clockRate } from "./packetiser.ts";
import type { PacketSink } from "./packet-sink.ts";
import { bye, senderReport } from "./rtcp.ts";
import { pathCounters } from "./rtsp-counters.ts";

/** A client that is so far behind (an unfinished delay, a computer that slept) starts again at a keyframe. */
const mostCatchUpMs = 30_000;
const jumpEveryMs = 3_000;
const uint32 = 2 ** 32;

/** Sends one track of one session: numbers and stamps the shared packets, reports, misbehaves as told. */
export class TrackSender {
  readonly ssrc: number;
  readonly #context: CameraContext;
  readonly #path: string;
  readonly #sink: PacketSink;
  readonly #usual: SceneTrack;
  readonly #other: SceneTrack | undefined;
  readonly #tickOffset: number;
  #track: SceneTrack;
  #schedule: FrameSchedule;
  #unsubscribe: (() => void) | undefined;
  /** Next frame to send; undefined: the first keyframe that comes. */
  #next: number | undefined;
  #switchAt: number | undefined;
  #sequence: number;
  #packets = 0;
  #octets = 0;
  #reportedAt: number | undefined;
  #frozenTicks: number | undefined;
  #jump = { ticks: 0, at: 0 };

  /** @param deps.other what the path shows while its resolution is changed. */
  constructor(deps: {
    readonly context: CameraContext;
    readonly path: string;
    readonly track: SceneTrack;
    readonly other: SceneTrack | undefined;
    readonly sink: PacketSink;
  }) {
    const { context, path, track, other, sink } = deps;
    this.#context = context;
    this.#path = path;
    this.#sink = sink;
    this.#usual = track;
    this.#other = other;
    this.#track = track;
    this.#schedule = new FrameSchedule(track);
    this.ssrc = Math.floor(context.random() * uint32);
    this.#tickOffset = Math.floor(context.random() * uint32);
    this.#sequence = Math.floor(context.random() * 65_536);
  }

  /** Starts (again) at the next keyframe; says what RTP-Info wants to know. */
  play(): { readonly sequence: number; readonly rtpTimestamp: number } {
    this.pause();
    const latest = this.#schedule.latestDue(this.#context.clock.now());
    this.#next = this.#schedule.keyframeFrom(latest + 1);
    this.#unsubscribe = this.#context.pump.subscribe(this.#track, (due) => this.#onDue(due));
    return { sequence: this.#sequence, rtpTimestamp: this.#plainTicks(this.#next) };
  }

  pause(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Ends for good: says BYE and closes the sink. */
  close(): void {
    if (this.#unsubscribe !== undefined) this.#sink.rtcp(bye(this.ssrc));
    this.pause();
    this.#sink.close();
  }

  #onDue(latest: number): void {
    const { faults } = this.#context;
    if (faults.has("rtsp-stall", this.#path)) {
      this.#next = undefined;
      return;
    }
    const delayMs = faults.of("rtsp-delay", this.#path)?.delayMs ?? 0;
    const newest = latest - Math.round(delayMs / this.#schedule.intervalMs);
    if (this.#hasSwitched(newest)) return;
    let next = this.#next ?? this.#schedule.keyframeFrom(newest);
    if ((newest - next) * this.#schedule.intervalMs > mostCatchUpMs)
      next = this.#schedule.keyframeFrom(newest);
    for (; next <= newest && this.#unsubscribe !== undefined; next += 1) this.#send(next);
    this.#next = next;
  }

  /** Changes to the other stream's pictures, or back, when their next keyframe is due. */
  #hasSwitched(newest: number): boolean {
    const wanted =
      this.#other !== undefined && this.#context.faults.has("rtsp-resolution-change", this.#path)
        ? this.#other
        : this.#usual;
    if (wanted === this.#track) {
      this.#switchAt = undefined;
      return false;
    }
    const schedule = new FrameSchedule(wanted);
    const reached = this.#schedule.dueAt(newest);
    this.#switchAt ??= schedule.keyframeFrom(schedule.latestDue(reached) + 1);
    if (schedule.dueAt(this.#switchAt) > reached + this.#schedule.intervalMs) return false;
    this.#unsubscribe?.();
    this.#track = wanted;
    this.#schedule = schedule;
    this.#next = this.#switchAt;
    this.#switchAt = undefined;
    this.#unsubscribe = this.#context.pump.subscribe(wanted, (due) => this.#onDue(due));
    return true;
  }

  #send(number: number): void {
    const { pump, faults, random, counters, clock } = this.#context;
    const frame = pump.packets(this.#track, this.#schedule.loopIndex(number));
    const ticks = this.#faultyTicks(number);
    this.#report(number, ticks);
    const bytes = frame.bytes.slice();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const offset of frame.offsets) {
      view.setUint16(offset + 6, this.#sequence);
      view.setUint32(offset + 8, ticks);
      view.setUint32(offset + 12, this.ssrc);
      this.#sequence = (this.#sequence + 1) & 0xffff;
    }
    const isVideo = this.#track.kind === "video";
    const run = applyPacketFaults({ bytes, offsets: frame.offsets }, faults, this.#path, isVideo, random);
    if (!this.#sink.rtp(run)) return;
    this.#packets += frame.offsets.length;
    this.#octets += frame.payloadBytes;
    counters.packetsSent += run.offsets.length;
    counters.bytesSent += run.bytes.length;
    const path = pathCounters(counters, this.#path);
    path.packetsSent += run.offsets.length;
    if (!isVideo || run.offsets.length === 0) return;
    counters.framesSent += 1;
    path.framesSent += 1;
    path.lastFrameSentAt = clock.now();
    path.lastFrameCapturedAt = this.#schedule.capturedAt(number);
  }

  /** A sender report before the first packet and then every few seconds: the frame's capture time by the camera's clock. */
  #report(number: number, rtpTimestamp: number): void {
    const { clock, faults, counters, senderReportIntervalMs } = this.#context;
    if (faults.has("rtsp-no-sender-reports", this.#path)) return;
    const now = clock.monotonicMs();
    if (this.#reportedAt !== undefined && now - this.#reportedAt < senderReportIntervalMs) return;
    this.#reportedAt = now;
    const skewMs = clock.cameraNow() - clock.now();
    this.#sink.rtcp(
      senderReport({
        ssrc: this.ssrc,
        cameraTimeMs: this.#schedule.capturedAt(number) + skewMs,
        rtpTimestamp,
        packets: this.#packets,
        octets: this.#octets,
        name: "camera@watchfloor.invalid",
      }),
    );
    counters.senderReports += 1;
  }

  #plainTicks(number: number): number {
    return (this.#schedule.ticks(number) + this.#tickOffset) % uint32;
  }

  #faultyTicks(number: number): number {
    const { faults, clock, random } = this.#context;
    const plain = this.#plainTicks(number);
    if (faults.has("rtsp-frozen-timestamps", this.#path)) return (this.#frozenTicks ??= plain);
    this.#frozenTicks = undefined;
    const jump = faults.of("rtsp-jumping-timestamps", this.#path);
    if (jump === undefined) return plain;
    if (clock.monotonicMs() - this.#jump.at > jumpEveryMs) {
      const byMs = (random() * 2 - 1) * jump.byMs;
      this.#jump = { ticks: Math.round((byMs * clockRate(this.#track)) / 1_000), at: clock.monotonicMs() };
    }
    return (((plain + this.#jump.ticks) % uint32) + uint32) % uint32;
  }
}
