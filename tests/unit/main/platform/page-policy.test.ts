import { expect, test } from "vitest";
import {
  contentPolicy,
  isOwnMainFrame,
  isPermitted,
  mayLoad,
} from "../../../../electron/main/platform/page-policy.ts";

const own = "app://watchfloor/index.html";

test("everything Chromium could grant is denied but what is in the table, for our main frame", () => {
  for (const permission of [
    "media",
    "geolocation",
    "notifications",
    "midi",
    "hid",
    "serial",
    "usb",
    "openExternal",
    "window-management",
    "pointerLock",
    "display-capture",
    "clipboard-read",
    "fileSystem",
    "unknown",
  ]) {
    expect([permission, isPermitted(permission, own, true)]).toEqual([permission, false]);
  }
  expect(isPermitted("fullscreen", own, true)).toBe(true);
  expect(isPermitted("fullscreen", own, false)).toBe(false);
  expect(isPermitted("fullscreen", "https://example.org/", true)).toBe(false);
});

test("the content policy allows nothing by default and no inline or evaluated script", () => {
  const rules = new Map(contentPolicy.split("; ").map((rule) => [rule.split(" ")[0], rule]));
  expect(rules.get("default-src")).toBe("default-src 'none'");
  expect(rules.get("script-src")).toBe("script-src 'self'");
  expect(rules.get("connect-src")).toBe("connect-src 'none'");
  expect(rules.get("frame-ancestors")).toBe("frame-ancestors 'none'");
  expect(contentPolicy).not.toMatch(/unsafe|\*|https?:/);
  expect([...rules.keys()]).not.toContain("frame-src");
});

test.each([
  "http://192.168.1.1/",
  "https://example.org/x",
  "ws://127.0.0.1/",
  "file:///etc/passwd",
  "ftp://x/",
  "app://other/",
  "",
])("a page may not load %s", (address) => expect(mayLoad(address)).toBe(false));

const frame = { origin: "app://watchfloor", url: own, parent: null };
test("only our own page in a main frame is given ports", () => {
  const ask = (change: object): boolean =>
    isOwnMainFrame({ senderFrame: { ...frame, ...change } }, "app://watchfloor");
  expect(ask({})).toBe(true);
  expect(ask({ parent: {} })).toBe(false);
  expect(ask({ origin: "https://example.org" })).toBe(false);
  expect(ask({ origin: "null" })).toBe(false);
  expect(ask({ url: "app://watchfloor.evil/index.html" })).toBe(false);
  expect(isOwnMainFrame({ senderFrame: null }, "app://watchfloor")).toBe(false);
});
