import { expect, test } from "vitest";
import { chordOf, isTyping } from "../../../renderer/keyboard/chord.ts";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "altKey" | "shiftKey" | "metaKey", boolean>> = {},
  code = "",
) => chordOf({ key, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held });

test.each([
  [press("k", { ctrlKey: true }), "Ctrl+K"],
  [press("k", { metaKey: true }), "Ctrl+K"],
  [press("N", { ctrlKey: true, shiftKey: true }), "Ctrl+Shift+N"],
  [press("?", { shiftKey: true }), "?"],
  [press("F10", { shiftKey: true }), "Shift+F10"],
  [press("Escape"), "Esc"],
  [press("ArrowUp", { altKey: true }), "Alt+↑"],
  [press(" "), "Space"],
  [press("¡", { altKey: true }, "Digit1"), "Alt+1"],
  [press("a"), "A"],
])("%s is written %s", (chord, expected) => {
  expect(chord).toBe(expected);
});

test("letters, arrows and Delete belong to a text field; chords and function keys do not", () => {
  expect(["A", "?", "Delete", "←", "Esc", "Shift+A"].every(isTyping)).toBe(true);
  expect(["Ctrl+K", "Alt+↑", "F2", "Shift+F10"].some(isTyping)).toBe(false);
});
