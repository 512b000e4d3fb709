/** The npm packages: installed again only when the lock file changed. */
import { createHash } from "node:crypto";
import { existsSync, lstatSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./places.mjs";
import { npm, tail } from "./run.mjs";
import { Refusal, step } from "./steps.mjs";

const stampFile = join(root, "node_modules", ".watchfloor-packages");

const remedies = [
  "Needed: a reachable npm registry; this prints which one is asked: npm config get registry",
  "Then run the same command again.",
];
const noNetwork = /EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT/;

/**
 * With `ci`, npm needs minutes to notice that there is no network: one question says so at once. Then only what it
 * keeps from earlier can be installed.
 */
async function offlineFlags() {
  const { code, output } = await npm(["ping", "--fetch-retries=0"], { timeoutMs: 20_000 });
  return code !== 0 && noNetwork.test(output) ? ["--offline"] : [];
}

/** Installs what package-lock.json names when its hash, the platform or the Node release line changed. */
export async function installPackages() {
  await step("packages", (note) =>
    withLock(join(root, ".cache", "packages.lock"), async () => {
      if (isLinked()) {
        note("node_modules is a link to another folder and left as it is");
        return;
      }
      const wanted = await fingerprint();
      const present = existsSync(stampFile) ? await readFile(stampFile, "utf8") : "";
      if (present === wanted) {
        note("unchanged");
        return;
      }
      await rm(stampFile, { force: true });
      const offline = await offlineFlags();
      const { code, output } = await npm(["ci", "--no-audit", "--no-fund", ...offline]);
      if (code !== 0 && offline.length > 0)
        throw new Refusal(
          "The npm registry cannot be reached, and npm's cache does not hold all packages.",
          remedies,
        );
      if (code !== 0) throw new Refusal(`npm could not install the packages:\n${tail(output)}`, remedies);
      await writeFile(`${stampFile}.new`, wanted);
      await rename(`${stampFile}.new`, stampFile);
      note("installed");
    }),
  );
}

/** A second work tree may share the packages of the first, which alone may change them. */
function isLinked() {
  return lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

async function fingerprint() {
  const hash = createHash("sha256");
  hash.update(await readFile(join(root, "package-lock.json")));
  return `${hash.digest("hex")} ${process.platform}-${process.arch}\n`;
}
