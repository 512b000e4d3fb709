import type { Clock } from "../../../shared/base/clock.ts";
import type { LockoutSpec } from "../site-options.ts";

export type UserLevel = "Administrator" | "Operator" | "User";

/** A login of the camera. */
export interface UserAccount {
  readonly username: string;
  readonly password: string;
  readonly level: UserLevel;
}

interface Tries {
  wrong: number;
  lockedUntilMs: number;
}

/** The camera's users, and how often each was tried with a wrong password. */
export class UserAccounts {
  readonly #clock: Clock;
  readonly #lockout: LockoutSpec | undefined;
  readonly #accounts = new Map<string, UserAccount>();
  readonly #tries = new Map<string, Tries>();

  constructor(deps: {
    readonly clock: Clock;
    readonly lockout: LockoutSpec | undefined;
    readonly accounts: readonly UserAccount[];
  }) {
    this.#clock = deps.clock;
    this.#lockout = deps.lockout;
    for (const account of deps.accounts) this.set(account);
  }

  get all(): readonly UserAccount[] {
    return [...this.#accounts.values()];
  }

  find(username: string): UserAccount | undefined {
    return this.#accounts.get(username);
  }

  /** Adds or replaces; a new password ends a lock. */
  set(account: UserAccount): void {
    this.#accounts.set(account.username, account);
    this.#tries.delete(account.username);
  }

  /** False when there is no such user. */
  delete(username: string): boolean {
    return this.#accounts.delete(username);
  }

  /** Ms until the account opens again; 0 when it is open. */
  lockedForMs(username: string): number {
    const until = this.#tries.get(username)?.lockedUntilMs ?? 0;
    return Math.max(0, until - this.#clock.monotonicMs());
  }

  /** Counts a right password: the tries begin anew. */
  passed(username: string): void {
    this.#tries.delete(username);
  }

  /** Counts a wrong password; true when this one locked the account. */
  failed(username: string): boolean {
    if (this.#lockout === undefined) return false;
    const tries = this.#tries.get(username) ?? { wrong: 0, lockedUntilMs: 0 };
    tries.wrong += 1;
    this.#tries.set(username, tries);
    if (tries.wrong < this.#lockout.tries) return false;
    tries.wrong = 0;
    tries.lockedUntilMs = this.#clock.monotonicMs() + this.#lockout.lockMs;
    return true;
  }
}
