import { connect, type Socket } from "node:net";
import type { Clock } from "../../../shared/base/clock.ts";
import { RtspError } from "./rtsp-error.ts";
import { RtspFramer } from "./rtsp-framer.ts";
import type { RtspMessage, RtspResponse } from "./rtsp-message.ts";
import type { RtspAddress } from "./rtsp-url.ts";

export interface ConnectionDeps {
  readonly address: RtspAddress;
  readonly clock: Clock;
  readonly userAgent: string;
  /** Longest wait for the TCP connection, ms. */
  readonly connectMs: number;
  /** Longest wait for one reply, ms. */
  readonly replyMs: number;
  /** One interleaved packet; the bytes are valid only during the call. */
  readonly onPacket: (channel: number, packet: Buffer) => void;
  readonly isChannel: (channel: number) => boolean;
}

interface Waiting {
  readonly resolve: (response: RtspResponse) => void;
  readonly reject: (error: RtspError) => void;
}

const readBufferBytes = 64 * 1024;

/**
 * One TCP connection to one RTSP server: requests by CSeq, interleaved packets, an end with a reason.
 *
 * Everything that waits has a deadline. The first failure ends it for good and is kept as `ended`.
 */
export class RtspConnection {
  readonly #deps: ConnectionDeps;
  readonly #waiting = new Map<number, Waiting>();
  readonly #framer: RtspFramer;
  #socket: Socket | undefined;
  #sequence = 0;
  #failure: RtspError | undefined;
  #onEnd: (error: RtspError) => void = () => {};
  /** Rejects when the connection is over; never resolves. */
  readonly ended: Promise<never>;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#framer = new RtspFramer({
      isChannel: deps.isChannel,
      onPacket: deps.onPacket,
      onMessage: (message) => this.#receive(message),
    });
    this.ended = new Promise((_, reject) => {
      this.#onEnd = reject;
    });
    // Whoever cares awaits `ended`; a connection closed before that is not a fault of the process.
    this.ended.catch(() => {});
  }

  get noiseBytes(): number {
    return this.#framer.noiseBytes;
  }

  get localAddress(): string | undefined {
    return this.#socket?.localAddress;
  }

  get remoteAddress(): string | undefined {
    return this.#socket?.remoteAddress;
  }

  /** Reads no further, or goes on. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#socket?.pause();
    else this.#socket?.resume();
  }

  /** Connects. @throws RtspError `unreachable`, `refused`, `timeout`. */
  async open(signal: AbortSignal): Promise<void> {
    const { host, port } = this.#deps.address;
    const buffer = Buffer.allocUnsafeSlow(readBufferBytes);
    const connected = new Promise<void>((resolve) => {
      const socket = connect({
        host,
        port,
        noDelay: true,
        keepAlive: true,
        onread: {
          buffer,
          callback: (length) => {
            this.#read(buffer.subarray(0, length));
            return true;
          },
        },
      });
      this.#socket = socket;
      socket.once("connect", () => resolve());
      socket.on("error", (cause) => this.#fail(socketError(cause)));
      socket.on("close", () => this.#fail(new RtspError("closed", "the camera closed the connection")));
      socket.on("end", () => this.#fail(new RtspError("closed", "the camera closed the connection")));
    });
    await this.#within(connected, this.#deps.connectMs, "the camera did not accept a connection", signal);
  }

  /**
   * Sends a request and waits for its reply, whatever its status.
   *
   * @throws RtspError `timeout`, or why the connection ended.
   */
  async request(
    method: string,
    uri: string,
    headers: readonly (readonly [string, string])[],
    signal: AbortSignal,
  ): Promise<RtspResponse> {
    if (this.#failure) throw this.#failure;
    this.#sequence += 1;
    const sequence = this.#sequence;
    const lines = [
      `${method} ${uri} RTSP/1.0`,
      `CSeq: ${sequence}`,
      `User-Agent: ${this.#deps.userAgent}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
    ];
    const reply = new Promise<RtspResponse>((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject });
    });
    reply.catch(() => {});
    this.#socket?.write(`${lines.join("\r\n")}\r\n\r\n`, "utf8");
    try {
      return await this.#within(reply, this.#deps.replyMs, `the camera did not answer ${method}`, signal);
    } finally {
      this.#waiting.delete(sequence);
    }
  }

  /** Sends an interleaved packet; dropped when the socket does not take it. */
  send(channel: number, packet: Buffer): void {
    const socket = this.#socket;
    if (this.#failure || !socket || socket.writableLength > 64 * 1024) return;
    const head = Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]);
    socket.write(Buffer.concat([head, packet]));
  }

  /** Ends it now. */
  close(reason = new RtspError("closed", "closed by us")): void {
    this.#fail(reason);
  }

  async #within<T>(work: Promise<T>, limitMs: number, late: string, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const waits = new AbortController();
    const abort = (): void => waits.abort(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    const deadline = this.#deps.clock.sleep(limitMs, waits.signal).then(() => {
      throw new RtspError("timeout", `${late} within ${Math.round(limitMs / 1000)} s`);
    });
    deadline.catch(() => {});
    try {
      return await Promise.race([work, deadline, this.ended]);
    } finally {
      signal.removeEventListener("abort", abort);
      waits.abort(new Error("wait over"));
    }
  }

  #read(chunk: Buffer): void {
    if (this.#failure) return;
    try {
      this.#framer.push(chunk);
    } catch (cause) {
      this.#fail(
        cause instanceof RtspError ? cause : new RtspError("garbage", "unreadable bytes", { cause }),
      );
    }
  }

  #receive(message: RtspMessage): void {
    const sequence = Number(message.headers.get("cseq"));
    if (message.kind === "response") {
      // Without a usable CSeq the oldest request is meant: replies come in order.
      const key = this.#waiting.has(sequence) ? sequence : this.#waiting.keys().next().value;
      const waiting = key === undefined ? undefined : this.#waiting.get(key);
      if (key === undefined || waiting === undefined) return;
      if (Number.isInteger(sequence) && key !== sequence) return;
      this.#waiting.delete(key);
      waiting.resolve(message);
      return;
    }
    if (message.method === "REDIRECT" || message.method === "TEARDOWN") {
      this.#fail(new RtspError("closed", "the camera ended the session"));
      return;
    }
    const known = ["OPTIONS", "GET_PARAMETER", "SET_PARAMETER"].includes(message.method);
    const status = known ? "200 OK" : "501 Not Implemented";
    const echo = Number.isInteger(sequence) ? `CSeq: ${sequence}\r\n` : "";
    this.#socket?.write(`RTSP/1.0 ${status}\r\n${echo}\r\n`);
  }

  #fail(error: RtspError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#socket?.destroy();
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    this.#onEnd(error);
  }
}

function socketError(cause: NodeJS.ErrnoException): RtspError {
  switch (cause.code ?? "") {
    case "ECONNREFUSED":
      return new RtspError("refused", "nothing answers on the stream's port", { cause });
    case "ECONNRESET":
    case "EPIPE":
      return new RtspError("closed", "the camera broke the connection off", { cause });
    case "ETIMEDOUT":
      return new RtspError("timeout", "the camera did not accept a connection", { cause });
    default:
      return new RtspError("unreachable", "the camera's address cannot be reached", { cause });
  }
}
