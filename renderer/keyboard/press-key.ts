import { assertNever } from "../../shared/base/result.ts";
import { chordOf, isTyping, type KeyPress } from "./chord.ts";
import { commandFor, numberTaker, type KeyboardStore } from "./keyboard-store.ts";
import { typeNumberKey } from "./number-entry.ts";

/** Where the key was pressed: in a text field, in something that is open over the page, or on the page. */
export type KeyPlace = "text" | "overlay" | "page";

/** Finds where a key went by the element that had the focus. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "page";
  if (target.closest("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]") !== null)
    return "overlay";
  const isText = target.matches(
    "input:not([type=checkbox],[type=radio],[type=range]),textarea,[contenteditable=true]",
  );
  return isText ? "text" : "page";
}

/** Gives a key press to the number entry or to a command; true when one of them took it. */
export function pressKey(store: KeyboardStore, press: KeyPress, place: KeyPlace, now: number): boolean {
  if (place === "overlay") return false;
  const chord = chordOf(press);
  if (place === "text" && isTyping(chord)) return false;
  return takeAsNumber(store, press, chord, now) || runCommand(store, chord);
}

function takeAsNumber(store: KeyboardStore, press: KeyPress, chord: string, now: number): boolean {
  const state = store.getState();
  const { entry } = state;
  const taker = numberTaker(state);
  if (taker === undefined || chord.includes("+")) return false;
  const step = typeNumberKey(entry, press.key, now);
  switch (step.kind) {
    case "typing":
      store.setState({ entry: step.entry });
      return true;
    case "cleared":
      store.setState({ entry: null });
      return true;
    case "call":
      store.setState({ entry: null });
      taker.onNumber(step.number);
      return true;
    case "ignored":
      return false;
    default:
      return assertNever(step);
  }
}

function runCommand(store: KeyboardStore, chord: string): boolean {
  const command = commandFor(store.getState().commands, chord);
  if (command === undefined) return false;
  command.run();
  return true;
}
