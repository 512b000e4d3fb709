import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import type { AuthSpec } from "../site-options.ts";
import { sameText } from "./username-token.ts";

type DigestSpec = Extract<AuthSpec, { kind: "digest" }>;
type Algorithm = "MD5" | "SHA-256";

/** What a digest login is about, beside its header. */
export interface DigestRequest {
  readonly method: string;
  readonly uri: string;
  readonly body: Buffer;
}

/** An `Authorization: Digest` header taken apart. */
export type DigestFields = ReadonlyMap<string, string>;

export type DigestOutcome = "accepted" | "wrong-password" | "replayed" | "stale";

/** Nonces of one camera and their checking (RFC 7616). */
export class HttpDigest {
  readonly realm: string;
  readonly #spec: DigestSpec;
  readonly #clock: Clock;
  readonly #nonces = new Map<string, { readonly bornMs: number; readonly counts: Set<string> }>();

  constructor(deps: { readonly realm: string; readonly spec: DigestSpec; readonly clock: Clock }) {
    this.realm = deps.realm;
    this.#spec = deps.spec;
    this.#clock = deps.clock;
  }

  /** Values of the WWW-Authenticate headers, one an algorithm. */
  challenges(stale = false): string[] {
    return this.#spec.algorithms.map((algorithm) => {
      const nonce = this.#newNonce();
      const end = stale ? ", stale=true" : "";
      return `Digest realm="${this.realm}", nonce="${nonce}", algorithm=${algorithm}, qop="${this.#spec.qop}"${end}`;
    });
  }

  /** Checks the login against the password; a nonce of another camera, too old or unknown is stale. */
  check(fields: DigestFields, password: string, request: DigestRequest): DigestOutcome {
    const algorithm = fields.get("algorithm") ?? "MD5";
    if (!isOffered(this.#spec.algorithms, algorithm)) return "wrong-password";
    const nonce = fields.get("nonce") ?? "";
    const known = this.#nonces.get(nonce);
    const expected = digestResponse(algorithm, fields, password, request);
    if (expected === undefined || !sameText(expected, fields.get("response") ?? "")) return "wrong-password";
    if (known === undefined || this.#clock.monotonicMs() - known.bornMs > this.#spec.nonceLifetimeMs)
      return "stale";
    const count = fields.get("nc") ?? "";
    if (count !== "" && known.counts.has(count)) return "replayed";
    known.counts.add(count);
    return "accepted";
  }

  #newNonce(): string {
    const nonce = randomBytes(16).toString("hex");
    this.#nonces.set(nonce, { bornMs: this.#clock.monotonicMs(), counts: new Set() });
    if (this.#nonces.size > 2_000) {
      for (const oldest of [...this.#nonces.keys()].slice(0, 1_000)) this.#nonces.delete(oldest);
    }
    return nonce;
  }
}

/** Takes an `Authorization` value apart; undefined when it is not Digest. */
export function readDigestFields(header: string | undefined): DigestFields | undefined {
  if (header === undefined || !/^digest\s/i.test(header)) return undefined;
  const fields = new Map<string, string>();
  for (const match of header.slice(7).matchAll(/([A-Za-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    const [, key = "", quoted, plain = ""] = match;
    fields.set(key.toLowerCase(), quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, "$1"));
  }
  return fields;
}

/** The `response` that proves the password, or undefined when the header does not fit the request. */
export function digestResponse(
  algorithm: Algorithm,
  fields: DigestFields,
  password: string,
  request: DigestRequest,
): string | undefined {
  const hash = (value: string | Buffer): string =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(value)
      .digest("hex");
  const uri = fields.get("uri") ?? "";
  if (pathOf(uri) !== pathOf(request.uri)) return undefined;
  const qop = fields.get("qop");
  const a1 = hash(`${fields.get("username") ?? ""}:${fields.get("realm") ?? ""}:${password}`);
  const a2 = hash(`${request.method}:${uri}${qop === "auth-int" ? `:${hash(request.body)}` : ""}`);
  const nonce = fields.get("nonce") ?? "";
  if (qop === undefined) return hash(`${a1}:${nonce}:${a2}`);
  return hash(`${a1}:${nonce}:${fields.get("nc") ?? ""}:${fields.get("cnonce") ?? ""}:${qop}:${a2}`);
}

function isOffered(offered: readonly Algorithm[], asked: string): asked is Algorithm {
  return offered.some((algorithm) => algorithm.toLowerCase() === asked.toLowerCase());
}

function pathOf(uri: string): string {
  return uri.replace(/^https?:\/\/[^/]*/i, "");
}
