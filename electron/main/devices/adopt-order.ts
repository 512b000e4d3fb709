import type { Clock } from "../../../shared/base/clock.ts";

/** A device that hangs holds up the storing of others for at most this long. */
const patienceMs = 2_000;

/** Devices are read side by side but stored in the order of the list, as long as none of them is slow. */
export class AdoptOrder {
  readonly #clock: Clock;
  readonly #turns: { readonly done: Promise<void>; readonly pass: () => void }[];

  constructor(clock: Clock, count: number) {
    this.#clock = clock;
    this.#turns = Array.from({ length: count }, () => {
      let pass = (): void => undefined;
      const done = new Promise<void>((resolve) => {
        pass = resolve;
      });
      return { done, pass };
    });
  }

  /** Resolves when everything before `index` has passed, or when patience ends. */
  async turn(index: number): Promise<void> {
    const ends = new AbortController();
    const before = Promise.all(this.#turns.slice(0, index).map((turn) => turn.done));
    const patience = this.#clock.sleep(patienceMs, ends.signal).catch(() => undefined);
    await Promise.race([before, patience]);
    ends.abort(new Error("its turn"));
  }

  /** Stored or failed: the next one may go. */
  passed(index: number): void {
    this.#turns[index]?.pass();
  }
}
