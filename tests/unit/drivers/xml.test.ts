import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  all,
  at,
  datagramXmlLimits,
  decodeXmlBytes,
  escapeXml,
  parseXml,
  textAt,
  XmlError,
} from "../../../electron/drivers/soap/xml.ts";

describe("XML", () => {
  test("keeps text exactly as sent: numbers stay text, entities of XML are resolved", () => {
    const root = parseXml("<a><v>1.10</v><v>007</v><v>true</v><v>a &amp; &lt;b&gt; &#233;</v></a>");
    expect(all(root, "v").map((each) => each.text)).toEqual(["1.10", "007", "true", "a & <b> é"]);
  });

  test("finds elements by local name whatever the prefix, also one that nobody declared", () => {
    const root = parseXml('<s:Envelope xmlns:s="urn:x"><s:Body><odd:V> x </odd:V></s:Body></s:Envelope>');
    expect(textAt(root, "Body", "V")).toBe("x");
    expect(at(root, "Body")?.namespace).toBe("urn:x");
    expect(at(root, "Body", "V")?.namespace).toBe("urn:unbound:odd");
    expect(at(root, "Header", "V")).toBeUndefined();
  });

  test("refuses document types, entities and external references", () => {
    const bomb = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><b>&b;</b>';
    expect(() => parseXml(bomb)).toThrow(XmlError);
    expect(() => parseXml('<!DOCTYPE b SYSTEM "file:///etc/passwd"><b/>')).toThrow(/document types/);
    expect(() => parseXml("<b>&undefined;</b>")).toThrow(XmlError);
  });

  test("stops at its bounds for depth, elements, attributes and length", () => {
    const limits = { maxChars: 10_000, maxDepth: 5, maxElements: 20, maxAttributes: 3 };
    expect(() => parseXml("<a>".repeat(6) + "</a>".repeat(6), limits)).toThrow(/deeper/);
    expect(() => parseXml(`<r>${"<a/>".repeat(20)}</r>`, limits)).toThrow(/more than 20/);
    expect(() => parseXml('<a b="1" c="2" d="3" e="4"/>', limits)).toThrow(/attributes/);
    expect(() => parseXml(`<a>${"x".repeat(10_000)}</a>`, limits)).toThrow(/longer/);
    expect(() => parseXml("<a>".repeat(20_000))).toThrow(/deeper/);
  });

  test("elements named like object internals are ordinary elements", () => {
    const root = parseXml('<a __proto__="1"><__proto__>x</__proto__><constructor/></a>');
    expect(root.children.map((each) => each.name)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("never throws anything but its own error", () => {
    const markup = fc.array(
      fc.constantFrom(
        "<a>",
        "</a>",
        "<b c='",
        "'/>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&x;",
        "<!DOCTYPE",
        "<?xml",
        "?>",
        "x:",
        " ",
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: "binary" }),
          markup.map((parts) => parts.join("")),
        ),
        (text) => {
          try {
            parseXml(text, datagramXmlLimits);
          } catch (error) {
            expect(error).toBeInstanceOf(XmlError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("any text survives escaping and parsing, but for characters XML cannot carry", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const carried = text.replaceAll(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, "\ufffd");
        const lines = carried.replaceAll(/\r\n?/g, "\n");
        expect(parseXml(`<a>${escapeXml(text)}</a>`).text).toBe(lines);
      }),
    );
  });

  test("decodes UTF-8, Latin-1 where it is declared, and survives what is neither", () => {
    expect(decodeXmlBytes(Buffer.from("<a>é</a>", "utf8"))).toBe("<a>é</a>");
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', "latin1");
    expect(decodeXmlBytes(latin)).toContain("<a>é</a>");
    expect(decodeXmlBytes(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))).toBe("<\ufffd\ufffd>");
  });
});
