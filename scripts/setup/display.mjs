/** A virtual display for machines without one. */
import { spawn } from "node:child_process";
import { findProgram } from "./libraries.mjs";
import { Refusal } from "./steps.mjs";

const startTimeoutMs = 15_000;

/** True when a window could not be shown: Linux without X11 or Wayland. */
export function lacksDisplay() {
  return process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/**
 * Starts Xvfb on a display number it picks itself (`-displayfd`), so runs side by side never collide.
 *
 * @param {{ width: number, height: number }} size pixels
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function startDisplay({ width, height }) {
  const program = findProgram("Xvfb");
  if (program === null) throw new Refusal("Xvfb is missing.", ["sudo apt-get install -y xvfb"]);
  const child = spawn(
    program,
    ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"],
    { stdio: ["ignore", "ignore", "pipe", "pipe"] },
  );
  const ended = new Promise((done) => child.once("exit", done));
  const number = await readDisplayNumber(child);
  return {
    env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: "", XDG_SESSION_TYPE: "x11" },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** @returns {Promise<string>} */
function readDisplayNumber(/** @type {import("node:child_process").ChildProcess} */ child) {
  return new Promise((done, fail) => {
    let said = "";
    let complaint = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(new Refusal(`Xvfb did not start within ${startTimeoutMs / 1000} s. ${complaint.trim()}`));
    }, startTimeoutMs);
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      complaint += text;
    });
    child.stdio[3]?.on("data", (/** @type {Buffer} */ text) => {
      said += text.toString("utf8");
      if (!said.includes("\n")) return;
      clearTimeout(timer);
      done(said.trim());
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(new Refusal(`Xvfb ended with code ${code}. ${complaint.trim()}`));
    });
  });
}
