import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot, readRuntime } from "../e2e/runtime.ts";

/** The second `npm run demo` on a clone: from the command to the first moving picture, by its own stderr line. */
const limits = { firstPictureMs: 15_000 };
const runs = process.argv.includes("--quick") ? 1 : 3;

async function measure(): Promise<number> {
  const args = ["demo", "--no-install", "--headless", "--seconds", "15", "--cameras", "9"];
  const child = spawn(process.execPath, [join(projectRoot, "scripts", "start.mjs"), ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const seconds = /First moving picture ([\d.]+) s/.exec(said)?.[1];
  if (seconds === undefined) throw new Error(`no moving picture:\n${said.slice(-2_000)}`);
  return Math.round(Number(seconds) * 1_000);
}

const samples: number[] = [];
for (let run = 0; run < runs; run += 1) samples.push(await measure());
const firstPictureMs = samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
const pass = firstPictureMs <= limits.firstPictureMs;
const line = {
  bench: "startup",
  ours: { firstPictureMs, samples },
  peer: { name: "none: a figure of its own" },
  ratio: {},
  limits,
  pass,
  runtime: readRuntime().electron,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exitCode = pass ? 0 : 1;
