/** electron-builder's hook between copying and sealing. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes Electron's own sample application where a runtime folder brought it along: the package must hold one
 * application only.
 *
 * @param {{ appOutDir: string }} context
 */
export default async function afterPack(context) {
  await rm(join(context.appOutDir, "resources", "default_app.asar"), { force: true });
}
