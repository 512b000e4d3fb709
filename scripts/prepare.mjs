/**
 * `node scripts/prepare.mjs`: everything up to a built app without starting it.
 *
 * Flags: --no-install, --no-build, --retry-electron.
 */
import { readFlags } from "./setup/flags.mjs";
import { prepare } from "./setup/prepare.mjs";
import { runScript, say } from "./setup/steps.mjs";

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), {
    "no-install": { type: "boolean" },
    "no-build": { type: "boolean" },
    "retry-electron": { type: "boolean" },
  });
  const { runtime } = await prepare({
    install: values["no-install"] !== true,
    buildApp: values["no-build"] !== true,
    retryElectron: values["retry-electron"] === true,
  });
  say(`Electron ${runtime.electron}, Chromium ${runtime.chromium}, Node ${runtime.node}: ${runtime.binary}`);
  return 0;
});
