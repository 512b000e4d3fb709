import path from "node:path";
import { expect, test } from "vitest";
import fc from "fast-check";
import { assetPath, assetType, isOwnPage } from "../../../../electron/main/platform/asset-path.ts";

const root = path.resolve("/srv/pages");

test.each([
  ["app://watchfloor/", "index.html"],
  ["app://watchfloor/index.html?x=1#y", "index.html"],
  ["app://watchfloor/assets/a%20b.js", "assets/a b.js"],
  ["app://watchfloor/..hidden/file.js", "..hidden/file.js"],
])("%s is a file of ours", (address, file) => {
  expect(assetPath(root, address)).toBe(path.join(root, file));
});

test.each([
  "app://watchfloor/../secret",
  "app://watchfloor/%2e%2e/secret",
  "app://watchfloor/%2e%2e%2fsecret",
  "app://watchfloor/..%2f..%2fetc/passwd",
  "app://watchfloor/a/..%2f..%2f..%2fpages-of-others/x.js",
  "app://watchfloor/..%5c..%5csecret",
  "app://watchfloor/C:%5cWindows%5cwin.ini",
  "app://watchfloor/%00index.html",
  "app://watchfloor/%E0%A4%A",
  "app://other/index.html",
  "app://user:pw@watchfloor/index.html",
  "file:///etc/passwd",
  "https://watchfloor/index.html",
  "not an address",
])("%s leads nowhere outside", (address) => {
  const file = assetPath(root, address);
  const isOutside = file !== undefined && path.relative(root, file).startsWith("..");
  expect(isOutside).toBe(false);
  if (!address.startsWith("app://watchfloor/")) expect(file).toBeUndefined();
});

test("a folder whose name only begins like ours is outside", () => {
  expect(assetPath(root, "app://watchfloor/..%2fpages-of-others%2fx.js")).toBeUndefined();
});

test("no path at all leaves the folder", () => {
  const piece = fc.constantFrom(
    "..",
    ".",
    "%2e%2e",
    "%2f",
    "%5c",
    "/",
    "\\",
    "a",
    "%00",
    "%252e",
    "C:",
    "~",
    "//",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const file = assetPath(root, `app://watchfloor/${pieces.join("")}`);
      if (file === undefined) return;
      const inside = path.relative(root, file);
      expect(inside.split(path.sep)).not.toContain("..");
      expect(path.isAbsolute(inside)).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

test("no text makes the questions throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(typeof isOwnPage(text)).toBe("boolean");
      expect(assetPath(root, text)).toBeUndefined();
    }),
  );
});

test("only the kinds of files that pages are made of are served", () => {
  expect(assetType("a.HTML")).toContain("text/html");
  for (const name of ["site.sqlite3", "index.js.map", "a", ".env", "a.exe"]) {
    expect(assetType(name)).toBeUndefined();
  }
});
