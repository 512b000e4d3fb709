import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Seek } from "./review-page.ts";

/**
 * How long ffmpeg takes to the first exact picture of the same instants, ms each; undefined when it is not there.
 * Any camera's files will do: they are all alike.
 */
export async function seekByFfmpeg(
  userDataDir: string,
  seeks: readonly Seek[],
): Promise<readonly number[] | undefined> {
  if (spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status !== 0) return undefined;
  const root = join(userDataDir, "recordings");
  const [channel = ""] = readdirSync(root);
  const files = readdirSync(join(root, channel), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith("-main.mp4"))
    .map(({ parentPath, name }) => ({ path: join(parentPath, name), startAt: Number.parseInt(name, 10) }))
    .sort((a, b) => a.startAt - b.startAt);
  const took: number[] = [];
  for (const { wantedAt } of seeks) {
    const file = files.findLast(({ startAt }) => startAt <= wantedAt);
    if (file === undefined) continue;
    const offsetS = String((wantedAt - file.startAt) / 1_000);
    const from = performance.now();
    const args = ["-v", "error", "-ss", offsetS, "-i", file.path, "-frames:v", "1", "-f", "null", "-"];
    const { status } = spawnSync("ffmpeg", args, { stdio: "ignore" });
    if (status === 0) took.push(performance.now() - from);
  }
  return took;
}
