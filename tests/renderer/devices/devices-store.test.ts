import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createDevicesStore,
  defaultColumns,
  readColumns,
} from "../../../renderer/features/devices/devices-store.ts";

function shelfWith(text: string | null): {
  getItem: () => string | null;
  setItem: (key: string, value: string) => void;
} {
  let kept = text;
  return { getItem: () => kept, setItem: (_key, value) => (kept = value) };
}

test("the columns chosen are there again next time", () => {
  const shelf = shelfWith(null);
  createDevicesStore(shelf).setState({ columns: new Set(["mac", "serial"]) });
  expect([...createDevicesStore(shelf).getState().columns]).toEqual(["mac", "serial"]);
});

test("whatever is kept, there are columns to show", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readColumns(shelfWith(text)).size).toBeGreaterThan(0);
    }),
  );
  expect(readColumns(shelfWith("{broken"))).toBe(defaultColumns);
});
