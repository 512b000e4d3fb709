import { createHash, randomBytes } from "node:crypto";

/** A login; held in memory only and never part of an error or a log line. */
export interface RtspCredential {
  readonly username: string;
  readonly password: string;
}

/** One offer of a `WWW-Authenticate` header. */
export type Challenge =
  | {
      readonly scheme: "digest";
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | undefined;
      readonly algorithm: "MD5" | "SHA-256";
      readonly isSession: boolean;
      readonly hasQop: boolean;
      readonly isStale: boolean;
    }
  | { readonly scheme: "basic" };

/** Parses one `WWW-Authenticate` value; undefined when the scheme or algorithm is not one we speak. */
export function parseChallenge(value: string): Challenge | undefined {
  if (/^\s*basic\b/i.test(value)) return { scheme: "basic" };
  if (!/^\s*digest\b/i.test(value) || value.length > 4096) return undefined;
  const fields = new Map<string, string>();
  for (const found of value
    .replace(/^\s*digest/i, "")
    .matchAll(/([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)) {
    fields.set((found[1] ?? "").toLowerCase(), found[2]?.replaceAll(/\\(.)/g, "$1") ?? found[3] ?? "");
  }
  const realm = fields.get("realm");
  const nonce = fields.get("nonce");
  const algorithm = (fields.get("algorithm") ?? "MD5").toUpperCase();
  const plain = algorithm.replace(/-SESS$/, "");
  if (realm === undefined || nonce === undefined || (plain !== "MD5" && plain !== "SHA-256"))
    return undefined;
  const qop = fields.get("qop");
  const hasQop = qop?.split(",").some((one) => one.trim().toLowerCase() === "auth") ?? false;
  if (qop !== undefined && qop !== "" && !hasQop) return undefined;
  return {
    scheme: "digest",
    realm,
    nonce,
    opaque: fields.get("opaque"),
    algorithm: plain,
    isSession: plain !== algorithm,
    hasQop,
    isStale: fields.get("stale")?.toLowerCase() === "true",
  };
}

/** The strongest of the offers: SHA-256, then MD5, and Basic only where nothing else is offered. */
export function chooseChallenge(values: readonly string[]): Challenge | undefined {
  const offers = values.map(parseChallenge).filter((offer) => offer !== undefined);
  const digests = offers.filter((offer) => offer.scheme === "digest");
  return digests.find((offer) => offer.algorithm === "SHA-256") ?? digests[0] ?? offers[0];
}

/** Answers challenges with one login (RFC 7616, RFC 2617); counts the nonce's uses. */
export class RtspLogin {
  readonly #credential: RtspCredential;
  readonly #clientNonce: () => string;
  #challenge: Challenge | undefined;
  #uses = 0;

  constructor(credential: RtspCredential, clientNonce = () => randomBytes(12).toString("hex")) {
    this.#credential = credential;
    this.#clientNonce = clientNonce;
  }

  /** Takes over what a 401 reply offers; false when it offers nothing that we can answer. */
  accept(values: readonly string[]): "fresh" | "stale" | "unusable" {
    const challenge = chooseChallenge(values);
    if (challenge === undefined) return "unusable";
    this.#challenge = challenge;
    this.#uses = 0;
    return challenge.scheme === "digest" && challenge.isStale ? "stale" : "fresh";
  }

  /** The `Authorization` value for a request, once a challenge was accepted. */
  authorization(method: string, uri: string): string | undefined {
    const challenge = this.#challenge;
    if (challenge === undefined) return undefined;
    const { username, password } = this.#credential;
    if (challenge.scheme === "basic") {
      return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
    }
    const hash = (text: string): string =>
      createHash(challenge.algorithm === "MD5" ? "md5" : "sha256")
        .update(text, "utf8")
        .digest("hex");
    const { realm, nonce, opaque, hasQop, isSession } = challenge;
    const clientNonce = this.#clientNonce();
    this.#uses += 1;
    const count = this.#uses.toString(16).padStart(8, "0");
    const user = hash(`${username}:${realm}:${password}`);
    const secret = isSession ? hash(`${user}:${nonce}:${clientNonce}`) : user;
    const target = hash(`${method}:${uri}`);
    const response = hasQop
      ? hash(`${secret}:${nonce}:${count}:${clientNonce}:auth:${target}`)
      : hash(`${secret}:${nonce}:${target}`);
    const parts = [
      `username=${quoted(username)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
    ];
    // Old devices refuse an algorithm they did not name; new ones want it back.
    if (challenge.algorithm !== "MD5" || isSession) {
      parts.push(`algorithm=${challenge.algorithm}${isSession ? "-sess" : ""}`);
    }
    if (opaque !== undefined) parts.push(`opaque=${quoted(opaque)}`);
    if (hasQop) parts.push("qop=auth", `nc=${count}`, `cnonce="${clientNonce}"`);
    else if (isSession) parts.push(`cnonce="${clientNonce}"`);
    return `Digest ${parts.join(", ")}`;
  }
}

const quoted = (text: string): string => `"${text.replaceAll(/[\r\n]/g, "").replaceAll(/(["\\])/g, "\\$1")}"`;
