// Opens the app folder named on the command line, as Electron's own default app does.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { app } from "electron";

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith("-")) ?? ".");
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
await import(pathToFileURL(join(folder, manifest.main)).href);
