import { RtspError } from "./rtsp-error.ts";

/** Bounds on what a device may send as text. */
export const maxHeadBytes = 16 * 1024;
export const maxBodyBytes = 256 * 1024;
const maxHeaders = 64;

/** Header fields by lower-case name, in the order received. */
export class RtspHeaders {
  readonly #fields: readonly (readonly [string, string])[];

  constructor(fields: readonly (readonly [string, string])[]) {
    this.#fields = fields;
  }

  /** The first value of a field; undefined when absent. */
  get(name: string): string | undefined {
    return this.#fields.find(([key]) => key === name)?.[1];
  }

  /** Every value of a field: a device may offer several challenges. */
  all(name: string): readonly string[] {
    return this.#fields.filter(([key]) => key === name).map(([, value]) => value);
  }
}

export interface RtspResponse {
  readonly kind: "response";
  readonly status: number;
  readonly reason: string;
  readonly headers: RtspHeaders;
  readonly body: string;
}

export interface RtspServerRequest {
  readonly kind: "request";
  readonly method: string;
  readonly headers: RtspHeaders;
  readonly body: string;
}

export type RtspMessage = RtspResponse | RtspServerRequest;

/** A parsed head, before its body has arrived. */
export type RtspHead =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly reason: string;
      readonly headers: RtspHeaders;
    }
  | { readonly kind: "request"; readonly method: string; readonly headers: RtspHeaders };

/**
 * Parses start line and header fields (RFC 2326 §4), without the empty line.
 *
 * Bare LF line ends and folded lines are accepted, because devices send both.
 * @throws RtspError `garbage` or `too-large`, nothing else.
 */
export function parseRtspHead(text: string): RtspHead {
  if (text.length > maxHeadBytes) throw new RtspError("too-large", "the reply's header is too large");
  const [startLine = "", ...lines] = text.split(/\r?\n/);
  const headers = parseHeaders(lines);
  const response = /^RTSP\/\d\.\d (\d{3})(?: (.*))?$/.exec(startLine);
  if (response) {
    const reason = (response[2] ?? "").replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 80);
    return { kind: "response", status: Number(response[1]), reason, headers };
  }
  const request = /^([A-Z_]{3,20}) \S+ RTSP\/\d\.\d$/.exec(startLine);
  if (request?.[1] !== undefined) return { kind: "request", method: request[1], headers };
  throw new RtspError("garbage", "the reply does not start like RTSP");
}

function parseHeaders(lines: readonly string[]): RtspHeaders {
  const fields: [string, string][] = [];
  for (const line of lines) {
    if (line === "") continue;
    const last = fields.at(-1);
    if ((line.startsWith(" ") || line.startsWith("\t")) && last) {
      last[1] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    if (colon <= 0) throw new RtspError("garbage", "the reply has a header line without a name");
    fields.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
    if (fields.length > maxHeaders) throw new RtspError("too-large", "the reply has too many header lines");
  }
  return new RtspHeaders(fields);
}

/**
 * Length of the body that follows a head, in bytes; 0 when the field is absent.
 *
 * @throws RtspError when it is not a number or beyond the bound.
 */
export function bodyLength(headers: RtspHeaders): number {
  const text = headers.get("content-length");
  if (text === undefined) return 0;
  if (!/^\d{1,9}$/.test(text)) throw new RtspError("garbage", "the reply has a bad Content-Length");
  const length = Number(text);
  if (length > maxBodyBytes) throw new RtspError("too-large", "the reply's body is too large");
  return length;
}

/** `Session: 12345;timeout=60` → id and timeout in seconds (60 when not told, RFC 2326 §12.37). */
export function parseSessionHeader(value: string): { readonly id: string; readonly timeoutS: number } {
  const id = (value.split(";")[0] ?? "").trim();
  if (id === "" || id.length > 256 || /[\s\p{Cc}]/u.test(id)) {
    throw new RtspError("garbage", "the camera gave an unusable session id");
  }
  const timeout = /;\s*timeout\s*=\s*(\d{1,6})/i.exec(value)?.[1];
  const timeoutS = timeout === undefined ? 60 : Number(timeout);
  return { id, timeoutS: timeoutS === 0 ? 60 : timeoutS };
}

/** What a SETUP reply agreed on. */
export interface AgreedTransport {
  /** RTP channel of interleaved transport. */
  readonly interleaved: number | undefined;
  readonly serverPorts: readonly [number, number] | undefined;
  readonly ssrc: number | undefined;
}

/** Parses the `Transport` header of a SETUP reply; parts that make no sense are left undefined. */
export function parseTransportHeader(value: string): AgreedTransport {
  const pair = (name: string): readonly [number, number] | undefined => {
    const found = new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*(\\d{1,5})(?:-(\\d{1,5}))?`, "i").exec(value);
    if (!found) return undefined;
    const first = Number(found[1]);
    const second = found[2] === undefined ? first + 1 : Number(found[2]);
    return first <= 65_535 && second <= 65_535 ? [first, second] : undefined;
  };
  const ssrc = /(?:^|;)\s*ssrc\s*=\s*([0-9a-f]{1,8})(?:;|\s|$)/i.exec(value)?.[1];
  const channel = pair("interleaved")?.[0];
  return {
    interleaved: channel !== undefined && channel <= 254 ? channel : undefined,
    serverPorts: pair("server_port"),
    ssrc: ssrc === undefined ? undefined : Number.parseInt(ssrc, 16),
  };
}
