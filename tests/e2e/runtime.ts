import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const RuntimeFile = z.object({
  binary: z.string(),
  source: z.enum(["official", "registry", "chosen"]),
  electron: z.string(),
  chromium: z.string(),
  sqliteBinding: z.string().nullable(),
});
/** The Electron that the scripts prepared for this clone. */
export type Runtime = z.infer<typeof RuntimeFile>;

/** The clone's top folder. */
export const projectRoot = resolve(import.meta.dirname, "..", "..");

/** Reads what `scripts/start.mjs` wrote; throws with the command to run when nothing was prepared. */
export function readRuntime(): Runtime {
  const file = join(projectRoot, ".cache", "runtime.json");
  if (!existsSync(file)) throw new Error("No Electron runtime is prepared. Run: node scripts/prepare.mjs");
  return RuntimeFile.parse(JSON.parse(readFileSync(file, "utf8")));
}
