import { all, at, datagramXmlLimits, decodeXmlBytes, parseXml, textAt, XmlError } from "../soap/xml.ts";
import type { XmlElement } from "../soap/xml.ts";
import { readXAddrs, type XAddr } from "./xaddrs.ts";
import { readScopes, type ScopeWords } from "./scopes.ts";

/** A datagram that is no WS-Discovery message we understand; the message is the reason in plain words. */
export class DiscoveryMessageError extends Error {
  override readonly name = "DiscoveryMessageError";
  /** True for well-formed messages that are simply meant for others, such as somebody else's probe. */
  readonly isHarmless: boolean;

  constructor(words: string, options?: ErrorOptions & { readonly isHarmless?: boolean }) {
    super(words, options);
    this.isHarmless = options?.isHarmless ?? false;
  }
}

/** One device as described by a ProbeMatch, Hello or Bye. */
export interface Match {
  readonly endpointReference: string | null;
  /** Local names of the types: `NetworkVideoTransmitter`, `Device`, … */
  readonly types: readonly string[];
  readonly scopes: ScopeWords;
  readonly xaddrs: readonly XAddr[];
}

/** A WS-Discovery message from the network. */
export interface DiscoveryMessage {
  readonly kind: "probe-matches" | "hello" | "bye";
  readonly messageId: string;
  /** MessageID of the probe that this answers; empty when it says nothing. */
  readonly relatesTo: string;
  readonly matches: readonly Match[];
}

/** At most this many devices are read from one datagram. */
export const maxMatchesPerMessage = 128;

/**
 * Parses one datagram: WS-Discovery 2005/04 or 1.1 (2009/01), SOAP 1.1 or 1.2, any prefixes.
 *
 * Throws `DiscoveryMessageError` and nothing else.
 */
export function parseDiscoveryMessage(bytes: Uint8Array): DiscoveryMessage {
  const envelope = readEnvelope(bytes);
  const header = at(envelope, "Header");
  const body = at(envelope, "Body");
  if (body === undefined) throw new DiscoveryMessageError("no SOAP body");
  const ids = {
    messageId: (textAt(header, "MessageID") ?? "").slice(0, 256),
    relatesTo: (textAt(header, "RelatesTo") ?? "").slice(0, 256),
  };
  const matches = at(body, "ProbeMatches");
  if (matches !== undefined) {
    const found = all(matches, "ProbeMatch").slice(0, maxMatchesPerMessage);
    if (found.length === 0) throw new DiscoveryMessageError("an answer that names no device");
    return { kind: "probe-matches", ...ids, matches: found.map(readMatch) };
  }
  const hello = at(body, "Hello");
  if (hello !== undefined) return { kind: "hello", ...ids, matches: [readMatch(hello)] };
  const bye = at(body, "Bye");
  if (bye !== undefined) return { kind: "bye", ...ids, matches: [readMatch(bye)] };
  if (at(body, "Fault") !== undefined) throw new DiscoveryMessageError("a SOAP fault");
  throw new DiscoveryMessageError("not a WS-Discovery answer", { isHarmless: true });
}

function readEnvelope(bytes: Uint8Array): XmlElement {
  let root: XmlElement;
  try {
    root = parseXml(decodeXmlBytes(bytes), datagramXmlLimits);
  } catch (error) {
    if (error instanceof XmlError) {
      throw new DiscoveryMessageError(
        error.message.includes("document types")
          ? "an XML document type, which may be an attack"
          : "broken XML",
        { cause: error },
      );
    }
    throw error;
  }
  if (root.name !== "Envelope") throw new DiscoveryMessageError("not SOAP");
  return root;
}

function readMatch(element: XmlElement): Match {
  const reference = textAt(element, "EndpointReference", "Address") ?? "";
  return {
    endpointReference: /^[\u0021-\u007e]{1,512}$/.test(reference) ? reference : null,
    types: (textAt(element, "Types") ?? "")
      .split(/\s+/)
      .map((type) => type.slice(type.lastIndexOf(":") + 1))
      .filter((type) => type !== "")
      .slice(0, 32),
    scopes: readScopes(textAt(element, "Scopes") ?? ""),
    xaddrs: readXAddrs(textAt(element, "XAddrs") ?? ""),
  };
}

/** True when the types say camera or ONVIF device, or say nothing at all. */
export function looksLikeCamera(match: Match): boolean {
  if (match.types.length === 0) return match.xaddrs.some((xaddr) => xaddr.path.includes("/onvif"));
  return match.types.includes("NetworkVideoTransmitter") || match.scopes.profiles.length > 0;
}

const probeTypes = {
  camera: "dn:NetworkVideoTransmitter",
  device: "tds:Device",
} as const;

/** Which devices a probe asks for. Types of one probe are combined with "and", so each needs its own. */
export type ProbeKind = keyof typeof probeTypes;

/** A Probe (WS-Discovery 2005/04, section 5.2). `messageId` is a bare UUID. */
export function buildProbe(messageId: string, kind: ProbeKind): Buffer {
  return Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"' +
      ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
      ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"' +
      ' xmlns:dn="http://www.onvif.org/ver10/network/wsdl" xmlns:tds="http://www.onvif.org/ver10/device/wsdl">' +
      "<s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>" +
      `<a:MessageID>urn:uuid:${messageId}</a:MessageID>` +
      "<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>" +
      "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>" +
      `<s:Body><d:Probe><d:Types>${probeTypes[kind]}</d:Types></d:Probe></s:Body></s:Envelope>`,
  );
}
