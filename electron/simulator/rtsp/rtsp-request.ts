/** One request of a client, RFC 2326 section 6. */
export interface RtspRequest {
  readonly method: string;
  /** As written: absolute `rtsp://…`, or `*`. */
  readonly uri: string;
  /** Names in lower case; of a repeated header the last wins. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** One packet a client sent inside the connection (its receiver reports), RFC 2326 section 10.12. */
export interface InterleavedPacket {
  readonly channel: number;
  readonly payload: Uint8Array;
}

export type RtspInput =
  | { readonly kind: "request"; readonly request: RtspRequest }
  | { readonly kind: "packet"; readonly packet: InterleavedPacket };

/** What the client sent is no RTSP; the connection is answered with 400 and closed. */
export class RtspRequestError extends Error {
  override readonly name = "RtspRequestError";
}

const mostHeaderBytes = 16_384;
const mostBodyBytes = 65_536;
const mostHeaders = 100;
const dollar = 0x24;
const requestLine = /^([A-Z_]{1,32}) (\S{1,2048}) RTSP\/1\.[01]$/;

/** Cuts a connection's bytes into requests and interleaved packets, however the bytes were cut by the network. */
export class RtspRequestReader {
  #pending: Uint8Array = new Uint8Array();

  /**
   * Takes the next bytes and gives what is complete.
   *
   * @throws {RtspRequestError} when the bytes cannot be RTSP, or exceed 16 KB of header or 64 KB of body; the reader
   * must not be used after that.
   */
  push(chunk: Uint8Array): RtspInput[] {
    this.#pending = this.#pending.length === 0 ? chunk : concat(this.#pending, chunk);
    const inputs: RtspInput[] = [];
    for (;;) {
      const found = this.#pending[0] === dollar ? this.#packet() : this.#request();
      if (found === undefined) return inputs;
      inputs.push(found);
    }
  }

  #packet(): RtspInput | undefined {
    const pending = this.#pending;
    const [, channel = 0, high = 0, low = 0] = pending;
    const end = 4 + high * 256 + low;
    if (pending.length < 4 || pending.length < end) return undefined;
    this.#pending = pending.subarray(end);
    return { kind: "packet", packet: { channel, payload: pending.subarray(4, end) } };
  }

  #request(): RtspInput | undefined {
    this.#skipEmptyLines();
    const pending = this.#pending;
    const headEnd = endOfHead(pending);
    if (headEnd === undefined) {
      if (pending.length > mostHeaderBytes) throw new RtspRequestError("header too long");
      return undefined;
    }
    const lines = new TextDecoder("latin1").decode(pending.subarray(0, headEnd.textEnd)).split(/\r?\n/);
    const parsed = parseHead(lines);
    const end = headEnd.bodyStart + bodyLength(parsed.headers);
    if (pending.length < end) return undefined;
    this.#pending = pending.subarray(end);
    return { kind: "request", request: { ...parsed, body: pending.subarray(headEnd.bodyStart, end) } };
  }

  #skipEmptyLines(): void {
    let at = 0;
    while (this.#pending[at] === 13 || this.#pending[at] === 10) at += 1;
    if (at > 0) this.#pending = this.#pending.subarray(at);
  }
}

function parseHead(lines: readonly string[]): Omit<RtspRequest, "body"> {
  const [first = "", ...rest] = lines;
  const match = requestLine.exec(first);
  const [, method, uri] = match ?? [];
  if (method === undefined || uri === undefined) throw new RtspRequestError("not a request line");
  if (rest.length > mostHeaders) throw new RtspRequestError("too many headers");
  const headers = new Map<string, string>();
  for (const line of rest) {
    const colon = line.indexOf(":");
    if (colon <= 0) throw new RtspRequestError("header without a name");
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method, uri, headers };
}

function bodyLength(headers: ReadonlyMap<string, string>): number {
  const text = headers.get("content-length");
  if (text === undefined) return 0;
  if (!/^\d{1,9}$/.test(text)) throw new RtspRequestError("Content-Length is not a number");
  const length = Number(text);
  if (length > mostBodyBytes) throw new RtspRequestError("body too long");
  return length;
}

/** Where the empty line is; lines may end with CRLF or LF. */
function endOfHead(bytes: Uint8Array): { textEnd: number; bodyStart: number } | undefined {
  const most = Math.min(bytes.length, mostHeaderBytes);
  for (let at = bytes.indexOf(10); at !== -1 && at < most; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1] === 13 ? at + 2 : at + 1;
    if (bytes[next] === 10) return { textEnd: bytes[at - 1] === 13 ? at - 1 : at, bodyStart: next + 1 };
  }
  return undefined;
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
