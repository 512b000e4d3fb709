import type { Socket } from "node:net";
import type { SceneStream } from "../scenes/scene.ts";
import type { CameraContext } from "./camera-context.ts";
import { InterleavedSink, UdpSink, type PacketSink } from "./packet-sink.ts";
import { pathCounters } from "./rtsp-counters.ts";
import { tracksOf } from "./session-description.ts";
import { TrackSender } from "./track-sender.ts";
import type { TransportChoice } from "./transport-header.ts";
import { bindUdpPair } from "./udp-ports.ts";

/** One client's session on one path: its tracks, whether it plays, when it was last heard of. */
export class RtspSession {
  readonly id: string;
  readonly path: string;
  readonly #context: CameraContext;
  readonly #stream: SceneStream;
  readonly #socket: Socket;
  readonly #senders = new Map<number, TrackSender>();
  #isPlaying = false;
  #isClosed = false;
  #heardAt: number;

  constructor(deps: {
    readonly id: string;
    readonly path: string;
    readonly stream: SceneStream;
    readonly socket: Socket;
    readonly context: CameraContext;
  }) {
    this.id = deps.id;
    this.path = deps.path;
    this.#context = deps.context;
    this.#stream = deps.stream;
    this.#socket = deps.socket;
    this.#heardAt = deps.context.clock.monotonicMs();
    deps.context.counters.sessionsOpened += 1;
    deps.context.counters.sessions += 1;
  }

  /** The client sent something: a request of this session or a report. */
  heard(): void {
    this.#heardAt = this.#context.clock.monotonicMs();
  }

  get isOverdue(): boolean {
    return this.#context.clock.monotonicMs() - this.#heardAt > this.#context.sessionTimeoutS * 1_000;
  }

  /**
   * Sets up one track.
   *
   * @returns the Transport header of the reply, or undefined when there is no such track.
   */
  async setup(trackIndex: number, choice: TransportChoice): Promise<string | undefined> {
    const track = tracksOf(this.#stream)[trackIndex];
    if (track === undefined) return undefined;
    const { sink, transport } = await this.#open(trackIndex, choice);
    if (this.#isClosed) {
      sink.close();
      return undefined;
    }
    const other = track.kind === "video" ? this.#otherStream()?.video : undefined;
    this.#senders.get(trackIndex)?.close();
    const sender = new TrackSender({ context: this.#context, path: this.path, track, other, sink });
    this.#senders.set(trackIndex, sender);
    return `${transport};ssrc=${sender.ssrc.toString(16).padStart(8, "0").toUpperCase()};mode="PLAY"`;
  }

  /** Starts every track; the RTP-Info header of the reply. */
  play(uri: string): string {
    if (!this.#isPlaying) pathCounters(this.#context.counters, this.path).playing += 1;
    this.#isPlaying = true;
    const base = uri.replace(/\/$/, "");
    const parts = [...this.#senders].map(([index, sender]) => {
      const { sequence, rtpTimestamp } = sender.play();
      return `url=${base}/trackID=${index};seq=${sequence};rtptime=${rtpTimestamp}`;
    });
    return parts.join(",");
  }

  pause(): void {
    if (this.#isPlaying) pathCounters(this.#context.counters, this.path).playing -= 1;
    this.#isPlaying = false;
    for (const sender of this.#senders.values()) sender.pause();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const sender of this.#senders.values()) sender.close();
    this.pause();
    this.#context.counters.sessions -= 1;
  }

  async #open(trackIndex: number, choice: TransportChoice): Promise<{ sink: PacketSink; transport: string }> {
    const { counters, faults, log, random } = this.#context;
    if (choice.kind === "tcp") {
      const channels = choice.channels ?? ([trackIndex * 2, trackIndex * 2 + 1] as const);
      const onSlow = (): void => {
        counters.slowClientsDropped += 1;
        log("client does not read, given up", { path: this.path });
        this.#socket.destroy();
      };
      const sink = new InterleavedSink({ socket: this.#socket, channels, onSlow });
      return { sink, transport: `RTP/AVP/TCP;unicast;interleaved=${channels.join("-")}` };
    }
    const clientAddress = this.#socket.remoteAddress ?? "";
    const ports = await bindUdpPair(this.#context.host, (error) => {
      log("UDP socket failed", { path: this.path, error: error.message });
    });
    ports.rtcp.on("message", () => {
      counters.receiverReports += 1;
      this.heard();
    });
    const sink = new UdpSink({
      rtp: ports.rtp,
      rtcp: ports.rtcp,
      clientAddress,
      clientPorts: choice.clientPorts,
      reorderShare: () => faults.of("rtsp-reorder", this.path)?.share ?? 0,
      random,
    });
    const server = `${ports.port}-${ports.port + 1}`;
    return {
      sink,
      transport: `RTP/AVP;unicast;client_port=${choice.clientPorts.join("-")};server_port=${server}`,
    };
  }

  /** What `rtsp-resolution-change` shows: the first other path with the same video codec. */
  #otherStream(): SceneStream | undefined {
    for (const [path, stream] of this.#context.streams) {
      if (path !== this.path && stream.video.codec === this.#stream.video.codec) return stream;
    }
    return undefined;
  }
}
