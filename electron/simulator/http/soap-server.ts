import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Gatekeeper, LoginAttempt } from "../auth/gatekeeper.ts";
import type { UserAccount } from "../auth/user-accounts.ts";
import type { DeviceModel } from "../device-model.ts";
import { isHttpFault } from "../fault.ts";
import { concerns } from "../fault-set.ts";
import type { OnvifService } from "../onvif/operation.ts";
import { readSoap, soapEnvelope, SoapFault, soapFaultEnvelope, type SoapRequest } from "../onvif/soap.ts";
import { XmlReadError } from "../xml/read-xml.ts";
import { xml, type Xml } from "../xml/write-xml.ts";
import { findRoute, noRoute, runOperation, type Route } from "./dispatch.ts";
import {
  BodyTooLargeError,
  htmlReply,
  readBody,
  sendReply,
  soapReply,
  type HttpReply,
} from "./http-reply.ts";
import { replacesReply, sendFaulty, type ReplyFault } from "./reply-faults.ts";
import { CameraCertificate } from "./camera-certificate.ts";

const maxRequestBytes = 1_048_576;

interface Arrived {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly source: string;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/** The web server of one camera, over TLS if its spec says so: SOAP services, still pictures, and every HTTP fault. */
export class SoapServer {
  readonly #device: DeviceModel;
  readonly #services: readonly OnvifService[];
  readonly #gatekeeper: Gatekeeper;
  readonly #certificate: CameraCertificate;
  readonly #sockets = new Set<Socket>();
  #server: Server | TlsServer | undefined;
  #stopped = new AbortController();

  constructor(deps: {
    readonly device: DeviceModel;
    readonly services: readonly OnvifService[];
    readonly gatekeeper: Gatekeeper;
  }) {
    this.#certificate = new CameraCertificate(deps.device.parts);
    this.#device = deps.device;
    this.#services = deps.services;
    this.#gatekeeper = deps.gatekeeper;
  }

  /** Listens; returns the port (the one asked for, or a free one for 0). @throws what `listen` does */
  async start(host: string, port: number): Promise<number> {
    this.#stopped = new AbortController();
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#answer(request, response);
    const server =
      this.#device.parts.spec.tls === true
        ? createTlsServer(this.#certificate.shown, answer)
        : createServer(answer);
    server.on("connection", (socket: Socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port }, () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
    this.#server = server;
    return portOf(server.address());
  }

  /** Closes the listener and every connection; idempotent. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("the camera stopped"));
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.cutConnections();
    await closed;
  }

  /** Cuts every open connection. */
  cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Shows the certificate that the `new-certificate` fault asks for, or its own again. Nothing without TLS. */
  changeCertificate(): void {
    if (this.#server !== undefined && "setSecureContext" in this.#server)
      this.#server.setSecureContext(this.#certificate.shown);
    this.cutConnections();
  }

  #accept(socket: Socket): void {
    const { counters, faults } = this.#device.parts;
    counters.connections += 1;
    counters.openConnections += 1;
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      this.#sockets.delete(socket);
      counters.openConnections -= 1;
    });
    if (faults.find("drop") !== undefined) {
      counters.countFault("drop");
      socket.resetAndDestroy();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    const leave = (): void => gone.abort(new Error("the caller hung up"));
    response.once("close", leave);
    this.#stopped.signal.addEventListener("abort", leave, { once: true });
    try {
      const body = await readBody(request, maxRequestBytes);
      const path = new URL(request.url ?? "/", "http://camera").pathname;
      const source = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
      const arrived: Arrived = { request, path, source, body, signal: gone.signal };
      await (request.method === "POST"
        ? this.#answerSoap(arrived, response)
        : this.#answerGet(arrived, response));
    } catch (error) {
      if (error instanceof BodyTooLargeError) sendReply(response, htmlReply(413, { Connection: "close" }));
      else if (!gone.signal.aborted) sendReply(response, htmlReply(500));
    } finally {
      this.#stopped.signal.removeEventListener("abort", leave);
    }
  }

  async #answerSoap(arrived: Arrived, response: ServerResponse): Promise<void> {
    const { counters, clock, faults } = this.#device.parts;
    const read = readRequest(arrived.body);
    const route = read instanceof XmlReadError ? undefined : findRoute(this.#services, arrived.path, read);
    const label = read instanceof XmlReadError ? "unreadable" : (route?.label ?? `unknown.${read.operation}`);
    const name = read instanceof XmlReadError ? "" : read.operation;
    counters.countRequest(arrived.source, arrived.path, label);

    const slow = faults.find("slow");
    if (slow !== undefined && concerns(slow, name)) {
      this.#spend(slow.kind);
      await clock.sleep(slow.delayMs, arrived.signal);
    }
    const fault = this.#replyFault(name);
    if (fault !== undefined) this.#spend(fault.kind);
    const closing = name === "PullMessages" ? faults.find("closing-pull") : undefined;
    if (closing !== undefined) void this.#closeLater(arrived, closing.afterMs);
    const reply =
      fault !== undefined && replacesReply(fault)
        ? this.#witness(arrived, read)
        : await this.#replyTo(arrived, read, route);
    if (fault === undefined) sendReply(response, reply ?? htmlReply(500));
    else await sendFaulty(response, fault, reply, { clock, signal: arrived.signal });
  }

  async #replyTo(
    arrived: Arrived,
    read: SoapRequest | XmlReadError,
    route: Route | undefined,
  ): Promise<HttpReply> {
    if (read instanceof XmlReadError) {
      return soapReply(
        400,
        soapFaultEnvelope(new SoapFault(["ter:WellFormed"], "The request is not well-formed")),
      );
    }
    if (route === undefined) {
      const fault = noRoute(arrived.path, this.#services);
      return soapReply(fault.status, soapFaultEnvelope(fault));
    }
    const login = this.#login(arrived, read, route);
    if (login.kind === "reply") return login.reply;
    try {
      const { path, signal } = arrived;
      const call = { device: this.#device, body: read.body, account: login.account, path, signal };
      const header = read.messageId === undefined ? undefined : relatesTo(read.messageId);
      return soapReply(200, soapEnvelope(await runOperation(route, read, call), header));
    } catch (error) {
      if (error instanceof SoapFault) return soapReply(error.status, soapFaultEnvelope(error));
      throw error;
    }
  }

  #login(
    arrived: Arrived,
    read: SoapRequest,
    route: Route,
  ): { kind: "in"; account: UserAccount | undefined } | { kind: "reply"; reply: HttpReply } {
    const attempt = loginAttempt(arrived, read);
    if (route.operation.access === "open") {
      this.#gatekeeper.witness(attempt);
      return { kind: "in", account: undefined };
    }
    const verdict = this.#gatekeeper.admit(attempt);
    if (verdict.kind === "open") return { kind: "in", account: undefined };
    if (verdict.kind === "user") return { kind: "in", account: verdict.account };
    const reason = verdict.kind === "refuse" ? verdict.reason : "Sender not Authorized";
    const fault = new SoapFault(["ter:NotAuthorized"], reason);
    const status = verdict.challenges.length > 0 ? 401 : 400;
    return { kind: "reply", reply: soapReply(status, soapFaultEnvelope(fault), verdict.challenges) };
  }

  /** Even a request that gets no true reply showed its login. */
  #witness(arrived: Arrived, read: SoapRequest | XmlReadError): undefined {
    if (!(read instanceof XmlReadError)) this.#gatekeeper.witness(loginAttempt(arrived, read));
  }

  async #answerGet(arrived: Arrived, response: ServerResponse): Promise<void> {
    const { counters, snapshot, clock } = this.#device.parts;
    const match = /^\/onvif\/snapshot\/(\d{1,2})\.jpg$/.exec(arrived.path);
    counters.countRequest(arrived.source, arrived.path, match === null ? "http.Other" : "http.Snapshot");
    const fault = this.#replyFault("Snapshot");
    if (fault !== undefined) {
      this.#spend(fault.kind);
      await sendFaulty(response, fault, htmlReply(200), { clock, signal: arrived.signal });
      return;
    }
    const jpeg = match === null ? undefined : snapshot(Number(match[1]) - 1);
    if (jpeg === undefined) {
      sendReply(response, htmlReply(404));
      return;
    }
    const attempt = { ...loginAttempt(arrived), usernameToken: undefined };
    const verdict =
      this.#gatekeeper.spec.kind === "username-token"
        ? { kind: "open" as const }
        : this.#gatekeeper.admit(attempt);
    if (verdict.kind === "open" || verdict.kind === "user") {
      sendReply(response, {
        status: 200,
        headers: { "Content-Type": "image/jpeg" },
        body: Buffer.from(jpeg),
      });
    } else {
      sendReply(response, htmlReply(401, { "WWW-Authenticate": verdict.challenges }));
    }
  }

  #replyFault(operation: string): ReplyFault | undefined {
    for (const fault of this.#device.parts.faults.all) {
      if (isHttpFault(fault) && fault.kind !== "drop" && fault.kind !== "slow" && concerns(fault, operation))
        return fault;
    }
    return undefined;
  }

  #spend(kind: ReplyFault["kind"] | "slow"): void {
    this.#device.parts.counters.countFault(kind);
    this.#device.parts.faults.spend(kind);
  }

  async #closeLater(arrived: Arrived, afterMs: number): Promise<void> {
    const { clock, counters } = this.#device.parts;
    try {
      await clock.sleep(afterMs, arrived.signal);
    } catch (error) {
      if (arrived.signal.aborted) return;
      throw error;
    }
    counters.countFault("closing-pull");
    arrived.request.socket.destroy();
  }
}

function readRequest(body: Buffer): SoapRequest | XmlReadError {
  try {
    return readSoap(body.toString("utf8"));
  } catch (error) {
    if (error instanceof XmlReadError) return error;
    throw error;
  }
}

function loginAttempt(arrived: Arrived, read?: SoapRequest): LoginAttempt {
  const { request, source, body } = arrived;
  return {
    method: request.method ?? "POST",
    uri: request.url ?? "/",
    body,
    source,
    authorization: request.headers.authorization,
    usernameToken: read?.usernameToken,
  };
}

function relatesTo(messageId: string): Xml {
  return xml`<wsa:RelatesTo>${messageId}</wsa:RelatesTo>`;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new TypeError("a TCP listener has a port");
  return address.port;
}
