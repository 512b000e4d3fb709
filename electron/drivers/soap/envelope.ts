import { SoapError, type SoapFault } from "./soap-error.ts";
import { at, decodeXmlBytes, parseXml, textAt, XmlError, type XmlElement } from "./xml.ts";

/** A SOAP 1.2 envelope. `header` and `body` are XML written by us, with every value escaped. */
export function buildEnvelope(body: string, header = ""): Buffer {
  const head = header === "" ? "" : `<s:Header>${header}</s:Header>`;
  return Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">${head}<s:Body>${body}</s:Body></s:Envelope>`,
    "utf8",
  );
}

/** What an HTTP body turned out to hold. */
export type EnvelopeContent =
  | { readonly kind: "value"; readonly element: XmlElement }
  | { readonly kind: "empty" }
  | { readonly kind: "fault"; readonly fault: SoapFault };

/** Reads a SOAP 1.1 or 1.2 envelope. Throws `SoapError` (`garbage`) and nothing else. */
export function readEnvelope(bytes: Uint8Array): EnvelopeContent {
  let root: XmlElement;
  try {
    root = parseXml(decodeXmlBytes(bytes));
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause;
    throw new SoapError({ reason: "garbage", words: `the answer is not ONVIF: ${cause.message}`, cause });
  }
  const body = root.name === "Envelope" ? at(root, "Body") : undefined;
  if (body === undefined) throw new SoapError({ reason: "garbage", words: "the answer is not SOAP" });
  const element = body.children[0];
  if (element === undefined) return { kind: "empty" };
  return element.name === "Fault" ? { kind: "fault", fault: readFault(element) } : { kind: "value", element };
}

function readFault(element: XmlElement): SoapFault {
  const subcodes: string[] = [];
  let code = at(element, "Code");
  const main = localName(textAt(code, "Value") ?? textAt(element, "faultcode") ?? "");
  for (code = at(code, "Subcode"); code !== undefined && subcodes.length < 8; code = at(code, "Subcode")) {
    const value = localName(textAt(code, "Value") ?? "");
    if (value !== "") subcodes.push(value);
  }
  // SOAP 1.1 has one code only; WS-Security faults come as `wsse:FailedAuthentication` there.
  if (subcodes.length === 0 && main !== "") subcodes.push(main);
  const text = textAt(element, "Reason", "Text") ?? textAt(element, "faultstring") ?? "";
  return { code: main, subcodes, text: text.replaceAll(/\s+/g, " ").slice(0, 300) };
}

const localName = (name: string): string => name.slice(name.lastIndexOf(":") + 1).slice(0, 100);
