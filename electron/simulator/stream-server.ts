import type { Clock } from "../../shared/base/clock.ts";
import type { UserAccounts } from "./auth/user-accounts.ts";
import type { MemoryCard } from "./card/memory-card.ts";
import type { FramePump } from "./rtsp/frame-pump.ts";
import type { RtspAuth } from "./rtsp/rtsp-auth.ts";
import type { RtspCounters } from "./rtsp/rtsp-counters.ts";
import { RtspFaults, type RtspFault, type RtspFaultKind } from "./rtsp/rtsp-fault.ts";
import { startRtspServer, type RtspServer } from "./rtsp/server.ts";
import type { SceneStream } from "./scenes/scene.ts";
import type { AuthSpec } from "./site-options.ts";
import type { FaultKind } from "./fault.ts";

/** The RTSP side of one camera: a server while it is on, faults that outlive a reboot. */
export class StreamServer {
  readonly #deps: StreamServerDeps;
  readonly #faults = new RtspFaults();
  #server: RtspServer | undefined;

  constructor(deps: StreamServerDeps) {
    this.#deps = deps;
  }

  get counters(): RtspCounters | undefined {
    return this.#server?.counters;
  }

  /** Listens; returns the port. Without streams nothing listens and the port asked for is told. */
  async start(host: string, port: number): Promise<number> {
    const { streams, pump, clock, cameraClock, card } = this.#deps;
    if (streams === undefined) return port;
    this.#server = await startRtspServer({
      host,
      port,
      streams,
      pump,
      clock,
      card,
      cameraNow: () => cameraClock.now(),
      auth: this.#auth(),
      faults: this.#faults,
    });
    return this.#server.port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.stop();
  }

  setFault(fault: RtspFault): void {
    this.#faults.set(fault);
  }

  clearFault(kind: FaultKind): void {
    if (isForServer(kind)) this.#faults.clear(kind);
  }

  killConnections(): void {
    this.#server?.killConnections();
  }

  /** Cameras that want UsernameToken over HTTP speak digest over RTSP, as real ones do. */
  #auth(): RtspAuth {
    const { auth, accounts } = this.#deps;
    const passwordOf = (username: string): string | undefined =>
      accounts.lockedForMs(username) > 0 ? undefined : accounts.find(username)?.password;
    switch (auth.kind) {
      case "none":
        return { kind: "none" };
      case "basic":
        return { kind: "basic", passwordOf };
      case "username-token":
        return { kind: "digest", algorithms: ["MD5"], passwordOf };
      case "digest":
        return { kind: "digest", algorithms: auth.algorithms, passwordOf };
    }
  }
}

/** What the RTSP side of a camera is made from. */
export interface StreamServerDeps {
  /** By path; undefined: this camera has no RTSP. */
  readonly streams: ReadonlyMap<string, SceneStream> | undefined;
  readonly pump: FramePump;
  readonly clock: Clock;
  readonly cameraClock: Clock;
  readonly auth: AuthSpec;
  readonly accounts: UserAccounts;
  readonly card: MemoryCard | undefined;
}

function isForServer(kind: FaultKind): kind is RtspFaultKind {
  return kind.startsWith("rtsp-") && kind !== "rtsp-kill";
}
