import { SaxesParser } from "saxes";

/** The text was not XML, or more of it than we are willing to look at. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}

/** One element. Names are local names: devices use any prefix they like. */
export interface XmlElement {
  readonly name: string;
  /** Namespace URI; empty when none, `urn:unbound:p` for a prefix nobody declared. */
  readonly namespace: string;
  /** By local name; the first wins. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Direct character data, exactly as sent, entities of XML itself resolved. */
  readonly text: string;
  /** Prefixes in scope here and their namespaces: for texts that hold qualified names. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Bounds of what is parsed; beyond them parsing stops with `XmlError`. */
export interface XmlLimits {
  readonly maxChars: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  readonly maxAttributes: number;
}

/** For replies over HTTP: generous for a recorder with hundreds of profiles, harmless for us. */
export const soapXmlLimits: XmlLimits = {
  maxChars: 4 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 100_000,
  maxAttributes: 64,
};

/** For datagrams: nothing honest comes near. */
export const datagramXmlLimits: XmlLimits = {
  maxChars: 65_536,
  maxDepth: 32,
  maxElements: 4_000,
  maxAttributes: 32,
};

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  readonly prefixes: ReadonlyMap<string, string>;
  text: string;
}

/**
 * Parses one document without document type, without entities other than XML's own five, within `limits`.
 *
 * Throws `XmlError` and nothing else. Undeclared prefixes are accepted, because real devices send them.
 */
export function parseXml(text: string, limits: XmlLimits = soapXmlLimits): XmlElement {
  if (text.length > limits.maxChars) throw new XmlError(`longer than ${limits.maxChars} characters`);
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    resolvePrefix: (prefix: string) => `urn:unbound:${prefix}`,
  });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let attributes = 0;
  parser.on("error", (error) => {
    throw new XmlError(error.message);
  });
  parser.on("doctype", () => {
    throw new XmlError("document types are not accepted");
  });
  parser.on("opentagstart", () => {
    elements += 1;
    attributes = 0;
    if (elements > limits.maxElements) throw new XmlError(`more than ${limits.maxElements} elements`);
    if (open.length >= limits.maxDepth) throw new XmlError(`deeper than ${limits.maxDepth} elements`);
  });
  parser.on("attribute", () => {
    attributes += 1;
    if (attributes > limits.maxAttributes) throw new XmlError("too many attributes");
  });
  parser.on("opentag", (tag) => {
    const own = new Map<string, string>();
    for (const attribute of Object.values(tag.attributes)) {
      if (!own.has(attribute.local)) own.set(attribute.local, attribute.value);
    }
    const prefixes = inScope(open.at(-1)?.prefixes, tag.ns);
    open.push({ name: tag.local, namespace: tag.uri, attributes: own, children: [], prefixes, text: "" });
  });
  const append = (chunk: string): void => {
    const top = open.at(-1);
    if (top !== undefined) top.text += chunk;
  };
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root ??= closed;
    else parent.children.push(closed);
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof XmlError) throw error;
    throw new XmlError("not XML", { cause: error });
  }
  if (root === undefined) throw new XmlError("no element");
  return root;
}

const noPrefixes: ReadonlyMap<string, string> = new Map();

/** What an element declares comes on top of what holds around it; most declare nothing and share one map. */
function inScope(
  around: ReadonlyMap<string, string> | undefined,
  declared: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const own = Object.entries(declared);
  const outer = around ?? noPrefixes;
  return own.length === 0 ? outer : new Map([...outer, ...own]);
}

/** First element at the given path of local names below `element`; undefined when any step is missing. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let current = element;
  for (const name of path) current = current?.children.find((child) => child.name === name);
  return current;
}

/** Every direct child of that local name. */
export function all(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Text at the path exactly as sent, or undefined. Only leading and trailing white space is removed. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return at(element, ...path)?.text.trim();
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Of the control characters, XML 1.0 carries white space and those above ASCII. */
const isCarried = (character: string): boolean => /[\t\n\r\u007f-\u009f]/.test(character);

/** Makes any string safe as XML text or attribute value; characters XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[\ud800-\udfff]/gu, "\ufffd")
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)
    .replaceAll(/[\p{Cc}\ufffe\uffff]/gu, (character) => (isCarried(character) ? character : "\ufffd"));
}

/**
 * Bytes of an XML document as text: UTF-8, or Latin-1 when the declaration says so and UTF-8 does not fit.
 *
 * Never throws; bytes that fit neither become U+FFFD.
 */
export function decodeXmlBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 100));
  const isLatin = /encoding\s*=\s*["'](iso-8859-1|latin1|windows-1252)["']/i.test(head);
  return new TextDecoder(isLatin ? "windows-1252" : "utf-8").decode(bytes);
}
