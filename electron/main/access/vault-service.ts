import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { CredentialId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { Credential, VaultStatus } from "../../../shared/contract/devices.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { SealedCredential, SealKind, VaultLock } from "../../store/credentials.ts";
import type { Store } from "../../store/store.ts";
import { keyBytes, seal, unseal } from "./sealing.ts";
import { newLock, opensLock } from "./vault-lock.ts";

/** The operating system's keychain, as far as the vault needs it. */
export interface Keychain {
  /** What protects, in the system's words: `gnome_libsecret`, `keychain`, `dpapi`, `basic_text`. */
  readonly backend: string;
  /** False when it only hides: then nothing is stored by it. */
  readonly isProtecting: boolean;
  seal(text: string): Uint8Array;
  /** Throws when it cannot. */
  open(sealed: Uint8Array): string;
}

export interface VaultServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly keychain: Keychain;
  /** A demo asks nothing: its key lives in memory and dies with the run. */
  readonly isDemo: boolean;
  readonly store: Pick<
    Store,
    | "getCredential"
    | "getVaultLock"
    | "listCredentials"
    | "removeCredential"
    | "replaceVaultLock"
    | "saveCredential"
    | "saveVaultLock"
  >;
}

/** A login with its password: only ever in main, for the call that needs it. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface NewLogin extends Login {
  readonly label: string;
}

/** `locked`: a person must give the passphrase first. `unreadable`: what sealed it is gone; enter it again. */
export type RevealFailure = "locked" | "not-found" | "unreadable";

const withoutSecret = ({ id, label, username }: SealedCredential): Credential => ({ id, label, username });

/**
 * Stored logins. Sealed by the system's keychain where that protects, else by a passphrase given once a run;
 * nothing is stored before there is one. Passwords are never logged and never leave main.
 */
export class VaultService {
  readonly #deps: VaultServiceDeps;
  /** How passwords are protected, after it changed. */
  readonly changed = new Topic<VaultStatus>();
  /** A login came, went or can be opened from now on: whoever was refused may try again. */
  readonly loginsChanged = new Topic<void>();
  #lock: VaultLock | undefined;
  #key: Uint8Array | undefined;

  constructor(deps: VaultServiceDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { isDemo, store } = this.#deps;
    if (isDemo) this.#key = randomBytes(keyBytes);
    else this.#lock = await store.getVaultLock();
  }

  /** Forgets the key. */
  stop(): void {
    this.#key?.fill(0);
    this.#key = undefined;
  }

  get status(): VaultStatus {
    const { isDemo, keychain } = this.#deps;
    const { backend } = keychain;
    if (isDemo) return { kind: "demo" };
    if (keychain.isProtecting && this.#lock === undefined) return { kind: "keychain", backend };
    if (this.#key !== undefined) return { kind: "passphrase", backend };
    return { kind: "passphrase-needed", isNew: this.#lock === undefined, backend };
  }

  get isLocked(): boolean {
    return this.status.kind === "passphrase-needed";
  }

  /** Takes the passphrase; the first one ever given becomes the vault's. */
  async unlock(passphrase: string): Promise<Result<VaultStatus, "wrong-passphrase">> {
    if (!this.isLocked) return ok(this.status);
    const opened = this.#lock === undefined ? await this.#makeLock(passphrase) : undefined;
    if (opened === undefined && !(await this.#openLock(passphrase))) {
      this.#deps.log.warn("vault not unlocked: wrong passphrase");
      return fail("wrong-passphrase");
    }
    this.#deps.log.info("vault unlocked", { isNew: opened !== undefined });
    this.changed.publish(this.status);
    this.loginsChanged.publish();
    return ok(this.status);
  }

  /**
   * Seals every login anew under another passphrase: all of them or none, in one transaction.
   *
   * `no-passphrase`: they are protected by something else, or nobody has unlocked them yet.
   */
  async changePassphrase(
    current: string,
    next: string,
  ): Promise<Result<void, "wrong-passphrase" | "no-passphrase">> {
    const { log, store } = this.#deps;
    const [lock, key] = [this.#lock, this.#key];
    if (this.status.kind !== "passphrase" || lock === undefined || key === undefined) {
      return fail("no-passphrase");
    }
    if (!(await opensLock(current, lock)).ok) {
      log.warn("passphrase not changed: the old one is wrong");
      return fail("wrong-passphrase");
    }
    const fresh = await newLock(next);
    const resealed = (await store.listCredentials()).flatMap(({ id, sealed, seal: kind }) => {
      const opened = kind === "passphrase" ? unseal(key, sealed, id) : undefined;
      return opened?.ok === true ? [{ id, sealed: seal(fresh.key, opened.value, id) }] : [];
    });
    await store.replaceVaultLock(fresh.lock, resealed);
    [this.#lock, this.#key] = [fresh.lock, fresh.key];
    log.info("passphrase changed", { logins: resealed.length });
    return ok(undefined);
  }

  /** Every login without its password. */
  async list(): Promise<Credential[]> {
    return (await this.#deps.store.listCredentials()).map(withoutSecret);
  }

  /**
   * Stores a login.
   *
   * @param id replaces the login that has it: how a demo brings its own one back each run.
   */
  async add(
    login: NewLogin,
    id: CredentialId = CredentialId.parse(randomUUID()),
  ): Promise<Result<Credential, "locked">> {
    const sealed = this.#seal(login.password, id);
    if (sealed === undefined) return fail("locked");
    const { label, username } = login;
    const createdAt = this.#deps.clock.now();
    await this.#deps.store.saveCredential({ id, label, username, createdAt, ...sealed });
    this.#deps.log.info("login stored", { login: id, seal: sealed.seal });
    this.loginsChanged.publish();
    return ok({ id, label, username });
  }

  /** False: there was none. */
  async remove(id: CredentialId): Promise<boolean> {
    const isRemoved = await this.#deps.store.removeCredential(id);
    if (!isRemoved) return false;
    this.#deps.log.info("login removed", { login: id });
    this.loginsChanged.publish();
    return true;
  }

  /** The login with its password, for main alone. */
  async reveal(id: CredentialId): Promise<Result<Login, RevealFailure>> {
    const stored = await this.#deps.store.getCredential(id);
    if (stored === undefined) return fail("not-found");
    const password = this.#open(stored);
    return password.ok ? ok({ username: stored.username, password: password.value }) : password;
  }

  #seal(password: string, id: CredentialId): { sealed: Uint8Array; seal: SealKind } | undefined {
    const { isDemo, keychain } = this.#deps;
    if (this.status.kind === "keychain") return { sealed: keychain.seal(password), seal: "keychain" };
    if (this.#key === undefined) return undefined;
    return { sealed: seal(this.#key, password, id), seal: isDemo ? "demo" : "passphrase" };
  }

  #open({ id, sealed, seal: kind }: SealedCredential): Result<string, RevealFailure> {
    if (kind === "keychain") return this.#openByKeychain(id, sealed);
    if ((kind === "demo") !== this.#deps.isDemo) return fail("unreadable");
    if (this.#key === undefined) return fail("locked");
    const opened = unseal(this.#key, sealed, id);
    return opened.ok ? opened : fail("unreadable");
  }

  #openByKeychain(id: CredentialId, sealed: Uint8Array): Result<string, RevealFailure> {
    if (!this.#deps.keychain.isProtecting) return fail("unreadable");
    try {
      return ok(this.#deps.keychain.open(sealed));
    } catch (error) {
      const why = error instanceof Error ? error.name : "unknown";
      this.#deps.log.warn("the keychain did not open a login", { login: id, why });
      return fail("unreadable");
    }
  }

  /** Undefined: another window was faster, and its passphrase counts. */
  async #makeLock(passphrase: string): Promise<VaultLock | undefined> {
    const { lock, key } = await newLock(passphrase);
    if (!(await this.#deps.store.saveVaultLock(lock))) {
      this.#lock = await this.#deps.store.getVaultLock();
      return undefined;
    }
    this.#lock = lock;
    this.#key = key;
    return lock;
  }

  async #openLock(passphrase: string): Promise<boolean> {
    if (this.#lock === undefined) return false;
    const opened = await opensLock(passphrase, this.#lock);
    if (!opened.ok) return false;
    this.#key = opened.value;
    return true;
  }
}
