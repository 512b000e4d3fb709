import { createServer } from "node:http";
import type { Socket } from "node:net";
import { readBody } from "./http/http-reply.ts";
import type { Decoy } from "./site-api.ts";

interface DecoyRequest {
  readonly source: string;
  readonly head: string;
  readonly body: string;
}

const keptRequests = 1_000;

/** A host that belongs to no camera, listening: answers 404 to everything and remembers it all. */
export async function startDecoy(options: { readonly host: string; readonly port: number }): Promise<Decoy> {
  const requests: DecoyRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => {
    const lines = [`${request.method ?? ""} ${request.url ?? ""} HTTP/${request.httpVersion}`];
    for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
      lines.push(`${request.rawHeaders[at] ?? ""}: ${request.rawHeaders[at + 1] ?? ""}`);
    }
    const keep = (body: string): void => {
      if (requests.length < keptRequests) {
        requests.push({ source: request.socket.remoteAddress ?? "", head: lines.join("\n"), body });
      }
      response.writeHead(404).end();
    };
    readBody(request, 1_048_576).then(
      (body) => keep(body.toString("utf8")),
      (error: unknown) => keep(`(not read: ${String(error)})`),
    );
  });
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const port = address === null || typeof address === "string" ? options.port : address.port;
  return {
    host: options.host,
    port,
    url: `http://${options.host}:${String(port)}`,
    get connections() {
      return connections;
    },
    requests,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
