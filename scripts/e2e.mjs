/**
 * `node scripts/e2e.mjs [file or Playwright flag …]`: the end-to-end tests alone.
 *
 * Flags: --no-install first, then what Playwright takes.
 */
import { prepare } from "./setup/prepare.mjs";
import { runScript } from "./setup/steps.mjs";
import { runPlaywright } from "./setup/suites.mjs";

await runScript(async () => {
  const args = process.argv.slice(2);
  const filters = args.filter((argument) => argument !== "--no-install");
  const { env } = await prepare({
    install: filters.length === args.length,
    needsDisplay: process.platform === "linux",
  });
  const { failed, passed } = await runPlaywright(env, filters);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
