/** Counts from the test runners' own JSON reports. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Reads Vitest's JSON report. A file that could not be loaded counts as one failure; a run without a report,
 * or one that failed although every test passed (an error outside a test), as one more.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {Promise<Counts>}
 */
export async function countVitest(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(await readFile(file, "utf8"));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of report.testResults) {
    if (status === "failed" && assertionResults.every((test) => test.status !== "failed")) counts.failed += 1;
    for (const test of assertionResults) {
      if (test.status === "passed") counts.passed += 1;
      else if (test.status === "failed") counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  return withExitCode(counts, exitCode);
}

/**
 * Reads Playwright's JSON report; errors outside a test count as failures.
 *
 * @param {string} file
 * @param {number} exitCode
 * @returns {Promise<Counts>}
 */
export async function countPlaywright(file, exitCode) {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, errors } = JSON.parse(await readFile(file, "utf8"));
  return withExitCode(
    {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    },
    exitCode,
  );
}

/** @returns {Counts} */
function withExitCode(/** @type {Counts} */ counts, /** @type {number} */ exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
