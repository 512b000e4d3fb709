import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedComponents } from "../../../renderer/features/settings/shipped-components.ts";

const root = join(import.meta.dirname, "../../..");
const readPackage = (path: string): { dependencies?: Record<string, string>; license?: string } =>
  JSON.parse(readFileSync(join(root, path), "utf8"));

test("About names every package that ships, with the licence it states", () => {
  const shipped = [...Object.keys(readPackage("package.json").dependencies ?? {}), "electron"].toSorted();
  expect(shippedComponents.map(({ name }) => name).toSorted()).toEqual(shipped);
  for (const { name, licence } of shippedComponents) {
    expect(readPackage(`node_modules/${name}/package.json`).license, name).toBe(licence);
  }
});
