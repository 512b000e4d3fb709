import { describe, expect, it } from "vitest";
import { faultsOfBenchLine } from "../../../scripts/setup/bench-line.mjs";
import { readFlags, wholeNumber } from "../../../scripts/setup/flags.mjs";
import { Refusal } from "../../../scripts/setup/steps.mjs";

const line = {
  bench: "live",
  ours: { p50Ms: 200 },
  peer: { name: "ffmpeg", available: false },
  ratio: {},
  limits: { p50Ms: 250 },
  pass: true,
  runtime: { node: "24" },
};

describe("a benchmark's last line", () => {
  it("of the agreed form has no faults", () => {
    expect(faultsOfBenchLine(line, "live")).toEqual([]);
  });

  it.each([
    ["another benchmark's name", { ...line, bench: "ingest" }, `"bench" is not "live"`],
    ["numbers for an object", { ...line, ours: 3 }, `"ours" is not an object`],
    ["a list for an object", { ...line, ratio: [] }, `"ratio" is not an object`],
    ["a peer without a name", { ...line, peer: {} }, `"peer" has no "name"`],
    ["a word for pass", { ...line, pass: "true" }, `"pass" is not true or false`],
    ["no runtime", { ...line, runtime: undefined }, `"runtime" is missing`],
  ])("with %s is refused by name", (_what, wrong, fault) => {
    expect(faultsOfBenchLine(wrong, "live")).toEqual([fault]);
  });

  it.each([null, [], "text", 3])("that is no object is refused: %j", (wrong) => {
    expect(faultsOfBenchLine(wrong, "live")).toEqual(["the last line is not a JSON object"]);
  });
});

describe("flags", () => {
  const options = /** @type {const} */ ({ seconds: { type: "string" }, headless: { type: "boolean" } });

  it("are read beside what is not a flag", () => {
    const { values, positionals } = readFlags(["demo", "--headless", "--seconds=20"], options);
    expect({ ...values }).toEqual({ headless: true, seconds: "20" });
    expect(positionals).toEqual(["demo"]);
  });

  it("that nobody knows are refused with those that are known", () => {
    const asked = () => readFlags(["--second", "3"], options);
    expect(asked).toThrow(Refusal);
    expect(asked).toThrow(/--second/);
  });

  it.each([
    ["1", 1],
    ["64", 64],
    [undefined, null],
  ])("hold whole numbers: %s", (given, number) => {
    expect(wholeNumber(given, { name: "cameras", min: 1, max: 64 })).toBe(number);
  });

  it.each(["0", "65", "1.5", "nine", "", " "])("hold no other number: %j", (given) => {
    const asked = () => wholeNumber(given, { name: "cameras", min: 1, max: 64 });
    expect(asked).toThrow("--cameras must be a whole number from 1 to 64.");
  });
});
