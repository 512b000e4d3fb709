import { randomUUID } from "node:crypto";
import { child, descend, readXml, textAt, XmlReadError } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";

const wsd = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
const wsa = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

/** Where WS-Discovery multicast goes (WS-Discovery 2005/04, 2.4). */
export const discoveryGroup = "239.255.255.250";
export const discoveryGroup6 = "ff02::c";

/** A probe or resolve as it came. */
export type WsdRequest =
  | {
      readonly kind: "probe";
      readonly messageId: string;
      /** Local names of the types asked for; empty asks for all. */
      readonly types: readonly string[];
      readonly scopes: readonly string[];
    }
  | { readonly kind: "resolve"; readonly messageId: string; readonly endpointReference: string };

/** What a device tells of itself. */
export interface WsdTarget {
  readonly endpointReference: string;
  /** Written as they are, blanks and line ends included. */
  readonly scopes: string;
  /** Undefined leaves the element out. */
  readonly xaddrs: string | undefined;
  readonly metadataVersion: number;
}

/** Order of a device's messages since it was started. */
export interface AppSequence {
  readonly instanceId: number;
  readonly messageNumber: number;
}

/**
 * Reads a datagram; undefined when it is well-formed but neither Probe nor Resolve.
 *
 * @throws XmlReadError when it cannot be read
 */
export function readWsdRequest(datagram: Uint8Array): WsdRequest | undefined {
  const document = readXml(Buffer.from(datagram).toString("utf8"));
  if (document.name !== "Envelope") throw new XmlReadError("no envelope");
  const body = child(document, "Body");
  const messageId = textAt(document, "Header", "MessageID") ?? "";
  const probe = child(body, "Probe");
  if (probe !== undefined) {
    const types = words(textAt(probe, "Types")).map((name) => name.slice(name.indexOf(":") + 1));
    return { kind: "probe", messageId, types, scopes: words(textAt(probe, "Scopes")) };
  }
  const resolve = child(body, "Resolve");
  if (resolve === undefined) return undefined;
  const endpointReference = descend(resolve, "EndpointReference", "Address")?.text.trim() ?? "";
  return { kind: "resolve", messageId, endpointReference };
}

/** Whether a camera with these scopes answers the probe: one of its types, and every scope asked for. */
export function answersProbe(
  probe: Extract<WsdRequest, { kind: "probe" }>,
  scopes: readonly string[],
): boolean {
  const isType =
    probe.types.length === 0 ||
    probe.types.some((type) => type === "NetworkVideoTransmitter" || type === "Device");
  return isType && probe.scopes.every((wanted) => scopes.some((scope) => isBelow(scope, wanted)));
}

/** RFC 3986 prefix matching: by whole path segments. */
function isBelow(scope: string, wanted: string): boolean {
  const end = wanted.replace(/\/+$/, "").toLowerCase();
  return `${scope.toLowerCase()}/`.startsWith(`${end}/`);
}

/** A ProbeMatches datagram with any number of targets. */
export function probeMatches(
  relatesTo: string,
  sequence: AppSequence,
  targets: readonly WsdTarget[],
): string {
  const matches = targets.map((target) => xml`<d:ProbeMatch>${targetElements(target)}</d:ProbeMatch>`);
  return envelope("ProbeMatches", relatesTo, sequence, xml`<d:ProbeMatches>${matches}</d:ProbeMatches>`);
}

export function resolveMatches(relatesTo: string, sequence: AppSequence, target: WsdTarget): string {
  const match = xml`<d:ResolveMatches><d:ResolveMatch>${targetElements(target)}</d:ResolveMatch></d:ResolveMatches>`;
  return envelope("ResolveMatches", relatesTo, sequence, match);
}

export function hello(sequence: AppSequence, target: WsdTarget): string {
  return envelope("Hello", undefined, sequence, xml`<d:Hello>${targetElements(target)}</d:Hello>`);
}

export function bye(sequence: AppSequence, target: WsdTarget): string {
  const element = xml`<d:Bye>${reference(target)}</d:Bye>`;
  return envelope("Bye", undefined, sequence, element);
}

function targetElements(target: WsdTarget): Xml {
  const xaddrs = target.xaddrs === undefined ? undefined : xml`<d:XAddrs>${target.xaddrs}</d:XAddrs>`;
  return xml`${reference(target)}<d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>${target.scopes}</d:Scopes>${xaddrs}<d:MetadataVersion>${target.metadataVersion}</d:MetadataVersion>`;
}

function reference(target: WsdTarget): Xml {
  return xml`<a:EndpointReference><a:Address>${target.endpointReference}</a:Address></a:EndpointReference>`;
}

function envelope(action: string, relatesTo: string | undefined, sequence: AppSequence, body: Xml): string {
  const related = relatesTo === undefined ? undefined : xml`<a:RelatesTo>${relatesTo}</a:RelatesTo>`;
  const to =
    relatesTo === undefined ? "urn:schemas-xmlsoap-org:ws:2005:04:discovery" : `${wsa}/role/anonymous`;
  const head = xml`<a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>${related}<a:To>${to}</a:To><a:Action>${wsd}/${action}</a:Action><d:AppSequence InstanceId="${sequence.instanceId}" MessageNumber="${sequence.messageNumber}"/>`;
  const declared = rawXml(
    `xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${wsa}" xmlns:d="${wsd}" xmlns:dn="http://www.onvif.org/ver10/network/wsdl" xmlns:tds="http://www.onvif.org/ver10/device/wsdl"`,
  );
  return xml`<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope ${declared}><s:Header>${head}</s:Header><s:Body>${body}</s:Body></s:Envelope>`.markup;
}

function words(text: string | undefined): string[] {
  return (text ?? "").split(/\s+/).filter((word) => word !== "");
}
