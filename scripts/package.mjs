/**
 * `npm run package [-- --dir]`: makes the installers for this platform in release/, or with --dir only the
 * unpacked application.
 *
 * Users get Electron as its makers publish it. The registry's runtime is for development: with it only --dir is
 * possible, which proves the packaging.
 */
import { join } from "node:path";
import { describeElectron } from "./setup/electron-runtime.mjs";
import { readFlags } from "./setup/flags.mjs";
import { nodeBinary, root } from "./setup/places.mjs";
import { prepare } from "./setup/prepare.mjs";
import { capture, tail } from "./setup/run.mjs";
import { Refusal, runScript, say, step } from "./setup/steps.mjs";

const platformFlag = { linux: "--linux", win32: "--win", darwin: "--mac" };

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), {
    dir: { type: "boolean" },
    "no-install": { type: "boolean" },
  });
  const { runtime, env } = await prepare({ install: values["no-install"] !== true, needsDisplay: false });
  if (runtime.source === "registry" && values.dir !== true)
    throw new Refusal("Installers need the official Electron, which could not be downloaded here.", [
      "npm run package -- --dir    proves the packaging with the registry's runtime",
    ]);
  const { electron } = await describeElectron(runtime);
  await step("package", async (note) => {
    const { code, output } = await capture(
      nodeBinary(),
      [
        join(root, "node_modules", "electron-builder", "cli.js"),
        platformFlag[process.platform] ?? "--linux",
        ...(values.dir === true ? ["dir"] : []),
        "--publish=never",
        `--config.electronVersion=${electron}`,
        `--config.electronDist=${runtime.folder}`,
      ],
      { env },
    );
    if (code !== 0) throw new Refusal(`electron-builder failed:\n${tail(output, 30)}`);
    note(`release/, Electron ${electron}`);
  });
  if (runtime.source === "registry") say("Made with the registry's runtime: not for users.");
  return 0;
});
