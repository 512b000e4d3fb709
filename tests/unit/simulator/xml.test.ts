import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  childrenNamed,
  descend,
  readXml,
  textAt,
  XmlReadError,
} from "../../../electron/simulator/xml/read-xml.ts";
import { escapeXml, rawXml, xml } from "../../../electron/simulator/xml/write-xml.ts";

/** Text an XML document can carry and gives back unchanged (line ends are normalised by XML itself). */
const carriable = fc
  .string({ unit: "grapheme" })
  .map((text) => text.replaceAll(/[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu, ""));

describe("the simulator's XML", () => {
  it("gives back any text it was given, in content and in attributes", () => {
    fc.assert(
      fc.property(carriable, (text) => {
        const read = readXml(xml`<a b="${text.replaceAll(/\s/g, " ")}">${text}</a>`.markup);
        expect(read.text).toBe(text);
        expect(read.attributes.get("b")).toBe(text.replaceAll(/\s/g, " "));
      }),
    );
  });

  it("never lets a value become markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = readXml(xml`<a><b>${text}</b></a>`.markup);
        expect(childrenNamed(read, "b")).toHaveLength(1);
        expect(descend(read, "b")?.children).toEqual([]);
      }),
    );
    expect(escapeXml(`<&>"'\u0000`)).toBe("&lt;&amp;&gt;&quot;&apos;");
  });

  it("reads any bytes as a tree or as its own error", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "<a>",
        "</a>",
        "<a b='c'>",
        "<!DOCTYPE a [",
        "]>",
        "&e;",
        "&#0;",
        "<![CDATA[",
        "]]>",
        "<?x?>",
        "xmlns:p='u'",
        "<p:a/>",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          expect(readXml(pieces.join("")).name).not.toBe("");
        } catch (error) {
          expect(error).toBeInstanceOf(XmlReadError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["a document type", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`],
    ["too deep", "<a>".repeat(101) + "</a>".repeat(101)],
    ["too many elements", `<a>${"<b/>".repeat(20_001)}</a>`],
    ["too long", `<a>${" ".repeat(1_048_577)}</a>`],
    ["two roots", "<a/><b/>"],
    ["nothing", ""],
  ])("refuses %s", (_, text) => {
    expect(() => readXml(text)).toThrow(XmlReadError);
  });

  it("resolves namespaces whatever the prefixes", () => {
    const read = readXml(`<p:a xmlns:p="urn:one"><b xmlns="urn:two"> x </b></p:a>`);
    expect(read.namespace).toBe("urn:one");
    expect(descend(read, "b")?.namespace).toBe("urn:two");
    expect(textAt(read, "b")).toBe("x");
    expect(xml`<a>${rawXml("<b/>")}${undefined}${[xml`<c/>`]}${1}${true}</a>`.markup).toBe(
      "<a><b/><c/>1true</a>",
    );
  });
});
