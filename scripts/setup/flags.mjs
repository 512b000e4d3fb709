/** Command-line flags of the scripts. */
import { parseArgs } from "node:util";
import { Refusal } from "./steps.mjs";

/**
 * Parses flags strictly: an unknown one is refused with the list of known ones.
 *
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} T
 * @param {string[]} args
 * @param {T} options as node:util parseArgs takes them
 */
export function readFlags(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const known = Object.entries(options).map(([name, { type }]) =>
      type === "boolean" ? `--${name}` : `--${name} …`,
    );
    throw new Refusal(error instanceof Error ? error.message : String(error), [
      `Known flags: ${known.join(" ")}`,
    ]);
  }
}

/**
 * @param {string | undefined} text
 * @param {{ name: string, min: number, max: number }} range
 * @returns {number | null} null when the flag was not given
 */
export function wholeNumber(text, { name, min, max }) {
  if (text === undefined) return null;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Refusal(`--${name} must be a whole number from ${min} to ${max}.`);
  return value;
}
