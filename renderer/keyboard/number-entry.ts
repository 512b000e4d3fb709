/** Digits typed so far to call a camera, and when the last one was. */
export interface NumberEntry {
  readonly digits: string;
  readonly at: number;
}

/** Typed digits are forgotten after this long without another. */
export const numberEntryMs = 4_000;
const maxDigits = 5;

export type NumberStep =
  | { readonly kind: "typing"; readonly entry: NumberEntry }
  | { readonly kind: "call"; readonly number: number }
  | { readonly kind: "cleared" }
  | { readonly kind: "ignored" };

/** What one key does to a number being typed: digits add, Backspace takes back, Enter calls, Esc clears. */
export function typeNumberKey(entry: NumberEntry | null, key: string, now: number): NumberStep {
  const current = entry !== null && now - entry.at < numberEntryMs ? entry.digits : "";
  if (/^[0-9]$/.test(key)) {
    const digits = (current + key).replace(/^0+/, "").slice(0, maxDigits);
    return digits === "" ? { kind: "ignored" } : { kind: "typing", entry: { digits, at: now } };
  }
  if (current === "") return { kind: "ignored" };
  if (key === "Enter") return { kind: "call", number: Number(current) };
  if (key === "Escape") return { kind: "cleared" };
  if (key !== "Backspace") return { kind: "ignored" };
  const digits = current.slice(0, -1);
  return digits === "" ? { kind: "cleared" } : { kind: "typing", entry: { digits, at: now } };
}
