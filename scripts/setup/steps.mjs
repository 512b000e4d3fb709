/** What the person reads while things are set up: one line a step, with its time. */

/** A step that cannot go on and knows what the person can do about it. */
export class Refusal extends Error {
  /**
   * @param {string} message what is wrong, one sentence
   * @param {string[]} remedies exact commands or sentences, one a line
   */
  constructor(message, remedies = []) {
    super(message);
    this.name = "Refusal";
    this.remedies = remedies;
  }
}

/** @param {string} line printed on stderr: stdout belongs to the program that is started */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs one step and says what it came to and how long it took.
 *
 * @template T
 * @param {string} label e.g. `packages`
 * @param {(note: (text: string) => void) => Promise<T>} work calls `note` with what it did, e.g. `unchanged`
 * @returns {Promise<T>}
 */
export async function step(label, work) {
  const startedAt = performance.now();
  let noted = "";
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const result = await work((text) => {
      noted = text;
    });
    say(`✓ ${label}${noted === "" ? "" : `: ${noted}`} (${seconds()})`);
    return result;
  } catch (error) {
    say(`✗ ${label} (${seconds()})`);
    throw error;
  }
}

/**
 * Runs a script's main function; a refusal is printed with its remedies, anything else with its stack.
 *
 * @param {() => Promise<number>} main answers the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof Refusal) {
      say(`\n${error.message}`);
      for (const remedy of error.remedies) say(`  ${remedy}`);
    } else {
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    process.exitCode = 1;
  }
}
