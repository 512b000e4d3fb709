import { chordOf, isTyping, type KeyPress } from "./chord.ts";
import type { Command } from "./command.ts";
import { commandFor, type KeyboardStore } from "./keyboard-store.ts";
import type { KeyPlace } from "./press-key.ts";

/** A press with the place of its key on the keyboard, which stays the same when Shift changes. */
export interface PhysicalPress extends KeyPress {
  readonly code: string;
}

/** Keys that are down for commands that go on until they are let go (`Command.release`). */
export class HeldKeys {
  readonly #held = new Map<string, Command>();

  /** True when a command that goes on took the key; its repetitions run nothing. */
  press(store: KeyboardStore, press: PhysicalPress, place: KeyPlace): boolean {
    if (this.#held.has(press.code)) return true;
    const chord = chordOf(press);
    if (place === "overlay" || (place === "text" && isTyping(chord))) return false;
    const command = commandFor(store.getState().commands, chord);
    if (command?.release === undefined) return false;
    this.#held.set(press.code, command);
    command.run();
    return true;
  }

  release(code: string): void {
    const command = this.#held.get(code);
    this.#held.delete(code);
    command?.release?.();
  }

  /** The window lost the keyboard: nothing tells when the keys are let go. */
  releaseAll(): void {
    for (const code of this.#held.keys()) this.release(code);
  }
}
