import fc from "fast-check";
import { expect, test } from "vitest";
import { numberEntryMs, typeNumberKey, type NumberEntry } from "../../../renderer/keyboard/number-entry.ts";

test("a digit after the pause begins a new number", () => {
  const step = typeNumberKey({ digits: "10", at: 0 }, "4", numberEntryMs);
  expect(step).toEqual({ kind: "typing", entry: { digits: "4", at: numberEntryMs } });
});

test("Backspace takes digits back, Esc clears, other keys are not ours", () => {
  expect(typeNumberKey({ digits: "10", at: 0 }, "Backspace", 1)).toEqual({
    kind: "typing",
    entry: { digits: "1", at: 1 },
  });
  expect(typeNumberKey({ digits: "1", at: 0 }, "Backspace", 1)).toEqual({ kind: "cleared" });
  expect(typeNumberKey({ digits: "1", at: 0 }, "Escape", 1)).toEqual({ kind: "cleared" });
  expect(typeNumberKey({ digits: "1", at: 0 }, "x", 1)).toEqual({ kind: "ignored" });
});

test("whatever is typed, a call is a number from 1 to 99999", () => {
  const key = fc.constantFrom("0", "1", "5", "9", "Backspace", "Enter", "Escape", "a");
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      let entry: NumberEntry | null = null;
      for (const [index, pressed] of keys.entries()) {
        const step = typeNumberKey(entry, pressed, index);
        if (step.kind === "call") {
          expect(step.number).toBeGreaterThanOrEqual(1);
          expect(step.number).toBeLessThanOrEqual(99_999);
        }
        if (step.kind !== "ignored") entry = step.kind === "typing" ? step.entry : null;
      }
    }),
  );
});
