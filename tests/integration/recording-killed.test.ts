import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { indexRecording, mendRecording } from "../../electron/drivers/recording-file/open-recording.ts";

const folders: string[] = [];
afterEach(() => {
  for (const one of folders.splice(0)) fs.rmSync(one, { recursive: true, force: true });
});

test("a recorder that is killed loses at most 600 ms, and its file is whole after mending", async () => {
  const script = fileURLToPath(new URL("record-until-killed.ts", import.meta.url));
  const lost: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-recording-"));
    folders.push(root);
    const child = spawn(process.execPath, [script, root], { stdio: ["ignore", "pipe", "inherit"] });
    let last = 0;
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      count += 1;
      if (count === 70 + round * 7) child.kill("SIGKILL");
    }
    const files = fs
      .readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".mp4"));
    expect(files).toHaveLength(1);
    const file = path.join(root, files[0] ?? "");
    const mended = await mendRecording(file);
    if (mended === "foreign") throw new Error("it is ours");
    const { scan } = mended;
    lost.push(last - scan.endAt);
    expect(fs.statSync(file).size).toBe(scan.endOffset);
    expect((await indexRecording(file)).endAt).toBe(scan.endAt);
  }
  for (const ms of lost) expect(ms).toBeLessThanOrEqual(600);
}, 60_000);
