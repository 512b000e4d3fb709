/**
 * `node scripts/notices.mjs [--check]`: writes THIRD-PARTY-NOTICES.txt from the packages that are shipped.
 *
 * Shipped are the packages of the lock file that are not for development only. A licence that is not on the list
 * below is refused. With --check nothing is written: exit code 1 when the file is not current.
 */
import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFlags } from "./setup/flags.mjs";
import { root } from "./setup/places.mjs";
import { Refusal, runScript, say } from "./setup/steps.mjs";

const file = join(root, "THIRD-PARTY-NOTICES.txt");
const accepted = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "OFL-1.1",
  "(MIT OR CC0-1.0)",
]);
const rule = "=".repeat(78);

await runScript(async () => {
  const { values } = readFlags(process.argv.slice(2), { check: { type: "boolean" } });
  const wanted = await write();
  if (values.check !== true) {
    await writeFile(file, wanted);
    return 0;
  }
  const present = existsSync(file) ? (await readFile(file, "utf8")).replaceAll("\r\n", "\n") : "";
  if (present === wanted) return 0;
  say("THIRD-PARTY-NOTICES.txt is not current. Run: node scripts/notices.mjs");
  return 1;
});

async function write() {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8"));
  const sections = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === "" || entry.dev === true || entry.devOptional === true) continue;
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    if (!accepted.has(entry.license))
      throw new Refusal(`${name} ${entry.version} is under ${entry.license}, which is not on the list.`);
    const text = await licenceText(join(root, path));
    sections.push(`${rule}\n${name} ${entry.version}: ${entry.license}\n${rule}\n\n${text}\n`);
  }
  return [
    "Watchfloor is under the Apache License 2.0 (LICENSE). It ships with the packages below, each under its own",
    "licence. Electron, Chromium and Node.js carry theirs in the installed application (LICENSE.electron.txt,",
    "LICENSES.chromium.html). SQLite, inside better-sqlite3, is in the public domain.",
    "",
    ...sections,
  ].join("\n");
}

/** The package's own licence file, or who wrote it where it has none. */
async function licenceText(/** @type {string} */ folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice)/i.test(name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  if (texts.length > 0) return texts.map((text) => text.replaceAll("\r\n", "\n").trim()).join("\n\n");
  const { author, repository } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const who = typeof author === "string" ? author : (author?.name ?? "its authors");
  const where = typeof repository === "string" ? repository : (repository?.url ?? "");
  return `Copyright ${who}. The package has no licence file of its own. ${where}`.trim();
}
