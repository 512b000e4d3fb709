/** Starting other programs from a script. */
import { spawn } from "node:child_process";
import { childEnvironment, root } from "./places.mjs";

/**
 * @typedef {{ code: number, output: string, timedOut: boolean }} Outcome
 * `output` is stdout and stderr together, in the order they came, at most the last 200,000 characters.
 */

const keptCharacters = 200_000;

/**
 * Runs a program to its end and keeps what it printed. Does not throw for a failing program.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, shell?: boolean, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<Outcome>} code 127 when the program could not be started
 */
export function capture(command, args, options = {}) {
  return new Promise((done) => {
    let output = "";
    let timedOut = false;
    const keep = (/** @type {string} */ text) => {
      output = (output + text).slice(-keptCharacters);
      options.onOutput?.(text);
    };
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? childEnvironment(),
      shell: options.shell ?? false,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const timer =
      options.timeoutMs === undefined
        ? null
        : setTimeout(() => {
            timedOut = true;
            child.kill("SIGKILL");
          }, options.timeoutMs);
    const finish = (/** @type {number} */ code) => {
      if (timer !== null) clearTimeout(timer);
      done({ code, output, timedOut });
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", (error) => {
      keep(`${error.message}\n`);
      finish(127);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/**
 * Runs npm, which on Windows is a command file and needs a shell.
 *
 * @param {string[]} args
 * @param {Parameters<typeof capture>[2]} [options]
 */
export function npm(args, options = {}) {
  return capture(process.platform === "win32" ? "npm.cmd" : "npm", args, {
    shell: process.platform === "win32",
    env: process.env,
    ...options,
  });
}

/** The last lines of a program's output, for an error message. */
export function tail(/** @type {string} */ output, lines = 15) {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}
