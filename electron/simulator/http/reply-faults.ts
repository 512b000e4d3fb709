import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Clock } from "../../../shared/base/clock.ts";
import { drained } from "../drained.ts";
import type { HttpFault } from "../fault.ts";
import { soapEnvelope, SoapFault, soapFaultEnvelope } from "../onvif/soap.ts";
import { xml } from "../xml/write-xml.ts";
import { htmlReply, sendReply, soapReply, type HttpReply } from "./http-reply.ts";

/** Faults that are carried out when the reply is sent; `slow` and `drop` come earlier. */
export type ReplyFault = Exclude<HttpFault, { kind: "drop" | "slow" }>;

/** True when nothing of the true reply is needed: the request does not have to be carried out. */
export function replacesReply(fault: ReplyFault): boolean {
  return fault.kind !== "drip" && fault.kind !== "truncated" && fault.kind !== "bad-utf8";
}

/**
 * Sends what this fault makes of a reply. Resolves when sent, when the caller hung up, or when the signal aborts.
 *
 * @param reply the true reply; undefined for faults that replace it
 */
export async function sendFaulty(
  response: ServerResponse,
  fault: ReplyFault,
  reply: HttpReply | undefined,
  deps: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  switch (fault.kind) {
    case "hang":
      return;
    case "drip":
      return drip(response, fault, reply ?? htmlReply(200), deps);
    case "huge":
      return sendHuge(response, fault.bytes, deps.signal);
    case "truncated":
      return sendHalf(response, reply ?? htmlReply(200));
    case "bad-utf8":
      sendReply(response, withBadUtf8(reply ?? htmlReply(200)));
      return;
    case "deep-xml":
    case "entity":
    case "garbage":
    case "html-error":
    case "bare-401":
    case "redirect":
    case "soap-fault":
      sendReply(response, replacement(fault));
      return;
  }
}

function replacement(
  fault: Exclude<ReplyFault, { kind: "hang" | "drip" | "huge" | "truncated" | "bad-utf8" }>,
): HttpReply {
  switch (fault.kind) {
    case "deep-xml":
      return soapReply(
        200,
        soapEnvelope(xml``).replace(
          "</s:Body>",
          `${"<a>".repeat(fault.depth)}${"</a>".repeat(fault.depth)}</s:Body>`,
        ),
      );
    case "entity":
      return soapReply(200, entityDocument(fault.flavour));
    case "garbage":
      return { ...soapReply(200, ""), body: randomBytes(4_096) };
    case "html-error":
      return htmlReply(fault.status);
    case "bare-401":
      return htmlReply(401);
    case "redirect":
      return htmlReply(302, { Location: fault.to });
    case "soap-fault":
      return soapReply(fault.status, soapFaultEnvelope(new SoapFault([fault.subcode], fault.reason)));
  }
}

/** A document with entities: one plain, a bomb of 10⁹ characters, or one that names a file. */
export function entityDocument(flavour: "plain" | "bomb" | "external"): string {
  const envelope = soapEnvelope(
    xml`<tds:GetDeviceInformationResponse><tds:Manufacturer>HERE</tds:Manufacturer></tds:GetDeviceInformationResponse>`,
  );
  const [head = "", ...rest] = envelope.split("\n");
  return [head, `<!DOCTYPE s [${entityDefinitions(flavour)}]>`, ...rest]
    .join("\n")
    .replace(">HERE<", ">&e9;<");
}

function entityDefinitions(flavour: "plain" | "bomb" | "external"): string {
  if (flavour === "plain") return '<!ENTITY e9 "Example">';
  if (flavour === "external") return '<!ENTITY e9 SYSTEM "file:///etc/passwd">';
  const levels = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY e${String(level + 1)} "${`&e${String(level)};`.repeat(10)}">`,
  );
  return ['<!ENTITY e0 "bomb">', ...levels].join("");
}

async function drip(
  response: ServerResponse,
  fault: Extract<HttpFault, { kind: "drip" }>,
  reply: HttpReply,
  deps: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  const head = rawHead(reply);
  const bytes = Buffer.concat([head, reply.body]);
  const eager = fault.part === "headers" ? 0 : head.length;
  socket.write(bytes.subarray(0, eager));
  for (let at = eager; at < bytes.length && !socket.destroyed && !deps.signal.aborted; at += fault.bytes) {
    socket.write(bytes.subarray(at, at + fault.bytes));
    await deps.clock.sleep(fault.intervalMs, deps.signal);
  }
  socket.end();
}

function rawHead(reply: HttpReply): Buffer {
  const lines = Object.entries(reply.headers).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => `${name}: ${one}`),
  );
  return Buffer.from(
    [
      `HTTP/1.1 ${String(reply.status)} Status`,
      ...lines,
      `Content-Length: ${String(reply.body.length)}`,
      "",
      "",
    ].join("\r\n"),
  );
}

async function sendHuge(response: ServerResponse, bytes: number, signal: AbortSignal): Promise<void> {
  const [head = "", tail = ""] = soapEnvelope(xml`SPLIT`).split("SPLIT");
  const block = Buffer.alloc(65_536, "x");
  response.writeHead(200, { "Content-Type": "application/soap+xml; charset=utf-8" });
  response.write(`${head}<tt:Padding>`);
  for (let sent = 0; sent < bytes && !response.destroyed && !signal.aborted; sent += block.length) {
    const isReady = response.write(block.subarray(0, Math.min(block.length, bytes - sent)));
    if (!isReady) await drained(response, signal);
  }
  if (!response.destroyed) response.end(`</tt:Padding>${tail}`);
}

function sendHalf(response: ServerResponse, reply: HttpReply): void {
  const { socket } = response;
  if (socket === null) return;
  socket.write(rawHead(reply));
  socket.end(reply.body.subarray(0, Math.floor(reply.body.length / 2)));
}

/** An overlong slash, a lone continuation byte and half a character, in the middle of the first text. */
function withBadUtf8(reply: HttpReply): HttpReply {
  const at = reply.body.indexOf("Response>") + "Response>".length;
  const middle = Math.max(at, Math.floor(reply.body.length / 2));
  const close = reply.body.indexOf("</", middle);
  const cut = close < 0 ? reply.body.length : close;
  const bad = Buffer.from([0xc0, 0xaf, 0x80, 0xe2, 0x82]);
  return { ...reply, body: Buffer.concat([reply.body.subarray(0, cut), bad, reply.body.subarray(cut)]) };
}
