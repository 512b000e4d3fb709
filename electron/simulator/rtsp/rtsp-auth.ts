import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { RtspRequest } from "./rtsp-request.ts";

export type DigestAlgorithm = "MD5" | "SHA-256";

/** How an RTSP server asks for a login. `passwordOf` is asked at every request, so users may change while it runs. */
export type RtspAuth =
  | { readonly kind: "none" }
  | { readonly kind: "basic"; readonly passwordOf: PasswordOf }
  | {
      readonly kind: "digest";
      /** One challenge each, in this order. */
      readonly algorithms: readonly DigestAlgorithm[];
      readonly passwordOf: PasswordOf;
      /** Without it as in RFC 2069, which most cameras speak; answers with or without are taken. */
      readonly qop?: "auth";
      /** A nonce older than this is answered with `stale=true`; never when absent. */
      readonly nonceLifetimeMs?: number;
    };

/** The password of a user, undefined when there is no such user. */
export type PasswordOf = (username: string) => string | undefined;

export type AuthVerdict =
  | { readonly kind: "accepted" }
  /** `refused`: a login was sent and was wrong; otherwise there was none, or its nonce had expired. */
  | { readonly kind: "challenge"; readonly refused: boolean; readonly headers: readonly string[] };

const realm = "Watchfloor simulated camera";

/** Checks the logins of one connection: RFC 2617, RFC 7616 (MD5 and SHA-256), Basic. */
export class RtspGatekeeper {
  readonly #now: () => number;
  #nonce = "";
  #nonceSince = 0;

  /** @param now monotonic ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  check(auth: RtspAuth, request: RtspRequest): AuthVerdict {
    if (auth.kind === "none") return { kind: "accepted" };
    const header = request.headers.get("authorization");
    if (header === undefined) return this.challenge(auth, { stale: false, refused: false });
    if (auth.kind === "basic") {
      return isBasicRight(header, auth.passwordOf)
        ? { kind: "accepted" }
        : this.challenge(auth, { stale: false, refused: true });
    }
    const fields = digestFields(header);
    if (fields === undefined || !isDigestRight(fields, auth, request.method)) {
      return this.challenge(auth, { stale: false, refused: true });
    }
    const age = this.#now() - this.#nonceSince;
    const isStale = fields.get("nonce") !== this.#nonce || age > (auth.nonceLifetimeMs ?? Infinity);
    return isStale ? this.challenge(auth, { stale: true, refused: false }) : { kind: "accepted" };
  }

  /** A challenge with a new nonce. */
  challenge(auth: RtspAuth, options: { stale: boolean; refused: boolean }): AuthVerdict {
    const { stale, refused } = options;
    if (auth.kind !== "digest") {
      return { kind: "challenge", refused, headers: [`WWW-Authenticate: Basic realm="${realm}"`] };
    }
    this.#nonce = randomBytes(16).toString("hex");
    this.#nonceSince = this.#now();
    const headers = auth.algorithms.map((algorithm) => {
      const parts = [`realm="${realm}"`, `nonce="${this.#nonce}"`, `algorithm=${algorithm}`];
      if (auth.qop !== undefined) parts.push(`qop="${auth.qop}"`);
      if (stale) parts.push("stale=true");
      return `WWW-Authenticate: Digest ${parts.join(", ")}`;
    });
    return { kind: "challenge", refused, headers };
  }
}

function isBasicRight(header: string, passwordOf: PasswordOf): boolean {
  const match = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header);
  const [, encoded] = match ?? [];
  if (encoded === undefined) return false;
  const login = Buffer.from(encoded, "base64").toString("utf8");
  const colon = login.indexOf(":");
  const password = colon < 0 ? undefined : passwordOf(login.slice(0, colon));
  return password !== undefined && isSame(login.slice(colon + 1), password);
}

/** The fields of a Digest header by lower-case name, or undefined when it is something else. */
function digestFields(header: string): ReadonlyMap<string, string> | undefined {
  if (!/^Digest\s/i.test(header)) return undefined;
  const fields = new Map<string, string>();
  for (const match of header.slice(7).matchAll(/([a-z0-9-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)) {
    const [, name = "", quoted, plain = ""] = match;
    fields.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, "$1"));
  }
  return fields;
}

function isDigestRight(
  fields: ReadonlyMap<string, string>,
  auth: Extract<RtspAuth, { kind: "digest" }>,
  method: string,
): boolean {
  const field = (name: string): string => fields.get(name) ?? "";
  const password = auth.passwordOf(field("username"));
  const algorithm = auth.algorithms.find((one) => one === (field("algorithm").toUpperCase() || "MD5"));
  if (password === undefined || algorithm === undefined) return false;
  const hash = (text: string): string =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const identity = hash(`${field("username")}:${realm}:${password}`);
  const action = hash(`${method}:${field("uri")}`);
  const middle = fields.has("qop") ? `${field("nc")}:${field("cnonce")}:${field("qop")}:` : "";
  return isSame(field("response").toLowerCase(), hash(`${identity}:${field("nonce")}:${middle}${action}`));
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
