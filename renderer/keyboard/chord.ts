/** What of a keyboard event a chord is made of. */
export interface KeyPress {
  readonly key: string;
  /** The place of the key on the keyboard: `Digit1`. */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const names: Readonly<Record<string, string>> = {
  " ": "Space",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/**
 * A key press as it is written in a command: `Ctrl+K`, `Shift+F10`, `?`, `F2`, `Esc`, `↑`.
 *
 * Letters are upper case; Shift is named only where the character does not already show it. On macOS
 * the Command key counts as Ctrl. With Alt a digit is taken by its place: macOS types other characters there.
 */
export function chordOf(press: KeyPress): string {
  const digit = press.altKey ? /^Digit(\d)$/.exec(press.code ?? "")?.[1] : undefined;
  const key = digit ?? names[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const showsShift = press.key.length === 1 && press.key.toUpperCase() === press.key.toLowerCase();
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push("Ctrl");
  if (press.altKey) parts.push("Alt");
  if (press.shiftKey && !showsShift) parts.push("Shift");
  parts.push(key);
  return parts.join("+");
}

/** Whether a chord means something to a text field, so that it must not be taken while one has the focus. */
export function isTyping(chord: string): boolean {
  return !/^(Ctrl|Alt)\+/.test(chord) && !/^(Shift\+)?F\d+$/.test(chord);
}
