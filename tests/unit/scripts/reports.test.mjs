import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countPlaywright, countVitest } from "../../../scripts/setup/reports.mjs";

/** @type {string} */
let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watchfloor-reports-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @returns {Promise<string>} the file that holds it */
async function report(/** @type {unknown} */ content) {
  const file = join(folder, "report.json");
  await writeFile(file, JSON.stringify(content));
  return file;
}

describe("Vitest's report", () => {
  const results = (/** @type {string} */ status, /** @type {string[]} */ ...tests) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });

  it("is counted test by test", async () => {
    const file = await report({
      testResults: [results("failed", "passed", "failed", "skipped"), results("passed", "passed")],
    });
    expect(await countVitest(file, 1)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it("counts a file that could not be loaded as a failure", async () => {
    const file = await report({ testResults: [results("failed"), results("passed", "passed")] });
    expect(await countVitest(file, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("counts a failure outside of every test", async () => {
    const file = await report({ testResults: [results("passed", "passed")] });
    expect(await countVitest(file, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it("that is missing is a failure, whatever the exit code", async () => {
    expect(await countVitest(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("Playwright's report", () => {
  const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 2 };

  it("is counted by its own sums", async () => {
    const file = await report({ stats: { ...stats, unexpected: 1 }, errors: [] });
    expect(await countPlaywright(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it("counts errors outside of every test", async () => {
    const file = await report({ stats, errors: [{ message: "no tests found" }] });
    expect(await countPlaywright(file, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it("of a run that ended badly without a failed test is a failure", async () => {
    expect(await countPlaywright(await report({ stats, errors: [] }), 130)).toMatchObject({ failed: 1 });
  });

  it("that is missing is a failure", async () => {
    expect(await countPlaywright(join(folder, "none.json"), 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
