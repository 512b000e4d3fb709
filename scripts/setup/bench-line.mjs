/** The form of a benchmark's last line. */

/**
 * @param {unknown} line a parsed JSON value
 * @param {string} name the benchmark that printed it
 * @returns {string[]} what is wrong with it; empty when it has the agreed form
 */
export function faultsOfBenchLine(line, name) {
  if (!isRecord(line)) return ["the last line is not a JSON object"];
  const faults = [];
  if (line.bench !== name) faults.push(`"bench" is not "${name}"`);
  for (const key of ["ours", "ratio", "limits"])
    if (!isRecord(line[key])) faults.push(`"${key}" is not an object`);
  if (!isRecord(line.peer) || typeof line.peer.name !== "string") faults.push(`"peer" has no "name"`);
  if (typeof line.pass !== "boolean") faults.push(`"pass" is not true or false`);
  if (line.runtime === undefined) faults.push(`"runtime" is missing`);
  return faults;
}

/** @returns {value is Record<string, unknown>} */
function isRecord(/** @type {unknown} */ value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
