import fc from "fast-check";
import { expect, test } from "vitest";
import { DiskFacts } from "../../../electron/main/recording/disk-facts.ts";

const full = ["/a", "the disk is full"] as const;
const gone = ["/b", "the folder is gone"] as const;

test("a disk in trouble begins once with its reason and its folder, and ends when it is well", () => {
  const facts = new DiskFacts();
  expect(facts.compare(new Map())).toEqual([]);
  expect(facts.compare(new Map([full]))).toEqual([
    { type: "disk", state: "begun", detail: "the disk is full: /a" },
  ]);
  expect(facts.compare(new Map([full]))).toEqual([]);
  expect(facts.compare(new Map())).toEqual([{ type: "disk", state: "ended", detail: "well again: /a" }]);
});

test("one disk that is well again does not end the trouble of another", () => {
  const facts = new DiskFacts();
  facts.compare(new Map([full, gone]));
  expect(facts.compare(new Map([gone]))).toEqual([
    { type: "disk", state: null, detail: "well again: /a; not yet: /b" },
  ]);
  expect(facts.compare(new Map()).map(({ state }) => state)).toEqual(["ended"]);
});

test("whatever comes and goes, what is told says at every moment whether anything is in trouble", () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.constantFrom("/a", "/b", "/c"))), (moments) => {
      const facts = new DiskFacts();
      let isInTrouble = false;
      for (const folders of moments) {
        for (const { state } of facts.compare(new Map(folders.map((folder) => [folder, "why"])))) {
          if (state === "begun") isInTrouble = true;
          if (state === "ended") isInTrouble = false;
        }
        expect(isInTrouble).toBe(folders.length > 0);
      }
    }),
  );
});
