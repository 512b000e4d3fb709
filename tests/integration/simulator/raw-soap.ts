import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";

/** A reply as it came over the wire. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

export const tds = "http://www.onvif.org/ver10/device/wsdl";

/** A SOAP 1.2 envelope; `security` is a whole wsse:Security element. */
export function envelope(body: string, security = ""): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${security}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** `<Name xmlns="…device…"/>` */
export function deviceCall(name: string, content = ""): string {
  return `<${name} xmlns="${tds}">${content}</${name}>`;
}

export interface TokenParts {
  readonly username: string;
  readonly password: string;
  readonly created?: Date;
  readonly nonce?: Buffer;
}

/** A WS-UsernameToken with PasswordDigest, written independently of the simulator's own reading. */
export function usernameToken({
  username,
  password,
  created = new Date(),
  nonce = randomBytes(16),
}: TokenParts): string {
  const at = created.toISOString();
  const digest = createHash("sha1")
    .update(Buffer.concat([nonce, Buffer.from(at + password, "utf8")]))
    .digest("base64");
  const wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
  const wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
  const type =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
  return `<w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>${username}</w:Username><w:Password Type="${type}">${digest}</w:Password><w:Nonce>${nonce.toString("base64")}</w:Nonce><u:Created xmlns:u="${wsu}">${at}</u:Created></w:UsernameToken></w:Security>`;
}

/** Posts bytes; resolves with whatever comes back, rejects with the socket's error. */
export function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      headers: {
        "Content-Type": "application/soap+xml",
        "Content-Length": Buffer.byteLength(body),
        ...headers,
      },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: bytes,
          text: bytes.toString("utf8"),
        });
      });
    });
    outgoing.end(body);
  });
}

/** Authorization header for one challenge (RFC 7616, qop auth or auth-int). */
export function digestHeader(options: {
  readonly challenge: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly body?: string;
  readonly qop?: "auth" | "auth-int";
  readonly nc?: string;
  readonly method?: "GET" | "POST";
}): string {
  const field = (name: string): string =>
    new RegExp(`${name}="?([^",]+)"?`).exec(options.challenge)?.[1] ?? "";
  const hash = (text: string): string =>
    createHash(field("algorithm") === "SHA-256" ? "sha256" : "md5")
      .update(text)
      .digest("hex");
  const { username, password, qop = "auth", nc = "00000001", method = "POST" } = options;
  const uri = new URL(options.url).pathname;
  const cnonce = randomBytes(8).toString("hex");
  const a2 = qop === "auth-int" ? `${method}:${uri}:${hash(options.body ?? "")}` : `${method}:${uri}`;
  const response = hash(
    [hash(`${username}:${field("realm")}:${password}`), field("nonce"), nc, cnonce, qop, hash(a2)].join(":"),
  );
  return `Digest username="${username}", realm="${field("realm")}", nonce="${field("nonce")}", uri="${uri}", algorithm=${field("algorithm")}, qop=${qop}, nc=${nc}, cnonce="${cnonce}", response="${response}"`;
}

/** Opens a TCP connection, sends the request and collects everything until the peer closes or `enough` says so. */
export function rawExchange(
  target: { readonly host: string; readonly port: number },
  body: string,
  enough: (received: Buffer, elapsedMs: number) => boolean,
): Promise<{ readonly received: Buffer; readonly error: string | undefined; readonly elapsedMs: number }> {
  return new Promise((resolve) => {
    const started = performance.now();
    let received = Buffer.alloc(0);
    let error: string | undefined;
    const socket = connect(target.port, target.host);
    const check = setInterval(() => {
      if (enough(received, performance.now() - started)) socket.destroy();
    }, 5);
    socket.on("connect", () => {
      socket.write(
        `POST /onvif/device_service HTTP/1.1\r\nHost: ${target.host}\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
      );
    });
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
    });
    socket.on("error", (cause: NodeJS.ErrnoException) => {
      error = cause.code ?? cause.message;
    });
    socket.on("close", () => {
      clearInterval(check);
      resolve({ received, error, elapsedMs: performance.now() - started });
    });
  });
}
