import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { replayFolder } from "../card/replay-service.ts";
import { ReplaySession } from "../card/replay-session.ts";
import type { SceneStream } from "../scenes/scene.ts";
import type { CameraContext } from "./camera-context.ts";
import { RtspGatekeeper } from "./rtsp-auth.ts";
import { RtspReplyWriter } from "./rtsp-reply.ts";
import { RtspRequestError, RtspRequestReader, type RtspInput, type RtspRequest } from "./rtsp-request.ts";
import { RtspSession } from "./rtsp-session.ts";
import { describeStream } from "./session-description.ts";
import { parseTransport } from "./transport-header.ts";

const methods = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
const mostSessions = 16;
/** The feature tag of a replay (ONVIF Streaming specification, 6.2); no other is known. */
const replayTag = "onvif-replay";

type Session = RtspSession | ReplaySession;

/** What a URI names. */
interface Target {
  readonly path: string;
  readonly stream: SceneStream;
  readonly track: number;
  readonly isReplay: boolean;
}

/** One client's connection: answers its requests in order and ends its sessions with it. */
export class RtspConnection {
  readonly #context: CameraContext;
  readonly #socket: Socket;
  readonly #reply: RtspReplyWriter;
  readonly #reader = new RtspRequestReader();
  readonly #gatekeeper: RtspGatekeeper;
  readonly #sessions = new Map<string, Session>();
  #answering: Promise<void> = Promise.resolve();

  constructor(deps: { readonly socket: Socket; readonly context: CameraContext }) {
    const { socket, context } = deps;
    this.#socket = socket;
    this.#context = context;
    this.#reply = new RtspReplyWriter({ socket, faults: context.faults });
    this.#gatekeeper = new RtspGatekeeper(() => context.clock.monotonicMs());
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#onBytes(chunk));
    socket.on("error", (error) => context.log("connection failed", { error: error.message }));
    socket.on("close", () => this.#endSessions());
  }

  /** Cuts the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Ends sessions that were not heard of for too long, and the connection with them (RFC 2326, 12.37). */
  endOverdue(): void {
    for (const session of this.#sessions.values()) {
      if (!session.isOverdue) continue;
      this.#context.counters.sessionsTimedOut += 1;
      this.#context.log("session timed out", { path: session.path });
      this.#socket.destroy();
      return;
    }
  }

  #onBytes(chunk: Uint8Array): void {
    let inputs: RtspInput[];
    try {
      inputs = this.#reader.push(chunk);
    } catch (error) {
      if (!(error instanceof RtspRequestError)) throw error;
      this.#context.counters.badRequests += 1;
      this.#socket.removeAllListeners("data");
      this.#socket.end("RTSP/1.0 400 Bad Request\r\n\r\n");
      return;
    }
    for (const input of inputs) {
      if (input.kind === "packet") {
        this.#context.counters.receiverReports += 1;
        for (const session of this.#sessions.values()) session.heard();
      } else {
        this.#answering = this.#answering
          .then(() => this.#answer(input.request))
          .catch((error: unknown) => {
            this.#context.log("request failed", { error: String(error) });
            this.#socket.destroy();
          });
      }
    }
  }

  async #answer(request: RtspRequest): Promise<void> {
    const { counters, faults, auth } = this.#context;
    counters.requests.set(request.method, (counters.requests.get(request.method) ?? 0) + 1);
    if (faults.has("rtsp-hang")) return;
    if (request.method === "OPTIONS") {
      this.#heardOf(request);
      return this.#reply.send(request, 200, [`Public: ${methods}`]);
    }
    const rule = auth();
    const verdict = faults.has("rtsp-auth-loop")
      ? this.#gatekeeper.challenge(rule, { stale: false, refused: false })
      : this.#gatekeeper.check(rule, request);
    if (verdict.kind === "challenge") {
      if (verdict.refused) counters.refusedLogins += 1;
      return this.#reply.send(request, 401, verdict.headers);
    }
    this.#heardOf(request);
    const required = request.headers.get("require");
    if (required !== undefined && (required !== replayTag || this.#context.card === undefined)) {
      return this.#reply.send(request, 551, [`Unsupported: ${required}`]);
    }
    switch (request.method) {
      case "DESCRIBE":
        return this.#describe(request);
      case "SETUP":
        return this.#setup(request);
      case "PLAY":
      case "PAUSE":
      case "TEARDOWN":
        return this.#control(request);
      case "GET_PARAMETER":
      case "SET_PARAMETER":
        return this.#keepAlive(request);
      default:
        return this.#reply.send(request, 501, [`Allow: ${methods}`]);
    }
  }

  #describe(request: RtspRequest): void {
    const target = this.#target(request.uri);
    if (target === undefined) return this.#reply.send(request, 404);
    const base = request.uri.replace(/\/?$/, "/");
    const body = describeStream(target.stream, this.#context.host);
    this.#reply.send(request, 200, [`Content-Base: ${base}`, "Content-Type: application/sdp"], body);
  }

  async #setup(request: RtspRequest): Promise<void> {
    const target = this.#target(request.uri);
    if (target === undefined) return this.#reply.send(request, 404);
    const choice = parseTransport(request.headers.get("transport") ?? "");
    if (target.isReplay && choice?.kind === "udp") return this.#reply.send(request, 461);
    if (choice === undefined || !this.#context.transports.includes(choice.kind)) {
      return this.#reply.send(request, 461);
    }
    const known = this.#sessionOf(request);
    if (known === undefined && request.headers.has("session")) return this.#reply.send(request, 454);
    if (known === undefined && this.#sessions.size >= mostSessions) return this.#reply.send(request, 453);
    const session = known ?? this.#openSession(target);
    const transport = await session.setup(target.track, choice);
    if (transport === undefined) return this.#reply.send(request, 404);
    const timeout = this.#context.sessionTimeoutS;
    this.#reply.send(request, 200, [`Session: ${session.id};timeout=${timeout}`, `Transport: ${transport}`]);
  }

  #control(request: RtspRequest): void {
    const session = this.#sessionOf(request);
    if (session === undefined) return this.#reply.send(request, 454);
    const head = [`Session: ${session.id}`];
    if (request.method === "PLAY" && session instanceof ReplaySession) {
      const played = session.playRange(request.uri, request.headers);
      if (played === undefined) return this.#reply.send(request, 457, head);
      head.push(...played);
    } else if (request.method === "PLAY" && session instanceof RtspSession) {
      head.push("Range: npt=now-", `RTP-Info: ${session.play(request.uri)}`);
    } else if (request.method === "PAUSE") {
      session.pause();
    } else {
      session.close();
      this.#sessions.delete(session.id);
    }
    this.#reply.send(request, 200, head);
  }

  #keepAlive(request: RtspRequest): void {
    const session = this.#sessionOf(request);
    if (session === undefined && request.headers.has("session")) return this.#reply.send(request, 454);
    this.#reply.send(request, 200, session === undefined ? [] : [`Session: ${session.id}`]);
  }

  #openSession({ path, stream, isReplay }: Target): Session {
    const id = randomBytes(8).toString("hex").toUpperCase();
    const { card } = this.#context;
    const deps = { id, path, stream, socket: this.#socket, context: this.#context };
    const session =
      isReplay && card !== undefined ? new ReplaySession({ ...deps, card }) : new RtspSession(deps);
    this.#sessions.set(id, session);
    return session;
  }

  #sessionOf(request: RtspRequest): Session | undefined {
    const [id = ""] = (request.headers.get("session") ?? "").split(";");
    return this.#sessions.get(id.trim());
  }

  #heardOf(request: RtspRequest): void {
    this.#sessionOf(request)?.heard();
  }

  /** The path and track a URI names: `rtsp://host:port/main/trackID=0?x` is track 0 of `/main`. */
  #target(uri: string): Target | undefined {
    const match = /^rtsps?:\/\/[^/]*(\/[^?]*?)\/?(?:trackID=(\d{1,2}))?(?:\?.*)?$/i.exec(uri);
    const [, path, track] = match ?? [];
    if (path === undefined) return undefined;
    const isReplay = this.#context.card !== undefined && path.startsWith(`${replayFolder}/`);
    const stream = this.#context.streams.get(isReplay ? path.slice(replayFolder.length) : path);
    if (stream === undefined) return undefined;
    // The card keeps pictures without sound.
    const kept = isReplay ? { video: stream.video, audio: undefined } : stream;
    return { path, stream: kept, track: Number(track ?? 0), isReplay };
  }

  #endSessions(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}
