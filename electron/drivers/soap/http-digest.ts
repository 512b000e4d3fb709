import { createHash, randomBytes } from "node:crypto";

/** One `WWW-Authenticate` challenge; parameter names in lower case. */
export interface Challenge {
  /** Lower case: `digest`, `basic`, … */
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const piece = new RegExp(
  `\\s*,?\\s*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]*))|(${token}))`,
  "y",
);

/**
 * Reads `WWW-Authenticate` values (RFC 9110, section 11.6.1): several headers, several challenges in one,
 * blanks anywhere. Never throws; stops at the first character it cannot read.
 */
export function readChallenges(values: readonly string[]): readonly Challenge[] {
  const found: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const value of values.slice(0, 16)) {
    const text = value.slice(0, 4_096);
    piece.lastIndex = 0;
    for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
      const [, name, quoted, plain, scheme] = match;
      if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
      else if (name !== undefined) {
        const parameters = found.at(-1)?.parameters;
        const key = name.toLowerCase();
        const content = quoted?.replaceAll(/\\(.)/g, "$1") ?? plain ?? "";
        if (parameters !== undefined && !parameters.has(key)) parameters.set(key, content);
      }
      if (piece.lastIndex >= text.length) break;
    }
  }
  return found;
}

const hashes: Readonly<Record<string, string>> = {
  md5: "md5",
  "sha-256": "sha256",
  "sha-512-256": "sha512-256",
};
const strength = ["md5", "sha-256", "sha-512-256"];

/** A digest challenge that we can answer. */
export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: string;
  readonly hash: string;
  readonly isSession: boolean;
  readonly qop: "auth" | "auth-int" | undefined;
  readonly isStale: boolean;
}

/** The strongest digest challenge that we can answer (RFC 7616); undefined when there is none. */
export function chooseDigest(challenges: readonly Challenge[]): DigestChallenge | undefined {
  const usable = challenges
    .filter((challenge) => challenge.scheme === "digest")
    .map(readDigest)
    .filter((challenge) => challenge !== undefined);
  return usable.sort((a, b) => strengthOf(b) - strengthOf(a))[0];
}

const strengthOf = (challenge: DigestChallenge): number =>
  strength.indexOf(challenge.algorithm.toLowerCase().replace(/-sess$/, ""));

function readDigest({ parameters }: Challenge): DigestChallenge | undefined {
  const algorithm = parameters.get("algorithm")?.trim() || "MD5";
  const name = algorithm.toLowerCase().replace(/-sess$/, "");
  const hash = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
  const nonce = parameters.get("nonce");
  if (hash === undefined || nonce === undefined || nonce === "") return undefined;
  const offered = parameters.get("qop");
  const qops = offered?.split(",").map((part) => part.trim().toLowerCase()) ?? [];
  const qop = qops.includes("auth") ? "auth" : qops.includes("auth-int") ? "auth-int" : undefined;
  if (offered !== undefined && offered.trim() !== "" && qop === undefined) return undefined;
  return {
    realm: parameters.get("realm") ?? "",
    nonce,
    opaque: parameters.get("opaque"),
    algorithm,
    hash,
    isSession: algorithm.toLowerCase().endsWith("-sess"),
    qop,
    isStale: parameters.get("stale")?.trim().toLowerCase() === "true",
  };
}

export interface DigestRequest {
  readonly method: string;
  /** Request target exactly as in the request line. */
  readonly uri: string;
  readonly body: Uint8Array;
  readonly username: string;
  /** Hashed as UTF-8. */
  readonly password: string;
}

/** Answers one challenge; counts its own use of the nonce (RFC 7616, section 3.4). */
export class DigestSession {
  readonly challenge: DigestChallenge;
  readonly #clientNonce: () => string;
  #count = 0;
  #sessionClientNonce: string | undefined;

  constructor(challenge: DigestChallenge, clientNonce: () => string = () => randomBytes(16).toString("hex")) {
    this.challenge = challenge;
    this.#clientNonce = clientNonce;
  }

  /** True when the nonce was used before: a refusal may then mean that it has expired. */
  get isUsed(): boolean {
    return this.#count > 0;
  }

  /** Value of the `Authorization` header for one request. */
  authorize(request: DigestRequest): string {
    const { challenge } = this;
    const hex = (text: string | Uint8Array): string => createHash(challenge.hash).update(text).digest("hex");
    this.#count += 1;
    const count = this.#count.toString(16).padStart(8, "0");
    // A session key is made once per challenge, with the client nonce of its first use.
    this.#sessionClientNonce ??= this.#clientNonce();
    const clientNonce = challenge.isSession ? this.#sessionClientNonce : this.#clientNonce();
    let secret = hex(`${request.username}:${challenge.realm}:${request.password}`);
    if (challenge.isSession) secret = hex(`${secret}:${challenge.nonce}:${clientNonce}`);
    const subject =
      challenge.qop === "auth-int"
        ? hex(`${request.method}:${request.uri}:${hex(request.body)}`)
        : hex(`${request.method}:${request.uri}`);
    const response =
      challenge.qop === undefined
        ? hex(`${secret}:${challenge.nonce}:${subject}`)
        : hex(`${secret}:${challenge.nonce}:${count}:${clientNonce}:${challenge.qop}:${subject}`);
    const parts = [
      `username=${quote(request.username)}`,
      `realm=${quote(challenge.realm)}`,
      `nonce=${quote(challenge.nonce)}`,
      `uri=${quote(request.uri)}`,
      `response="${response}"`,
      `algorithm=${challenge.algorithm}`,
    ];
    if (challenge.opaque !== undefined) parts.push(`opaque=${quote(challenge.opaque)}`);
    if (challenge.qop !== undefined) parts.push(`qop=${challenge.qop}`, `nc=${count}`);
    if (challenge.qop !== undefined || challenge.isSession) parts.push(`cnonce="${clientNonce}"`);
    return `Digest ${parts.join(", ")}`;
  }
}

/** A quoted string as header bytes: UTF-8 carried in Latin-1, line breaks impossible. */
function quote(text: string): string {
  const escaped = text.replaceAll(/[\r\n]/g, "").replaceAll(/["\\]/g, String.raw`\$&`);
  return `"${Buffer.from(escaped, "utf8").toString("latin1")}"`;
}
