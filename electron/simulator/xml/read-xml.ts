import { SaxesParser } from "saxes";

/** One element, namespaces resolved; `text` is its own character content, untrimmed. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** By local name; a later attribute of the same local name wins. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The input was not well-formed XML, or more than a camera would bother to read. */
export class XmlReadError extends Error {
  override readonly name = "XmlReadError";
}

interface OpenElement {
  namespace: string;
  name: string;
  attributes: Map<string, string>;
  children: XmlElement[];
  text: string;
}

const maxBytes = 1_048_576;
const maxDepth = 100;
const maxElements = 20_000;

/**
 * Reads a whole document into a tree. Refuses document types and more than 1 MB, 100 levels or 20,000 elements.
 *
 * @throws XmlReadError, and nothing else
 */
export function readXml(text: string): XmlElement {
  if (text.length > maxBytes) throw new XmlReadError("too long");
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on("error", (error) => {
    throw new XmlReadError(error.message);
  });
  parser.on("doctype", () => {
    throw new XmlReadError("document types are not read");
  });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (elements > maxElements || open.length >= maxDepth)
      throw new XmlReadError("too deep or too many elements");
    const attributes = new Map<string, string>();
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix !== "xmlns") attributes.set(attribute.local, attribute.value);
    }
    open.push({ namespace: tag.uri, name: tag.local, attributes, children: [], text: "" });
  });
  const addText = (value: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += value;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  try {
    parser.write(text).close();
  } catch (cause) {
    throw cause instanceof XmlReadError ? cause : new XmlReadError("not well-formed", { cause });
  }
  if (root === undefined) throw new XmlReadError("no element");
  return root;
}

/** The first child of that local name, in any namespace. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** Follows local names downwards. */
export function descend(
  element: XmlElement | undefined,
  ...names: readonly string[]
): XmlElement | undefined {
  let current = element;
  for (const name of names) current = child(current, name);
  return current;
}

/** Trimmed text of the element found by local names downwards, or undefined when there is none. */
export function textAt(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  return descend(element, ...names)?.text.trim();
}

/** Every child of that local name. */
export function childrenNamed(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}
