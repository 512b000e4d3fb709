import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../renderer/");

/** Rules that no custom property can stand in: a container query must hold its length. */
const withoutQueries = (text: string): string => text.replaceAll(/@container[^{]+\{/g, "{");

test("no style sheet but the tokens holds a colour, a size or a duration", () => {
  const files = globSync("**/*.css", { cwd: root }).filter((file) => !file.endsWith("tokens.css"));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = withoutQueries(readFileSync(`${root}${file}`, "utf8")).replaceAll(/\/\*[\s\S]*?\*\//g, "");
    const literals = text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|\b(?!0px)[0-9.]+px\b|\b[0-9.]+m?s\b/gi);
    expect(literals, file).toBeNull();
  }
});

test("every token a style sheet uses exists", () => {
  const tokens = readFileSync(`${root}design/tokens.css`, "utf8");
  const known = new Set([...tokens.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
  /** Set by React Aria, by the scales, or by the component itself. */
  const foreign =
    /^--(trigger-width|blue-|slate-|black-a|red-|orange-|yellow-|green-|amber-|violet-|tile-|zoom-)/;
  for (const file of globSync("**/*.css", { cwd: root })) {
    const text = readFileSync(`${root}${file}`, "utf8");
    const own = new Set([...text.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
    const used = [...text.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name ?? "");
    const missing = used.filter((name) => !known.has(name) && !own.has(name) && !foreign.test(name));
    expect(missing, file).toEqual([]);
  }
});
