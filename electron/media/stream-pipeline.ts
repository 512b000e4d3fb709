import type { Clock } from "../../shared/base/clock.ts";
import type { SourceConfig } from "../../shared/contract/media-port.ts";
import { AudioDepacketizer } from "../drivers/rtp/audio-depacketizer.ts";
import { Reception } from "../drivers/rtp/reception.ts";
import { ReorderBuffer } from "../drivers/rtp/reorder-buffer.ts";
import { buildReceiverReport, parseRtcp } from "../drivers/rtp/rtcp.ts";
import { RtpError } from "../drivers/rtp/rtp-error.ts";
import { parseRtpPacket, type RtpPacket } from "../drivers/rtp/rtp-packet.ts";
import { decodeParameterSets } from "../drivers/rtp/sdp.ts";
import { VideoDepacketizer, type AccessUnit } from "../drivers/rtp/video-depacketizer.ts";
import { CaptureClock } from "./capture-clock.ts";
import { Fmp4Error } from "../drivers/fmp4/fmp4-error.ts";
import { NalError } from "../drivers/nal/nal-error.ts";
import { FrameClock } from "./frame-clock.ts";
import type { StreamEpoch, StreamFragment } from "./fragment-stream.ts";
import { PictureMuxer } from "./picture-muxer.ts";
import { SoundMuxer } from "./sound-muxer.ts";
import type { ChosenSound, ChosenVideo } from "./track-choice.ts";

export interface StreamPipelineDeps {
  readonly config: SourceConfig;
  readonly clock: Clock;
  readonly video: ChosenVideo;
  readonly sound: ChosenSound | undefined;
  readonly transport: "tcp" | "udp";
  readonly startTicks: () => number;
  readonly nextEpoch: () => number;
  readonly reorderDepth: number;
  readonly wantsSound: () => boolean;
  readonly onEpoch: (epoch: StreamEpoch) => void;
  readonly onFragment: (fragment: StreamFragment) => void;
}

const ownSsrc = 0x57464c52;
const videoTrack = 0;

/** Packets of one connection → timed fragments. Never throws for anything a device sends. */
export class StreamPipeline {
  readonly #deps: StreamPipelineDeps;
  readonly #depacketizer: VideoDepacketizer;
  readonly #muxer: PictureMuxer;
  readonly #capture: CaptureClock;
  readonly #receptions: readonly Reception[];
  readonly #reorder: readonly ReorderBuffer[];
  readonly #audioCapture: CaptureClock | undefined;
  readonly #audio: AudioDepacketizer | undefined;
  readonly #soundMuxer: SoundMuxer | undefined;
  #frames: FrameClock | undefined;
  #epoch = 0;
  #malformed = 0;
  #isByArrival = true;
  #lastFrameMs: number | undefined;
  #lastVideo: { readonly rtp: number } | undefined;
  #latenessMs = 0;
  #stepMs = 0;
  readonly #startedMs: number;
  #lastSoundMs: number | undefined;
  #failure: Error | undefined;

  constructor(deps: StreamPipelineDeps) {
    this.#deps = deps;
    this.#startedMs = deps.clock.monotonicMs();
    const { video, sound, clock, config } = deps;
    this.#depacketizer = new VideoDepacketizer({
      codec: video.codec,
      payloadType: video.sdp.payloadType,
      onUnit: (unit) => this.#onUnit(unit),
    });
    this.#depacketizer.offerSets(
      decodeParameterSets(video.sdp, "sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets"),
    );
    this.#muxer = new PictureMuxer({
      codec: video.codec,
      sets: this.#depacketizer.sets,
      audio: sound?.track,
      nextEpoch: deps.nextEpoch,
      reorderDepth: deps.reorderDepth,
      onEpoch: (epoch) => {
        this.#epoch = epoch.epoch;
        deps.onEpoch(epoch);
      },
      onFragment: (fragment) => {
        this.#stepMs = fragment.durationS * 1000;
        deps.onFragment(fragment);
      },
    });
    const captureClock = (rate: number): CaptureClock =>
      new CaptureClock(rate, config.clockOffsetMs, clock.now(), clock.monotonicMs());
    this.#capture = captureClock(video.sdp.clockRate);
    this.#audioCapture = sound && captureClock(sound.sdp.clockRate);
    this.#audio = sound && new AudioDepacketizer(sound.sdp, (frame) => this.#onSound(frame));
    this.#soundMuxer =
      sound &&
      new SoundMuxer({
        track: sound.track,
        law: sound.law,
        onFragment: (fragment) => deps.onFragment({ ...fragment, epoch: this.#epoch }),
      });
    const rates = sound ? [video.sdp.clockRate, sound.sdp.clockRate] : [video.sdp.clockRate];
    this.#receptions = rates.map((rate) => new Reception(rate));
    this.#reorder =
      deps.transport === "udp"
        ? rates.map((_, track) => new ReorderBuffer((packet) => this.#take(track, packet)))
        : [];
  }

  get lostPackets(): number {
    return this.#depacketizer.lostPackets;
  }
  get malformedPackets(): number {
    return this.#malformed + this.#depacketizer.malformedPackets + (this.#audio?.malformedPackets ?? 0);
  }
  /** Pictures that arrived, whole or not. */
  get seenUnits(): number {
    return this.#depacketizer.seenUnits;
  }
  /** Monotonic time of the last picture handed on. */
  get lastFrameMs(): number | undefined {
    return this.#lastFrameMs;
  }
  /** How much later than the quickest picture the last one came. */
  get latenessMs(): number {
    return this.#latenessMs;
  }
  get stepMs(): number {
    return this.#stepMs;
  }
  get isByArrival(): boolean {
    return this.#isByArrival;
  }
  get reorderDepth(): number {
    return this.#muxer.reorderDepth;
  }
  get codec(): "H264" | "H265" {
    return this.#deps.video.codec;
  }
  get soundName(): string | null {
    return this.#deps.sound?.name ?? null;
  }
  /** Why this connection cannot go on: parameter sets that cannot be used. */
  get failure(): Error | undefined {
    return this.#failure;
  }
  /** Whether sound came within the last second; at the beginning it is expected where there is a track for it. */
  get isSounding(): boolean {
    if (this.#deps.sound === undefined) return false;
    return this.#deps.clock.monotonicMs() - (this.#lastSoundMs ?? this.#startedMs) < 1_000;
  }

  setClockOffset(offsetMs: number | null): void {
    const { clock } = this.#deps;
    this.#capture.setOffset(offsetMs, clock.now(), clock.monotonicMs());
    this.#audioCapture?.setOffset(offsetMs, clock.now(), clock.monotonicMs());
  }

  onRtp(track: number, bytes: Buffer): void {
    if (track !== videoTrack && !this.#deps.wantsSound()) {
      // Sound that nobody hears is only known to be there.
      this.#lastSoundMs = this.#deps.clock.monotonicMs();
      return;
    }
    let packet: RtpPacket;
    try {
      packet = parseRtpPacket(bytes);
    } catch (error) {
      if (!(error instanceof RtpError)) throw error;
      this.#malformed += 1;
      return;
    }
    const nowMs = this.#deps.clock.monotonicMs();
    this.#receptions[track]?.onPacket(packet.ssrc, packet.sequence, packet.timestamp, nowMs);
    const reorder = this.#reorder[track];
    if (reorder) reorder.push(packet, nowMs);
    else this.#take(track, packet);
  }

  onRtcp(track: number, bytes: Buffer): void {
    try {
      for (const report of parseRtcp(bytes).senderReports) {
        this.#receptions[track]?.onSenderReport(report, this.#deps.clock.monotonicMs());
        (track === videoTrack ? this.#capture : this.#audioCapture)?.onSenderReport(report);
      }
    } catch (error) {
      if (!(error instanceof RtpError)) throw error;
      this.#malformed += 1;
    }
  }

  receiverReports(): readonly { readonly track: number; readonly packet: Buffer }[] {
    const nowMs = this.#deps.clock.monotonicMs();
    return this.#receptions.flatMap((reception, track) => {
      const block = reception.block(nowMs);
      return block ? [{ track, packet: buildReceiverReport(ownSsrc + track, block, "watchfloor") }] : [];
    });
  }

  #take(track: number, packet: RtpPacket): void {
    if (track === videoTrack) this.#depacketizer.push(packet);
    else this.#audio?.push(packet);
  }

  #onUnit(unit: AccessUnit): void {
    const { clock, video } = this.#deps;
    const nowMs = clock.monotonicMs();
    this.#frames ??= new FrameClock(video.sdp.clockRate, this.#deps.startTicks());
    const timed = this.#frames.next(unit.timestamp, nowMs);
    const arrivedAt = clock.now();
    const captured = this.#capture.capture(unit.timestamp, arrivedAt, nowMs, timed.latenessMs);
    const { capturedAt, deviceAt } = captured;
    const times = { capturedAt, arrivedAt, ...(deviceAt === undefined ? {} : { deviceAt }) };
    this.#latenessMs = timed.latenessMs;
    this.#lastVideo = { rtp: unit.timestamp };
    this.#isByArrival = captured.isByArrival || timed.isByArrival;
    try {
      if (this.#muxer.push(unit, timed.presentation, times)) this.#lastFrameMs = nowMs;
      else this.#depacketizer.waitForKeyframe();
    } catch (error) {
      if (!(error instanceof NalError) && !(error instanceof Fmp4Error)) throw error;
      this.#failure = error;
      this.#depacketizer.waitForKeyframe();
    }
  }

  #onSound(frame: { readonly timestamp: number; readonly bytes: Buffer; readonly samples: number }): void {
    const { clock } = this.#deps;
    const nowMs = clock.monotonicMs();
    this.#lastSoundMs = nowMs;
    const frames = this.#frames;
    if (frames === undefined || this.#epoch === 0) return;
    const soundTime = this.#audioCapture?.deviceTime(frame.timestamp);
    const videoTime = this.#lastVideo && this.#capture.deviceTime(this.#lastVideo.rtp);
    const videoPlace = this.#lastVideo && frames.atTimestamp(this.#lastVideo.rtp);
    const hasReports = soundTime !== undefined && videoTime !== undefined && videoPlace !== undefined;
    this.#soundMuxer?.push(frame, nowMs, clock.now(), {
      byReports: hasReports ? videoPlace + (soundTime - videoTime) * 90 : undefined,
      byArrival: frames.atArrival(nowMs),
    });
  }
}
