import { expect, test } from "vitest";
import { remarksOf } from "../../../electron/main/discovery/sighting-remarks.ts";
import type { SightingFlag } from "../../../shared/model/sighting.ts";
import { sampleSighting } from "../../renderer/sample-devices.ts";

/** The remarks on a device that answered from 10.0.0.5. */
function remarks(
  flags: SightingFlag[],
  { from = ["10.0.0.5"], claims = ["10.0.0.5"], rivals = [] as readonly string[] } = {},
): readonly string[] {
  const sighting = sampleSighting(0, { host: "10.0.0.5", flags });
  return remarksOf({ sighting, answeredFrom: new Set(from), claims: new Set(claims) }, rivals);
}

test("nothing odd, nothing said", () => {
  expect(remarks([])).toEqual([]);
});

test("an address that points elsewhere is named, and which one is used", () => {
  expect(remarks(["other-host"], { claims: ["10.0.0.5", "10.0.0.9"] })).toEqual([
    "its own address names 10.0.0.9, which did not answer; 10.0.0.5, which did, is used",
  ]);
  expect(remarks(["host-name"], { claims: ["cam.example"] })).toEqual([
    "it calls itself cam.example; names are not looked up, 10.0.0.5 is used",
  ]);
});

test("a device out of reach says what to do before it is adopted", () => {
  expect(remarks(["foreign-subnet"])[0]).toContain("give a network card here one in that network");
});

test("rivals and further addresses are told apart, at most five by name and within 300 characters", () => {
  const many = Array.from({ length: 8 }, (_, index) => `10.0.1.${index}`);
  expect(remarks([], { rivals: many })[0]).toContain("10.0.1.4 and 3 more says to be the same device");
  expect(remarks([], { from: ["10.0.0.5", "10.0.0.6"] })).toEqual([
    "it also answers from 10.0.0.6: one device with several addresses",
  ]);
  const long = Array.from({ length: 5 }, (_, index) => `${"x".repeat(90)}${index}`);
  expect(remarks([], { rivals: long }).every((remark) => remark.length <= 300)).toBe(true);
});
