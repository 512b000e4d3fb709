import type { Clock } from "../../../shared/base/clock.ts";
import type { LoginKind } from "../../../shared/model/device.ts";
import { buildEnvelope, readEnvelope, type EnvelopeContent } from "./envelope.ts";
import { defaultMaxBytes, HttpConnection, type HttpReply, type HttpTarget } from "./http-connection.ts";
import { chooseDigest, DigestSession, readChallenges } from "./http-digest.ts";
import { faultError, isNotAuthorised, SoapError, statusError } from "./soap-error.ts";
import { usernameTokenHeader } from "./username-token.ts";
import type { XmlElement } from "./xml.ts";

/** User name and password of one device. Kept in memory only. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

export interface SoapClientDeps {
  readonly clock: Clock;
  readonly target: HttpTarget;
  readonly login: Login | null;
  /** How the device let us in before, to save a round trip; null when not known. */
  readonly loginKind: LoginKind | null;
  /** Device clock minus ours, ms; tokens are dated by it. */
  readonly clockOffsetMs: number;
  /** The absolute limit of one exchange; 8 s when left out. */
  readonly deadlineMs?: number;
}

export interface SoapCall {
  readonly path: string;
  /** XML of the request element, values escaped. */
  readonly body: string;
  /** XML of further header elements, values escaped. */
  readonly header?: string;
  /** SOAP action, for devices that dispatch by it. */
  readonly action: string;
  /** `open` calls never carry a login, whatever the device answers. */
  readonly access: "open" | "login";
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
}

/** A reply that may still be a question for a login. */
interface Answer {
  readonly reply: HttpReply;
  readonly content: EnvelopeContent | undefined;
}

/**
 * SOAP over HTTP to one device, logging in as the device wants it: nothing first, then HTTP digest where it
 * is asked for, else WS-UsernameToken.
 *
 * After the device refused the login once, no further call sends it (`refusedLogin`): devices lock accounts.
 * A password never travels in the clear. Throws `SoapError` only.
 */
export class SoapClient {
  readonly #deps: SoapClientDeps;
  readonly #connection: HttpConnection;
  #digest: DigestSession | undefined;
  #usesToken: boolean;
  #hasLoggedIn = false;
  #refusal: SoapError | undefined;
  #clockOffsetMs: number;

  constructor(deps: SoapClientDeps) {
    this.#deps = deps;
    this.#connection = new HttpConnection(deps.target);
    this.#usesToken = deps.loginKind === "ws-username-token";
    this.#clockOffsetMs = deps.clockOffsetMs;
  }

  /** What the device has asked for so far. */
  get loginKind(): LoginKind {
    if (this.#usesToken) return "ws-username-token";
    return this.#digest === undefined ? "none" : "digest";
  }

  get fingerprint(): string | null {
    return this.#connection.fingerprint;
  }

  get target(): HttpTarget {
    return this.#deps.target;
  }

  /** Tokens are dated by this from now on. */
  setClockOffset(offsetMs: number): void {
    this.#clockOffsetMs = offsetMs;
  }

  close(): void {
    this.#connection.close();
  }

  /** Sends one request; resolves with the first element of the answer's body. */
  async call(call: SoapCall): Promise<XmlElement> {
    if (call.access === "open") return this.#value(await this.#send(call, "nothing"), false);
    if (this.#refusal !== undefined) throw this.#refusal;
    const first = await this.#send(call, this.#knownWay());
    if (!this.#asksForLogin(first)) return this.#value(first, false);
    return this.#logIn(call, first);
  }

  /** One refusal ends it; a nonce that may have expired is renewed once first. */
  async #logIn(call: SoapCall, asked: Answer): Promise<XmlElement> {
    const triedWith = this.#digest !== undefined || this.#usesToken;
    const challenge = chooseDigest(readChallenges(asked.reply.challenges));
    if (triedWith && !this.#mayTryAgain(challenge?.isStale ?? false)) throw this.#refuse(asked);
    if (this.#deps.login === null) {
      throw new SoapError({ reason: "no-credential", words: "the device asks for a login" });
    }
    if (challenge !== undefined) {
      this.#digest = new DigestSession(challenge);
      this.#usesToken = false;
    } else this.#usesToken = true;
    const second = await this.#send(call, this.#knownWay());
    if (this.#asksForLogin(second)) throw this.#refuse(second);
    return this.#value(second, true);
  }

  /** After a login that worked before, one refusal may only mean an expired nonce. */
  #mayTryAgain(isStale: boolean): boolean {
    if (this.#digest !== undefined) return isStale || this.#hasLoggedIn;
    return false;
  }

  #refuse(answer: Answer): SoapError {
    const error =
      basicOnlyError(answer.reply) ?? problemOf(answer, true) ?? statusError(answer.reply.status, true, "");
    this.#refusal = error;
    return error;
  }

  #knownWay(): "nothing" | "digest" | "token" {
    if (this.#deps.login === null) return "nothing";
    if (this.#usesToken) return "token";
    return this.#digest === undefined ? "nothing" : "digest";
  }

  #asksForLogin({ reply, content }: Answer): boolean {
    if (content?.kind === "fault" && isNotAuthorised(content.fault)) return true;
    return reply.status === 401;
  }

  #value(answer: Answer, usedLogin: boolean): XmlElement {
    const problem = problemOf(answer, false);
    if (problem?.reason === "locked-out") this.#refusal = problem;
    if (problem !== undefined) throw problem;
    if (usedLogin || this.#knownWay() !== "nothing") this.#hasLoggedIn = true;
    if (answer.content?.kind !== "value") throw statusError(answer.reply.status, false, "");
    return answer.content.element;
  }

  async #send(call: SoapCall, way: "nothing" | "digest" | "token"): Promise<Answer> {
    const { login, clock, target } = this.#deps;
    const header =
      way === "token" && login !== null
        ? usernameTokenHeader({ ...login, deviceTime: clock.now() + this.#clockOffsetMs })
        : "";
    const body = buildEnvelope(call.body, `${header}${call.header ?? ""}`);
    const headers: Record<string, string> = {
      "Content-Type": `application/soap+xml; charset=utf-8; action="${call.action}"`,
      Accept: "application/soap+xml, text/xml, multipart/related;q=0.1",
    };
    if (way === "digest" && login !== null && this.#digest !== undefined) {
      headers["Authorization"] = this.#digest.authorize({ ...login, method: "POST", uri: call.path, body });
    }
    const reply = await this.#connection.exchange({
      method: "POST",
      path: call.path,
      headers,
      body,
      deadlineMs: call.deadlineMs ?? this.#deps.deadlineMs ?? 8_000,
      maxBytes: defaultMaxBytes,
      signal: call.signal,
    });
    if (reply.status >= 300 && reply.status < 400) throw redirectError(reply, target.host);
    return { reply, content: readContent(reply) };
  }
}

/** The body as SOAP; undefined when a failed status comes with something else (an HTML page, nothing). */
function readContent(reply: HttpReply): EnvelopeContent | undefined {
  if (reply.status >= 200 && reply.status < 300) {
    if (reply.body.length === 0) throw new SoapError({ reason: "garbage", words: "the answer is empty" });
    return readEnvelope(reply.body);
  }
  try {
    return readEnvelope(reply.body);
  } catch (error) {
    if (error instanceof SoapError) return undefined;
    throw error;
  }
}

function problemOf({ reply, content }: Answer, refusedLogin: boolean): SoapError | undefined {
  if (content?.kind === "fault") return faultError(content.fault, reply.status, refusedLogin);
  if (reply.status >= 200 && reply.status < 300) return undefined;
  return statusError(reply.status, refusedLogin, Buffer.from(reply.body.subarray(0, 2_000)).toString("utf8"));
}

/** A token was refused and the only other way would be the password in the clear: that is not done. */
function basicOnlyError(reply: HttpReply): SoapError | undefined {
  const schemes = readChallenges(reply.challenges).map((challenge) => challenge.scheme);
  if (schemes.length === 0 || schemes.some((scheme) => scheme !== "basic")) return undefined;
  const words =
    "the login is wrong, or the device only takes passwords in the clear (HTTP Basic), which is not done";
  return new SoapError({ reason: "not-supported", words, httpStatus: reply.status, refusedLogin: true });
}

function redirectError(reply: HttpReply, host: string): SoapError {
  const to =
    reply.location !== undefined && URL.canParse(reply.location) ? new URL(reply.location) : undefined;
  const words =
    to === undefined || to.hostname.replace(/^\[|\]$/g, "") === host
      ? "the device sends us to another path or port; add it by that address"
      : `the device sends us to another host (${to.hostname.slice(0, 100)}); not followed`;
  return new SoapError({ reason: "garbage", words, httpStatus: reply.status });
}
