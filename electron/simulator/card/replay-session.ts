import type { Socket } from "node:net";
import type { CameraContext } from "../rtsp/camera-context.ts";
import { InterleavedSink } from "../rtsp/packet-sink.ts";
import type { SceneStream } from "../scenes/scene.ts";
import type { TransportChoice } from "../rtsp/transport-header.ts";
import type { MemoryCard } from "./memory-card.ts";
import { parseClockRange } from "./replay-range.ts";
import { ReplaySender } from "./replay-sender.ts";

export interface ReplaySessionDeps {
  readonly id: string;
  readonly path: string;
  readonly stream: SceneStream;
  readonly card: MemoryCard;
  readonly socket: Socket;
  readonly context: CameraContext;
}

/** One client's session on what the card holds (ONVIF Streaming specification, 6): pictures only, over TCP only. */
export class ReplaySession {
  readonly id: string;
  readonly path: string;
  readonly #deps: ReplaySessionDeps;
  #sender: ReplaySender | undefined;
  #isClosed = false;
  #heardAt: number;

  constructor(deps: ReplaySessionDeps) {
    this.id = deps.id;
    this.path = deps.path;
    this.#deps = deps;
    this.#heardAt = deps.context.clock.monotonicMs();
    deps.context.counters.sessionsOpened += 1;
    deps.context.counters.sessions += 1;
  }

  /** The client sent something. */
  heard(): void {
    this.#heardAt = this.#deps.context.clock.monotonicMs();
  }

  get isOverdue(): boolean {
    const { clock, sessionTimeoutS } = this.#deps.context;
    return clock.monotonicMs() - this.#heardAt > sessionTimeoutS * 1_000;
  }

  /** The Transport header of the reply; undefined where there is no such track. */
  setup(trackIndex: number, choice: TransportChoice): string | undefined {
    if (trackIndex !== 0 || choice.kind !== "tcp" || this.#isClosed) return undefined;
    const { context, card, socket, stream, path } = this.#deps;
    const channels = choice.channels ?? ([0, 1] as const);
    const onSlow = (): void => {
      context.log("replay: the client does not read, given up", { path });
      socket.destroy();
    };
    const sink = new InterleavedSink({ socket, channels, onSlow });
    this.#sender?.close();
    this.#sender = new ReplaySender({ context, card, track: stream.video, sink, socket });
    const ssrc = this.#sender.ssrc.toString(16).padStart(8, "0").toUpperCase();
    return `RTP/AVP/TCP;unicast;interleaved=${channels.join("-")};ssrc=${ssrc};mode="PLAY"`;
  }

  /**
   * Starts at an absolute time by the camera's clock.
   *
   * @returns headers of the reply, or undefined when the range cannot be played.
   */
  playRange(uri: string, headers: ReadonlyMap<string, string>): readonly string[] | undefined {
    const { clock } = this.#deps.context;
    const header = headers.get("range") ?? "";
    const range = parseClockRange(header);
    const sender = this.#sender;
    if (range === undefined || sender === undefined) return undefined;
    const skewMs = clock.cameraNow() - clock.now();
    const span = { from: range.from - skewMs, to: range.to - skewMs };
    const isPaced = headers.get("rate-control")?.toLowerCase() !== "no";
    const sequence = sender.play(span, isPaced);
    return [`Range: ${header}`, `RTP-Info: url=${uri.replace(/\/$/, "")}/trackID=0;seq=${sequence}`];
  }

  pause(): void {
    this.#sender?.pause();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sender?.close();
    this.#deps.context.counters.sessions -= 1;
  }
}
