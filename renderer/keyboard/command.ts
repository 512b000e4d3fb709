import type { MessageKey } from "../messages/messages.ts";

/** Something a person can have done, as a fact: the palette lists it, the keyboard runs it, `?` explains it. */
export interface Command {
  /** `wall.maximise`. */
  readonly id: string;
  readonly title: MessageKey;
  /** Chords as `chordOf` writes them; empty: only in the palette. */
  readonly keys: readonly string[];
  /** `page`: only while the page that registered it is shown. */
  readonly scope: "everywhere" | "page";
  readonly run: () => void;
  /** It goes on while its key is down: `run` once, then this when the key is let go. */
  readonly release?: () => void;
  /** Not offered while false; always offered without it. */
  readonly isEnabled?: () => boolean;
  /** `keys`: too small for the palette (moving a selection). */
  readonly listed?: "palette" | "keys";
}

/** Two commands that one chord would run. */
export interface KeyConflict {
  readonly chord: string;
  readonly ids: readonly string[];
}

/** Chords that more than one of the commands claims. */
export function findConflicts(commands: readonly Command[]): readonly KeyConflict[] {
  const claims = new Map<string, string[]>();
  for (const command of commands) {
    for (const chord of command.keys) claims.set(chord, [...(claims.get(chord) ?? []), command.id]);
  }
  return [...claims].filter(([, ids]) => ids.length > 1).map(([chord, ids]) => ({ chord, ids }));
}
