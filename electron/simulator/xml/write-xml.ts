/** Markup that is already escaped; only `xml` and `rawXml` make it. */
export class Xml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

type XmlValue = Xml | string | number | boolean | undefined | readonly Xml[];

/** A template whose values are escaped unless they are markup themselves; undefined writes nothing. */
export function xml(parts: TemplateStringsArray, ...values: readonly XmlValue[]): Xml {
  let markup = "";
  parts.forEach((part, index) => {
    markup += part + written(values[index]);
  });
  return new Xml(markup);
}

/** Text that is markup already, verbatim: for faults that must write what is wrong. */
export function rawXml(markup: string): Xml {
  return new Xml(markup);
}

/** Escapes text for element content and double-quoted attributes; drops what XML 1.0 cannot carry. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(notAllowed, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

/** Control characters but tab and line ends, halves of surrogate pairs, and the two non-characters. */
const notAllowed = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;

function written(value: XmlValue): string {
  if (value === undefined) return "";
  if (value instanceof Xml) return value.markup;
  if (typeof value === "object") return value.map((part) => part.markup).join("");
  return escapeXml(String(value));
}
