import fc from "fast-check";
import { expect, test } from "vitest";
import { csvFile, csvLine } from "../../../shared/base/csv.ts";

/** RFC 4180, as a spreadsheet reads it. */
function parseLine(line: string): string[] {
  return [...line.matchAll(/("((?:[^"]|"")*)"|([^,]*))(,|$)/g)]
    .slice(0, -1)
    .map(([, , quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

test("commas, quotes and line breaks survive", () => {
  expect(csvLine(["Gate, north", 'the "old" one', "a\nb", "plain"])).toBe(
    '"Gate, north","the ""old"" one","a\nb",plain',
  );
});

test("what a spreadsheet would run as a formula is made text, numbers stay numbers", () => {
  expect(csvLine(["=HYPERLINK(1)", "@cmd", "+1.5", "-3", "-cmd"])).toBe("'=HYPERLINK(1),'@cmd,+1.5,-3,'-cmd");
});

test("any cells come back as they were, but for the guard", () => {
  const cell = fc.string().filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const line = csvLine([...cells, "end"]);
      const back = parseLine(`${line},`).map((text) => text.replace(/^'(?=[=+\-@\t])/, ""));
      expect(back.slice(0, cells.length)).toEqual(cells.map((text) => text.replace(/^'(?=[=+\-@\t])/, "")));
    }),
  );
});

test("a file begins with a byte order mark and its heading", () => {
  expect(csvFile(["No"], [["101"]])).toBe("\uFEFFNo\r\n101\r\n");
});
