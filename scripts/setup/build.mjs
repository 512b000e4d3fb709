/** Building the app with electron-vite, when something changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { childEnvironment, nodeBinary, root } from "./places.mjs";
import { capture, tail } from "./run.mjs";
import { Refusal, step } from "./steps.mjs";

const stampFile = join(root, "out", ".build-stamp");
const sources = ["electron", "renderer", "shared", "resources"];
const files = ["electron.vite.config.ts", "package.json", "package-lock.json", "tsconfig.base.json"];

/** Builds into `out/`; the stamp is written last, so an interrupted build is made again. */
export async function build() {
  await step("build", (note) =>
    withLock(join(root, ".cache", "build.lock"), async () => {
      const wanted = await fingerprint();
      const present = existsSync(stampFile) ? await readFile(stampFile, "utf8") : "";
      if (present === wanted) {
        note("unchanged");
        return;
      }
      await rm(stampFile, { force: true });
      const { code, output } = await capture(
        nodeBinary(),
        [join(root, "node_modules", "electron-vite", "bin", "electron-vite.js"), "build"],
        { env: childEnvironment({ NODE_ENV: "production" }) },
      );
      if (code !== 0) throw new Refusal(`The app could not be built:\n${tail(output, 40)}`);
      await mkdir(join(root, "out"), { recursive: true });
      await writeFile(stampFile, wanted);
    }),
  );
}

async function fingerprint() {
  const hash = createHash("sha256");
  for (const name of files) hash.update(await readFile(join(root, name)));
  for (const folder of sources) await addFolder(hash, join(root, folder));
  return hash.digest("hex");
}

async function addFolder(/** @type {import("node:crypto").Hash} */ hash, /** @type {string} */ folder) {
  if (!existsSync(folder)) return;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(hash, path);
    else if (entry.isFile()) hash.update(path.slice(root.length)).update(await readFile(path));
  }
}
