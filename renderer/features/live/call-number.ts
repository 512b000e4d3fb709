/** Digits typed so far to call a camera, and when the last one came. */
export interface CallEntry {
  readonly digits: string;
  readonly atMs: number;
}

/** Typed digits are forgotten after this long without another. */
export const callTimeoutMs = 4_000;
const mostDigits = 5;

/** The entry after one more digit; a late digit begins a new number, a sixth is not taken. */
export function withDigit(entry: CallEntry | undefined, digit: string, nowMs: number): CallEntry {
  const isLate = entry === undefined || nowMs - entry.atMs > callTimeoutMs;
  const digits = isLate ? digit : `${entry.digits}${digit}`;
  return { digits: digits.length > mostDigits ? digits.slice(0, mostDigits) : digits, atMs: nowMs };
}

/** The entry without its last digit; undefined when none is left. */
export function withoutDigit(entry: CallEntry, nowMs: number): CallEntry | undefined {
  const digits = entry.digits.slice(0, -1);
  return digits === "" ? undefined : { digits, atMs: nowMs };
}
