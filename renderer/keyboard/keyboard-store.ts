import { createStore, type StoreApi } from "zustand/vanilla";
import type { Unsubscribe } from "../../shared/base/topic.ts";
import type { Command } from "./command.ts";
import type { NumberEntry } from "./number-entry.ts";
import type { PaletteSource } from "./palette-source.ts";

/** What the keyboard can do now, and what is being typed. */
export interface KeyboardState {
  readonly commands: readonly Command[];
  readonly sources: readonly PaletteSource[];
  /** Who takes a called number; see `numberTaker`. */
  readonly numberTakers: readonly NumberTaker[];
  readonly entry: NumberEntry | null;
}

/** Something that can show a camera by its number. */
export interface NumberTaker {
  readonly scope: Command["scope"];
  readonly onNumber: (number: number) => void;
}

export type KeyboardStore = StoreApi<KeyboardState>;

/** A window's keyboard, empty. */
export function createKeyboardStore(): KeyboardStore {
  return createStore<KeyboardState>(() => ({ commands: [], sources: [], numberTakers: [], entry: null }));
}

/** Adds commands until the returned function is called. */
export function addCommands(store: KeyboardStore, commands: readonly Command[]): Unsubscribe {
  store.setState((state) => ({ commands: [...state.commands, ...commands] }));
  return () =>
    store.setState((state) => ({ commands: state.commands.filter((known) => !commands.includes(known)) }));
}

/** Adds or replaces a palette group until the returned function is called. */
export function addSource(store: KeyboardStore, source: PaletteSource): Unsubscribe {
  store.setState((state) => ({ sources: [...state.sources.filter(({ id }) => id !== source.id), source] }));
  return () => store.setState((state) => ({ sources: state.sources.filter((known) => known !== source) }));
}

/** Offers to take called numbers until the returned function is called. */
export function takeNumbers(store: KeyboardStore, taker: NumberTaker): Unsubscribe {
  store.setState((state) => ({ numberTakers: [...state.numberTakers, taker] }));
  return () =>
    store.setState((state) => ({
      numberTakers: state.numberTakers.filter((known) => known !== taker),
      entry: null,
    }));
}

/** Who takes a number called now: the page that wants numbers, else the frame; undefined: nobody. */
export function numberTaker({ numberTakers }: KeyboardState): NumberTaker | undefined {
  return numberTakers.findLast(({ scope }) => scope === "page") ?? numberTakers.at(-1);
}

/** The command a chord runs now; what was registered last wins, so a page may take a key from the frame. */
export function commandFor(commands: readonly Command[], chord: string): Command | undefined {
  return commands.findLast(
    (command) => command.keys.includes(chord) && (command.isEnabled === undefined || command.isEnabled()),
  );
}
