import { namespaceDeclarations, namespaces } from "../xml/namespaces.ts";
import { child, descend, readXml, textAt, type XmlElement, XmlReadError } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";

/** A SOAP request that was understood as far as its first body element. */
export interface SoapRequest {
  /** Local name of the body's first element: `GetProfiles`. */
  readonly operation: string;
  readonly namespace: string;
  readonly body: XmlElement;
  /** `wsse:Security/wsse:UsernameToken`, when there is one. */
  readonly usernameToken: XmlElement | undefined;
  readonly messageId: string | undefined;
}

/** What a service answers in place of a result: SOAP 1.2 fault with ONVIF subcodes. */
export class SoapFault extends Error {
  override readonly name = "SoapFault";
  /** `s:Sender` when the request is at fault, `s:Receiver` when the device is. */
  readonly code: "s:Sender" | "s:Receiver";
  /** Outer to inner: `["ter:InvalidArgVal", "ter:NoProfile"]`. */
  readonly subcodes: readonly string[];
  readonly status: number;

  constructor(
    subcodes: readonly string[],
    reason: string,
    code: "s:Sender" | "s:Receiver" = "s:Sender",
    status?: number,
  ) {
    super(reason);
    this.code = code;
    this.subcodes = subcodes;
    this.status = status ?? (code === "s:Sender" ? 400 : 500);
  }
}

/** The fault for an argument that names nothing or is out of range. */
export function invalidArgument(inner: string, reason: string): SoapFault {
  return new SoapFault(["ter:InvalidArgVal", `ter:${inner}`], reason);
}

/** The fault for an operation this device has not got. */
export function notSupported(reason = "Optional Action Not Implemented"): SoapFault {
  return new SoapFault(["ter:ActionNotSupported"], reason, "s:Receiver");
}

/**
 * Reads a SOAP 1.2 envelope.
 *
 * @throws XmlReadError when it is none
 */
export function readSoap(text: string): SoapRequest {
  const envelope = readXml(text);
  if (envelope.name !== "Envelope" || envelope.namespace !== namespaces.s) {
    throw new XmlReadError("not a SOAP 1.2 envelope");
  }
  const header = child(envelope, "Header");
  const body = child(envelope, "Body")?.children[0];
  if (body === undefined) throw new XmlReadError("empty body");
  return {
    operation: body.name,
    namespace: body.namespace,
    body,
    usernameToken: descend(header, "Security", "UsernameToken"),
    messageId: textAt(header, "MessageID"),
  };
}

/** A whole reply document. */
export function soapEnvelope(body: Xml, header?: Xml): string {
  const markup = xml`<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope ${rawXml(namespaceDeclarations)}>${header === undefined ? undefined : xml`<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;
  return markup.markup;
}

/** The fault as a reply document. */
export function soapFaultEnvelope(fault: SoapFault): string {
  const subcode = fault.subcodes.reduceRight<Xml | undefined>(
    (inner, value) => xml`<s:Subcode><s:Value>${value}</s:Value>${inner}</s:Subcode>`,
    undefined,
  );
  return soapEnvelope(
    xml`<s:Fault><s:Code><s:Value>${fault.code}</s:Value>${subcode}</s:Code><s:Reason><s:Text xml:lang="en">${fault.message}</s:Text></s:Reason></s:Fault>`,
  );
}
