import * as http from "node:http";
import * as https from "node:https";
import { isIPv6 } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { connectionError, SoapError } from "./soap-error.ts";

/** The one host this connection ever talks to. */
export interface HttpTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** SHA-256 of the certificate accepted before, lower-case hex; null: trust what is met first. */
  readonly fingerprint: string | null;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The whole exchange, from the first byte out to the last byte in, must be over by then. */
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpReply {
  readonly status: number;
  /** Every `WWW-Authenticate` header. */
  readonly challenges: readonly string[];
  readonly location: string | undefined;
  readonly date: string | undefined;
  readonly body: Uint8Array;
}

/** 4 MB: the largest honest answer seen is a tenth of it. */
export const defaultMaxBytes = 4 * 1024 * 1024;

/**
 * Keep-alive HTTP to exactly one host and port.
 *
 * Redirects are not followed. The deadline is absolute, so a device that sends a byte now and then cannot
 * hold a call. Over TLS the certificate is pinned: the first one met is remembered (`fingerprint`), another
 * one later ends the connection before anything is sent. Every rejection is a `SoapError`.
 */
export class HttpConnection {
  readonly #target: HttpTarget;
  readonly #agent: http.Agent;
  #fingerprint: string | null;

  constructor(target: HttpTarget) {
    this.#target = target;
    this.#fingerprint = target.fingerprint;
    const options = { keepAlive: true, maxSockets: 4, maxFreeSockets: 2, keepAliveMsecs: 5_000 };
    this.#agent = target.tls
      ? new PinnedAgent(options, (socket) => this.#checkCertificate(socket))
      : new http.Agent(options);
  }

  /** Of the certificate met or given; null without TLS or before the first exchange. */
  get fingerprint(): string | null {
    return this.#fingerprint;
  }

  /** Closes idle and busy sockets. */
  close(): void {
    this.#agent.destroy();
  }

  /** One request and its whole answer; repeats it once when a kept-alive socket turned out to be dead. */
  async exchange(request: HttpRequest): Promise<HttpReply> {
    const attempt = { isReused: false, hasAnswered: false };
    try {
      return await this.#once(request, attempt);
    } catch (error) {
      const isDeadSocket =
        error instanceof SoapError && error.reason === "closed" && attempt.isReused && !attempt.hasAnswered;
      if (!isDeadSocket) throw error;
      return this.#once(request, { isReused: false, hasAnswered: false });
    }
  }

  #once(request: HttpRequest, attempt: { isReused: boolean; hasAnswered: boolean }): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (request.signal?.aborted) {
        reject(cancelled());
        return;
      }
      const outgoing = this.#open(request);
      const abort = (): void => finish(cancelled());
      const timer = setTimeout(() => {
        const words = attempt.hasAnswered ? "the answer did not end in time" : "no answer in time";
        finish(new SoapError({ reason: "timeout", words }));
      }, request.deadlineMs);
      const finish = (outcome: SoapError | HttpReply): void => {
        clearTimeout(timer);
        request.signal?.removeEventListener("abort", abort);
        if (outcome instanceof SoapError) {
          reject(outcome);
          outgoing.destroy();
        } else resolve(outcome);
      };
      request.signal?.addEventListener("abort", abort, { once: true });
      outgoing.on("error", (error) => {
        attempt.isReused = outgoing.reusedSocket;
        finish(connectionError(error));
      });
      outgoing.on("response", (incoming) => {
        attempt.hasAnswered = true;
        collect(incoming, request.maxBytes, finish);
      });
      outgoing.end(request.body);
    });
  }

  #open(request: HttpRequest): http.ClientRequest {
    const { host, port, tls } = this.#target;
    const options: https.RequestOptions = {
      host,
      port,
      method: request.method,
      path: request.path,
      agent: this.#agent,
      maxHeaderSize: 16_384,
      headers: {
        Host: hostHeader(this.#target),
        "Content-Length": String(request.body.length),
        ...request.headers,
      },
    };
    return tls ? https.request(options) : http.request(options);
  }

  #checkCertificate(socket: TLSSocket): SoapError | undefined {
    const met = socket.getPeerCertificate().fingerprint256?.replaceAll(":", "").toLowerCase();
    if (met === undefined || met === "") {
      return new SoapError({ reason: "garbage", words: "the device showed no certificate" });
    }
    if (this.#fingerprint !== null && this.#fingerprint !== met) {
      const words = "the device shows another certificate than before; nothing was sent to it";
      return new SoapError({ reason: "identity-changed", words });
    }
    this.#fingerprint = met;
    return undefined;
  }
}

/** Hands a TLS socket to HTTP only after its certificate was checked. */
class PinnedAgent extends https.Agent {
  readonly #check: (socket: TLSSocket) => SoapError | undefined;

  constructor(options: https.AgentOptions, check: (socket: TLSSocket) => SoapError | undefined) {
    super(options);
    this.#check = check;
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: TLSSocket) => void,
  ): undefined {
    const socket = connectTls({
      host: options.host ?? "",
      port: Number(options.port),
      // Cameras sign their own certificates: they are recognised, not certified.
      rejectUnauthorized: false,
      minVersion: "TLSv1.2",
    });
    const fail = (error: Error): void => callback?.(error, socket);
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      socket.off("error", fail);
      const problem = this.#check(socket);
      if (problem === undefined) callback?.(null, socket);
      else {
        socket.destroy();
        callback?.(problem, socket);
      }
    });
    return undefined;
  }
}

function collect(
  incoming: http.IncomingMessage,
  maxBytes: number,
  finish: (outcome: SoapError | HttpReply) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const tooLarge = (): void =>
    finish(new SoapError({ reason: "too-large", words: `the answer is larger than ${maxBytes} bytes` }));
  if (Number(incoming.headers["content-length"]) > maxBytes) {
    tooLarge();
    return;
  }
  incoming.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) tooLarge();
    else chunks.push(chunk);
  });
  incoming.on("error", (error) => finish(connectionError(error)));
  incoming.on("aborted", () =>
    finish(connectionError(Object.assign(new Error("aborted"), { code: "ECONNRESET" }))),
  );
  incoming.on("end", () => {
    const challenges: string[] = [];
    for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
      const value = incoming.rawHeaders[index + 1];
      if (incoming.rawHeaders[index]?.toLowerCase() === "www-authenticate" && value !== undefined) {
        challenges.push(value);
      }
    }
    finish({
      status: incoming.statusCode ?? 0,
      challenges,
      location: incoming.headers.location,
      date: incoming.headers.date,
      body: Buffer.concat(chunks),
    });
  });
}

const cancelled = (): SoapError => new SoapError({ reason: "closed", words: "cancelled" });

function hostHeader({ host, port, tls }: HttpTarget): string {
  const bare = host.split("%")[0] ?? host;
  const name = isIPv6(bare) ? `[${bare}]` : bare;
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`;
}
