import type { CameraCounters, SeenCredential } from "../counters.ts";
import type { DeviceClock } from "../device-clock.ts";
import type { AuthSpec } from "../site-options.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import { HttpDigest, readDigestFields, type DigestRequest } from "./http-digest.ts";
import type { UserAccount, UserAccounts } from "./user-accounts.ts";
import { provesPassword, readUsernameToken, sameText } from "./username-token.ts";

/** A request as far as its login is concerned. */
export interface LoginAttempt extends DigestRequest {
  readonly source: string;
  readonly authorization: string | undefined;
  readonly usernameToken: XmlElement | undefined;
}

/** What becomes of it. `ask` carries the WWW-Authenticate headers; empty for UsernameToken cameras. */
export type Verdict =
  | { readonly kind: "open" }
  | { readonly kind: "user"; readonly account: UserAccount }
  | { readonly kind: "ask"; readonly challenges: readonly string[] }
  | { readonly kind: "refuse"; readonly challenges: readonly string[]; readonly reason: string };

type Outcome = SeenCredential["outcome"];

const maxNonces = 10_000;

/** Lets requests in or not, the way this camera does it, and keeps account of every login seen. */
export class Gatekeeper {
  readonly spec: AuthSpec;
  readonly #accounts: UserAccounts;
  readonly #clock: DeviceClock;
  readonly #counters: CameraCounters;
  readonly #digest: HttpDigest | undefined;
  readonly #realm: string;
  readonly #usedNonces = new Set<string>();

  constructor(deps: {
    readonly spec: AuthSpec;
    readonly realm: string;
    readonly accounts: UserAccounts;
    readonly clock: DeviceClock;
    readonly counters: CameraCounters;
  }) {
    this.spec = deps.spec;
    this.#accounts = deps.accounts;
    this.#clock = deps.clock;
    this.#counters = deps.counters;
    this.#realm = deps.realm;
    this.#digest = deps.spec.kind === "digest" ? new HttpDigest({ ...deps, spec: deps.spec }) : undefined;
  }

  /** Only notes what login came with a request that needs none. */
  witness(attempt: LoginAttempt): void {
    const token = readUsernameToken(attempt.usernameToken);
    if (token !== undefined) this.#see(attempt, "username-token", token.username, "unasked");
    if (attempt.authorization !== undefined) {
      const fields = readDigestFields(attempt.authorization);
      const via = fields === undefined ? "http-basic" : "http-digest";
      this.#see(
        attempt,
        via,
        fields?.get("username") ?? readBasic(attempt.authorization)?.username ?? "",
        "unasked",
      );
    }
  }

  /** Decides on a request that needs a login. */
  admit(attempt: LoginAttempt): Verdict {
    switch (this.spec.kind) {
      case "none":
        this.witness(attempt);
        return { kind: "open" };
      case "basic":
        return this.#admitBasic(attempt);
      case "username-token":
        return (
          this.#admitToken(attempt, this.spec.skewMs, this.spec.replayCheck) ?? {
            kind: "ask",
            challenges: [],
          }
        );
      case "digest":
        return this.#admitDigest(attempt, this.spec.alsoUsernameToken);
    }
  }

  #admitDigest(attempt: LoginAttempt, alsoToken: boolean): Verdict {
    const digest = this.#digest;
    if (digest === undefined) throw new TypeError("this camera has no HTTP digest");
    const fields = readDigestFields(attempt.authorization);
    if (fields === undefined) {
      if (alsoToken) {
        const verdict = this.#admitToken(attempt, 5_000, true);
        if (verdict !== undefined) return verdict;
      } else {
        this.witness(attempt);
      }
      return this.#ask(digest.challenges());
    }
    const username = fields.get("username") ?? "";
    const account = this.#accounts.find(username);
    const locked = this.#lockedReason(username);
    if (locked !== undefined) {
      this.#see(attempt, "http-digest", username, "locked");
      return { kind: "refuse", challenges: digest.challenges(), reason: locked };
    }
    const outcome = account === undefined ? "unknown-user" : digest.check(fields, account.password, attempt);
    if (outcome === "stale") return this.#ask(digest.challenges(true));
    if (outcome === "accepted" && account !== undefined) return this.#accept(attempt, "http-digest", account);
    if (outcome === "replayed") {
      this.#see(attempt, "http-digest", username, "replayed");
      return this.#ask(digest.challenges(true));
    }
    const reason = this.#wrong(attempt, "http-digest", username, account);
    return { kind: "refuse", challenges: digest.challenges(), reason };
  }

  #admitToken(attempt: LoginAttempt, skewMs: number, replayCheck: boolean): Verdict | undefined {
    const token = readUsernameToken(attempt.usernameToken);
    if (token === undefined) return undefined;
    const refuse = (outcome: Outcome, reason: string): Verdict => {
      this.#see(attempt, "username-token", token.username, outcome);
      return { kind: "refuse", challenges: [], reason };
    };
    const locked = this.#lockedReason(token.username);
    if (locked !== undefined) return refuse("locked", locked);
    const account = this.#accounts.find(token.username);
    if (account === undefined || !provesPassword(token, account.password)) {
      return {
        kind: "refuse",
        challenges: [],
        reason: this.#wrong(attempt, "username-token", token.username, account),
      };
    }
    if (token.digested) {
      const createdMs = Date.parse(token.created);
      if (Number.isNaN(createdMs) || Math.abs(createdMs - this.#clock.now()) > skewMs) {
        return refuse("skewed", "The security token's time is not the device's");
      }
      const key = `${token.nonce.toString("base64")} ${token.created}`;
      if (replayCheck && this.#usedNonces.has(key)) return refuse("replayed", "The nonce was used before");
      if (this.#usedNonces.size >= maxNonces) this.#usedNonces.clear();
      this.#usedNonces.add(key);
    }
    return this.#accept(attempt, "username-token", account);
  }

  #admitBasic(attempt: LoginAttempt): Verdict {
    const challenges = [`Basic realm="${this.#realm}"`];
    const basic = readBasic(attempt.authorization);
    if (basic === undefined) {
      this.witness(attempt);
      return this.#ask(challenges);
    }
    const locked = this.#lockedReason(basic.username);
    if (locked !== undefined) {
      this.#see(attempt, "http-basic", basic.username, "locked");
      return { kind: "refuse", challenges, reason: locked };
    }
    const account = this.#accounts.find(basic.username);
    if (account !== undefined && sameText(account.password, basic.password)) {
      return this.#accept(attempt, "http-basic", account);
    }
    return {
      kind: "refuse",
      challenges,
      reason: this.#wrong(attempt, "http-basic", basic.username, account),
    };
  }

  #ask(challenges: readonly string[]): Verdict {
    this.#counters.challenges += 1;
    return { kind: "ask", challenges };
  }

  #accept(attempt: LoginAttempt, via: SeenCredential["via"], account: UserAccount): Verdict {
    this.#accounts.passed(account.username);
    this.#see(attempt, via, account.username, "accepted");
    return { kind: "user", account };
  }

  #wrong(
    attempt: LoginAttempt,
    via: SeenCredential["via"],
    username: string,
    account: UserAccount | undefined,
  ): string {
    this.#see(attempt, via, username, account === undefined ? "unknown-user" : "wrong-password");
    if (!this.#accounts.failed(username)) return "Sender not Authorized";
    this.#counters.lockouts += 1;
    return this.#lockedReason(username) ?? "Sender not Authorized";
  }

  #lockedReason(username: string): string | undefined {
    const leftMs = this.#accounts.lockedForMs(username);
    return leftMs > 0
      ? `The account is locked for another ${String(Math.ceil(leftMs / 1_000))} s`
      : undefined;
  }

  #see(attempt: LoginAttempt, via: SeenCredential["via"], username: string, outcome: Outcome): void {
    this.#counters.seeCredential({ at: this.#clock.now(), source: attempt.source, via, username, outcome });
  }
}

function readBasic(header: string | undefined): { username: string; password: string } | undefined {
  const encoded = /^basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
