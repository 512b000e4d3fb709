/**
 * `npm test`: sets a bare clone up, checks types and direction rules, runs the unit, store, integration and
 * renderer tests and then the end-to-end tests on real Electron. The last line is `N passed, N failed`.
 *
 * Flags: --no-install.
 */
import { readFlags } from "./setup/flags.mjs";
import { prepare } from "./setup/prepare.mjs";
import { runScript, say } from "./setup/steps.mjs";
import { runPlaywright, runVitest } from "./setup/suites.mjs";
import { directions, notices, runTool, types } from "./setup/tools.mjs";

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), { "no-install": { type: "boolean" } });
  const { runtime, env } = await prepare({
    install: values["no-install"] !== true,
    needsDisplay: process.platform === "linux",
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const add = (/** @type {import("./setup/reports.mjs").Counts} */ more) => {
    counts.passed += more.passed;
    counts.failed += more.failed;
    counts.skipped += more.skipped;
  };
  for (const tool of [types, directions, notices]) {
    const hasPassed = await runTool(tool);
    add({ passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, skipped: 0 });
  }
  // Tests under Node use the prebuilt database binding, never the runtime's.
  const nodeEnv = { ...env };
  delete nodeEnv.WATCHFLOOR_SQLITE_BINDING;
  add(await runVitest(nodeEnv));
  say(`\nend-to-end on Electron ${runtime.electron} (${runtime.source})`);
  add(await runPlaywright(env));
  if (counts.skipped > 0) say(`${counts.skipped} skipped`);
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  return counts.failed === 0 ? 0 : 1;
});
