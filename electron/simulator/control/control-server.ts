import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ZodError } from "zod";
import { sameText } from "../auth/username-token.ts";
import { BodyTooLargeError, readBody } from "../http/http-reply.ts";
import type { Site } from "../site-api.ts";
import { cameraFace, obey } from "./camera-face.ts";
import { CameraCommand } from "./control-protocol.ts";

const maxCommandBytes = 262_144;

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

/** The strings of a site over loopback HTTP: JSON in, JSON out, only with the token. */
export class ControlServer {
  readonly token = randomBytes(32).toString("base64url");
  readonly #site: Site;
  readonly #onStop: () => void;
  readonly #onError: (error: unknown) => void;
  #server: Server | undefined;

  constructor(deps: {
    readonly site: Site;
    /** `POST /stop` was asked for. */
    readonly onStop: () => void;
    /** Something that was started failed after it had been answered. */
    readonly onError: (error: unknown) => void;
  }) {
    this.#site = deps.site;
    this.#onStop = deps.onStop;
    this.#onError = deps.onError;
  }

  /** Listens on a free port of 127.0.0.1; returns its address. */
  async start(): Promise<string> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port: 0 }, () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
    this.#server = server;
    const address = server.address();
    if (address === null || typeof address === "string") throw new TypeError("a TCP listener has a port");
    return `http://127.0.0.1:${String(address.port)}`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, value } = await this.#answer(request);
    response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
    response.end(JSON.stringify(value));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    if (!sameText(request.headers.authorization ?? "", `Bearer ${this.token}`)) {
      return { status: 401, value: { error: "the token is missing or wrong" } };
    }
    try {
      const body = await readBody(request, maxCommandBytes);
      return await this.#route(request.method ?? "", request.url ?? "", body);
    } catch (error) {
      if (error instanceof ZodError) return { status: 400, value: { error: error.message } };
      if (error instanceof SyntaxError) return { status: 400, value: { error: "not JSON" } };
      if (error instanceof BodyTooLargeError) return { status: 413, value: { error: error.message } };
      return { status: 500, value: { error: error instanceof Error ? error.message : String(error) } };
    }
  }

  async #route(method: string, url: string, body: Buffer): Promise<Answer> {
    const site = this.#site;
    if (method === "GET" && url === "/cameras") return { status: 200, value: site.cameras.map(cameraFace) };
    if (method === "GET" && url === "/counts") return { status: 200, value: site.counts() };
    if (method === "GET" && url === "/remarks") return { status: 200, value: site.remarks };
    if (method === "POST" && url === "/stop") {
      this.#onStop();
      return { status: 200, value: {} };
    }
    const id = /^\/cameras\/([a-z0-9-]{1,40})$/.exec(url)?.[1];
    const camera = id === undefined ? undefined : site.camera(id);
    if (camera === undefined) return { status: 404, value: { error: "there is no such thing" } };
    if (method === "GET") return { status: 200, value: cameraFace(camera) };
    if (method !== "POST") return { status: 405, value: { error: "GET or POST" } };
    await obey(camera, CameraCommand.parse(JSON.parse(body.toString("utf8"))), this.#onError);
    return { status: 200, value: cameraFace(camera) };
  }
}
