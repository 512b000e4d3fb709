import { expect, test } from "vitest";
import type { Command } from "../../../renderer/keyboard/command.ts";
import { findConflicts } from "../../../renderer/keyboard/command.ts";
import { addCommands, createKeyboardStore, takeNumbers } from "../../../renderer/keyboard/keyboard-store.ts";
import { pressKey } from "../../../renderer/keyboard/press-key.ts";

const bare = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
const command = (id: string, keys: readonly string[], ran: string[], isOn = true): Command => ({
  id,
  title: "design.close",
  keys,
  scope: "page",
  run: () => ran.push(id),
  isEnabled: () => isOn,
});

test("a chord runs the command registered last, and the earlier one after that has gone", () => {
  const store = createKeyboardStore();
  const ran: string[] = [];
  addCommands(store, [command("frame", ["F2"], ran)]);
  const remove = addCommands(store, [command("page", ["F2"], ran)]);
  expect(pressKey(store, { key: "F2", ...bare }, "page", 0)).toBe(true);
  remove();
  pressKey(store, { key: "F2", ...bare }, "page", 0);
  expect(ran).toEqual(["page", "frame"]);
});

test("a command that is not possible now lets the key go on", () => {
  const store = createKeyboardStore();
  const ran: string[] = [];
  addCommands(store, [command("remove", ["Delete"], ran, false)]);
  expect(pressKey(store, { key: "Delete", ...bare }, "page", 0)).toBe(false);
});

test("typing in a field runs nothing; a chord there does; an open dialog keeps all keys", () => {
  const store = createKeyboardStore();
  const ran: string[] = [];
  addCommands(store, [command("keys", ["?"], ran), command("palette", ["Ctrl+K"], ran)]);
  expect(pressKey(store, { key: "?", ...bare }, "text", 0)).toBe(false);
  expect(pressKey(store, { key: "k", ...bare, ctrlKey: true }, "text", 0)).toBe(true);
  expect(pressKey(store, { key: "k", ...bare, ctrlKey: true }, "overlay", 0)).toBe(false);
  expect(ran).toEqual(["palette"]);
});

test("digits and Enter call a camera; Enter alone does not", () => {
  const store = createKeyboardStore();
  const called: number[] = [];
  takeNumbers(store, { scope: "everywhere", onNumber: (number) => called.push(number) });
  expect(pressKey(store, { key: "Enter", ...bare }, "page", 0)).toBe(false);
  for (const key of ["1", "0", "4", "Enter"])
    expect(pressKey(store, { key, ...bare }, "page", 100)).toBe(true);
  expect(called).toEqual([104]);
  expect(store.getState().entry).toBeNull();
});

test("two commands on one chord are a conflict", () => {
  const ran: string[] = [];
  const commands = [command("a", ["F2"], ran), command("b", ["F3", "F2"], ran), command("c", ["F4"], ran)];
  expect(findConflicts(commands)).toEqual([{ chord: "F2", ids: ["a", "b"] }]);
});
