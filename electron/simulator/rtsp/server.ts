import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { systemClock, type Clock } from "../../../shared/base/clock.ts";
import type { Stoppable } from "../../../shared/base/lifetime.ts";
import type { MemoryCard } from "../card/memory-card.ts";
import type { SceneStream } from "../scenes/scene.ts";
import type { CameraClock, CameraContext, RtspLog } from "./camera-context.ts";
import { FramePump } from "./frame-pump.ts";
import type { RtspAuth } from "./rtsp-auth.ts";
import { RtspConnection } from "./rtsp-connection.ts";
import { newRtspCounters, type RtspCounters } from "./rtsp-counters.ts";
import { RtspFaults } from "./rtsp-fault.ts";

const sweepMs = 500;

export interface RtspServerOptions {
  /** Address to listen on; UDP packets leave from it too. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What is served under which path: `/main`, `/sub`. */
  readonly streams: ReadonlyMap<string, SceneStream>;
  /** What it recorded itself, replayed under `/replay/main`; left out: it has no card. */
  readonly card?: MemoryCard | undefined;
  /** Asked at every request, so that logins may change while it runs. */
  readonly auth?: RtspAuth | (() => RtspAuth);
  /** What the camera believes the time is (ms UTC), for sender reports; the true time when absent. */
  readonly cameraNow?: () => number;
  /** True time; the computer's when absent. */
  readonly clock?: Clock;
  /** Give all servers of a process the same pump: one timer, one copy of the packets. */
  readonly pump?: FramePump;
  /** Looked at all the time; switch faults on and off on this object. */
  readonly faults?: RtspFaults;
  readonly log?: RtspLog;
  readonly sessionTimeoutS?: number;
  readonly transports?: readonly ("tcp" | "udp")[];
  readonly senderReportIntervalMs?: number;
  /** A number in [0, 1). */
  readonly random?: () => number;
}

/** One simulated camera's RTSP server, listening. */
export interface RtspServer extends Stoppable {
  readonly port: number;
  readonly counters: RtspCounters;
  readonly faults: RtspFaults;
  /** Cuts every connection once; new ones are welcome. Returns how many there were. */
  killConnections(): number;
}

/**
 * Starts an RTSP server (RFC 2326) that plays looping scenes in step with the wall clock.
 *
 * @throws when the address or port cannot be bound.
 */
export async function startRtspServer(options: RtspServerOptions): Promise<RtspServer> {
  const server = new ListeningServer(options);
  await server.listen();
  return server;
}

class ListeningServer implements RtspServer {
  readonly faults: RtspFaults;
  readonly counters = newRtspCounters();
  readonly #options: RtspServerOptions;
  readonly #clock: Clock;
  readonly #context: CameraContext;
  readonly #connections = new Set<RtspConnection>();
  readonly #ended = new AbortController();
  readonly #stopHearing: () => void;
  #listener: Server | undefined;
  #port: number;
  #changes: Promise<void> = Promise.resolve();

  constructor(options: RtspServerOptions) {
    const clock = options.clock ?? systemClock;
    const { auth = { kind: "none" } } = options;
    this.#options = options;
    this.#clock = clock;
    this.#port = options.port;
    this.faults = options.faults ?? new RtspFaults();
    this.#context = {
      host: options.host,
      streams: options.streams,
      card: options.card,
      auth: typeof auth === "function" ? auth : () => auth,
      clock: cameraClock(clock, options.cameraNow),
      faults: this.faults,
      pump: options.pump ?? new FramePump({ clock }),
      counters: this.counters,
      log: options.log ?? silent,
      random: options.random ?? Math.random,
      sessionTimeoutS: options.sessionTimeoutS ?? 60,
      transports: options.transports ?? ["tcp", "udp"],
      senderReportIntervalMs: options.senderReportIntervalMs ?? 5_000,
    };
    this.#stopHearing = this.faults.onChange(() => this.#followFaults());
  }

  get port(): number {
    return this.#port;
  }

  async listen(): Promise<void> {
    if (!this.faults.has("rtsp-refuse")) await this.#open();
    void this.#sweep(this.#ended.signal);
  }

  killConnections(): number {
    const count = this.#connections.size;
    for (const connection of this.#connections) connection.destroy();
    return count;
  }

  async stop(): Promise<void> {
    this.#ended.abort(new Error("stopped"));
    this.#stopHearing();
    await this.#changes;
    await this.#close();
  }

  #open(): Promise<void> {
    const listener = createServer((socket) => this.#accept(socket));
    this.#listener = listener;
    return new Promise((resolve, reject) => {
      listener.once("error", reject);
      listener.listen({ host: this.#options.host, port: this.#port }, () => {
        listener.removeListener("error", reject);
        listener.on("error", (error) => this.#context.log("listener failed", { error: error.message }));
        this.#port = portOf(listener.address());
        resolve();
      });
    });
  }

  /** Nothing listens and nobody is connected when this resolves. */
  async #close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    if (listener === undefined) return;
    const closed = new Promise<void>((resolve) => {
      listener.close(() => resolve());
    });
    this.killConnections();
    await closed;
  }

  #accept(socket: Socket): void {
    this.counters.connections += 1;
    this.counters.connected += 1;
    const connection = new RtspConnection({ socket, context: this.#context });
    this.#connections.add(connection);
    socket.on("close", () => {
      this.#connections.delete(connection);
      this.counters.connected -= 1;
    });
  }

  /** Opens or closes the door as `rtsp-refuse` wants it, one change after the other. */
  #followFaults(): void {
    this.#changes = this.#changes
      .then(async () => {
        if (this.#ended.signal.aborted) return;
        const isRefusing = this.faults.has("rtsp-refuse");
        if (isRefusing) await this.#close();
        else if (this.#listener === undefined) await this.#open();
      })
      .catch((error: unknown) => {
        this.#listener = undefined;
        this.#context.log("cannot listen again", { error: String(error) });
      });
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(sweepMs, signal).catch(stopped);
      for (const connection of this.#connections) connection.endOverdue();
    }
  }
}

function cameraClock(clock: Clock, cameraNow: (() => number) | undefined): CameraClock {
  return {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    cameraNow: cameraNow ?? ((): number => clock.now()),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}

/** The sweep's sleep ends when the server stops. */
function stopped(): void {}

function silent(): void {}
