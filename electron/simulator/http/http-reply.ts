import type { IncomingMessage, ServerResponse } from "node:http";

/** A reply before it is sent. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** The caller sent more than a camera reads. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}

const soapType = "application/soap+xml; charset=utf-8";

/** A SOAP document as a reply. */
export function soapReply(status: number, document: string, challenges: readonly string[] = []): HttpReply {
  return {
    status,
    headers: {
      "Content-Type": soapType,
      ...(challenges.length === 0 ? {} : { "WWW-Authenticate": challenges }),
    },
    body: Buffer.from(document, "utf8"),
  };
}

/** A page as cameras' web servers send them for errors. */
export function htmlReply(status: number, headers: HttpReply["headers"] = {}): HttpReply {
  const body = `<!DOCTYPE html><html><head><title>${String(status)}</title></head><body><h1>${String(status)}</h1><p>Web server of the camera</p></body></html>\n`;
  return { status, headers: { "Content-Type": "text/html", ...headers }, body: Buffer.from(body) };
}

/** Sends it whole. */
export function sendReply(response: ServerResponse, reply: HttpReply): void {
  if (response.destroyed || response.headersSent) return;
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  response.setHeader("Content-Length", reply.body.length);
  response.end(reply.body);
}

/**
 * Reads a request's body.
 *
 * @throws BodyTooLargeError beyond `maxBytes`; the socket's own error when the caller hangs up
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("the request is read as bytes");
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLargeError(`more than ${String(maxBytes)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
