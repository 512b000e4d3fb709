import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);
const tokensFile = join(import.meta.dirname, "../../../renderer/design/tokens.css");

/** Custom properties of tokens.css and of the scales it imports, sRGB ones first (later media blocks ignored). */
function readProperties(): Map<string, string> {
  const tokens = readFileSync(tokensFile, "utf8");
  const scales = [...tokens.matchAll(/@import "([^"]+)"/g)].map(([, name]) =>
    readFileSync(require.resolve(name ?? ""), "utf8"),
  );
  const properties = new Map<string, string>();
  for (const text of [...scales, tokens]) {
    for (const [, name, value] of text.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)) {
      if (name !== undefined && value !== undefined && !properties.has(name))
        properties.set(name, value.trim());
    }
  }
  return properties;
}

const properties = readProperties();
type Colour = readonly [number, number, number];

/** The colour of a CSS value: a hex literal, a property, `black`, or a mixture in sRGB. */
function colourOf(value: string): Colour {
  if (value === "black") return [0, 0, 0];
  const hex = /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  if (hex !== undefined)
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
  const name = /^var\((--[a-z0-9-]+)\)$/.exec(value)?.[1];
  if (name !== undefined) return colourOf(properties.get(name) ?? "");
  const mix = /^color-mix\(in srgb, (.+) (\d+)%, (.+)\)$/.exec(value);
  if (mix === null) throw new Error(`not a colour: ${value}`);
  const [a, b, share] = [colourOf(mix[1] ?? ""), colourOf(mix[3] ?? ""), Number(mix[2]) / 100];
  return [0, 1, 2].map((at) => (a[at] ?? 0) * share + (b[at] ?? 0) * (1 - share)) as unknown as Colour;
}

/** WCAG 2.2 relative luminance. */
function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(colourOf(`var(--${a})`)), luminance(colourOf(`var(--${b})`))].sort(
    (x, y) => y - x,
  );
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const surfaces = ["surface-0", "surface-1", "surface-2", "surface-3", "select-surface"];

test.each(surfaces)("text keeps 4.5:1 on %s", (surface) => {
  for (const text of ["text-1", "text-2", "p1-text", "p2-text", "p3-text", "p4-text"]) {
    expect(contrast(text, surface), text).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(["surface-0", "surface-1", "surface-2", "surface-3"])("quiet text keeps 4.5:1 on %s", (surface) => {
  expect(contrast("text-3", surface)).toBeGreaterThanOrEqual(4.5);
});

test.each([1, 2, 3, 4])("priority %i is seen on every surface and read on its own", (priority) => {
  for (const surface of [...surfaces, `p${priority}-surface`]) {
    expect(contrast(`p${priority}`, surface), surface).toBeGreaterThanOrEqual(3);
  }
  expect(contrast("text-1", `p${priority}-surface`)).toBeGreaterThanOrEqual(4.5);
  expect(contrast("text-2", `p${priority}-surface`)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(`p${priority}-text`, `p${priority}-surface`)).toBeGreaterThanOrEqual(4.5);
  expect(contrast("text-on-mark", `p${priority}`)).toBeGreaterThanOrEqual(4.5);
});

test("what can be used is seen: strong buttons, focus ring, outlines of fields", () => {
  expect(contrast("text-on-strong", "strong")).toBeGreaterThanOrEqual(4.5);
  for (const surface of surfaces) expect(contrast("focus", surface), surface).toBeGreaterThanOrEqual(3);
});
