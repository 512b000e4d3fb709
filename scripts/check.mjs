/**
 * `npm run check`: format, types, lint, direction rules, dead code, notices and the unit tests, in under two
 * minutes. Flags: --no-install.
 */
import { readFlags } from "./setup/flags.mjs";
import { installPackages } from "./setup/packages.mjs";
import { runScript, say } from "./setup/steps.mjs";
import { deadCode, directions, format, lint, notices, runTool, types } from "./setup/tools.mjs";

/** Two at a time: the slow ones first, so that the short ones fill the second core. */
const lanes = 2;

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), { "no-install": { type: "boolean" } });
  if (values["no-install"] !== true) await installPackages();
  const unit = { name: "unit tests", package: "vitest", args: ["run", "--project", "unit"] };
  const waiting = [types, lint, unit, deadCode, format, directions, notices];
  const results = await Promise.all(
    Array.from({ length: lanes }, async () => {
      let passed = true;
      for (let tool = waiting.shift(); tool !== undefined; tool = waiting.shift())
        passed = (await runTool(tool)) && passed;
      return passed;
    }),
  );
  const hasPassed = results.every(Boolean);
  say(hasPassed ? "all checks passed" : "some checks failed");
  return hasPassed ? 0 : 1;
});
