import type { FailureReason } from "../../../shared/model/device.ts";

/** What a device said in a SOAP fault (SOAP 1.2 section 5.4). Texts are the device's, cut at 300. */
export interface SoapFault {
  readonly code: string;
  /** Local names, outermost first: `NotAuthorized`, `ActionNotSupported`, … */
  readonly subcodes: readonly string[];
  readonly text: string;
}

export interface SoapErrorFacts {
  readonly reason: FailureReason;
  /** In plain words, ready to be shown; holds no secrets. */
  readonly words: string;
  readonly httpStatus?: number | undefined;
  readonly fault?: SoapFault | undefined;
  readonly cause?: unknown;
  /** True when a login was sent and the device said no: counts against the account. */
  readonly refusedLogin?: boolean;
}

/** The only error of the SOAP transport: why a call did not come back with a value. */
export class SoapError extends Error {
  override readonly name = "SoapError";
  readonly reason: FailureReason;
  readonly httpStatus: number | undefined;
  readonly fault: SoapFault | undefined;
  readonly refusedLogin: boolean;

  constructor(facts: SoapErrorFacts) {
    super(facts.words, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.reason = facts.reason;
    this.httpStatus = facts.httpStatus;
    this.fault = facts.fault;
    this.refusedLogin = facts.refusedLogin ?? false;
  }
}

/** A failure of the connection itself as a `SoapError`. */
export function connectionError(cause: unknown): SoapError {
  if (cause instanceof SoapError) return cause;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  switch (code) {
    case "ECONNREFUSED":
      return new SoapError({ reason: "refused", words: "nothing listens on this port", cause });
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
    case "EADDRNOTAVAIL":
    case "ENETDOWN":
      return new SoapError({ reason: "unreachable", words: "no way to this address", cause });
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new SoapError({ reason: "unreachable", words: "this name has no address", cause });
    case "ETIMEDOUT":
      return new SoapError({ reason: "timeout", words: "no answer in time", cause });
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return new SoapError({ reason: "closed", words: "the device closed the connection", cause });
    case "EPROTO":
      return new SoapError({ reason: "garbage", words: "no secure connection could be agreed on", cause });
    default:
  }
  if (code.startsWith("HPE_")) {
    return new SoapError({ reason: "garbage", words: "the answer is not HTTP", cause });
  }
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS")) {
    return new SoapError({ reason: "garbage", words: "no secure connection could be agreed on", cause });
  }
  return new SoapError({ reason: "closed", words: "the connection failed", cause });
}

/** A fault the device sent, as a `SoapError`. */
export function faultError(fault: SoapFault, httpStatus: number, refusedLogin: boolean): SoapError {
  const has = (...names: readonly string[]): boolean => fault.subcodes.some((code) => names.includes(code));
  const said = fault.text === "" ? fault.subcodes.join(" ") || fault.code : fault.text;
  const facts = { httpStatus, fault };
  if (isLockoutText(said) || has("AccountLocked", "UserLocked")) {
    return new SoapError({
      ...facts,
      reason: "locked-out",
      words: "the device has locked this login",
      refusedLogin,
    });
  }
  if (isNotAuthorised(fault)) {
    const words = refusedLogin ? "user name or password is wrong" : "the device asks for a login";
    return new SoapError({ ...facts, reason: "unauthorised", words, refusedLogin });
  }
  if (has("OperationProhibited")) {
    return new SoapError({ ...facts, reason: "forbidden", words: `not allowed for this user: ${said}` });
  }
  if (has("ActionNotSupported", "OptionalActionNotImplemented", "UnknownAction")) {
    return new SoapError({ ...facts, reason: "not-supported", words: `the device cannot do this: ${said}` });
  }
  if (has("NoProfile", "NoConfig", "NoEntity", "NoSource")) {
    return new SoapError({ ...facts, reason: "not-found", words: `the device does not know this: ${said}` });
  }
  return new SoapError({
    ...facts,
    reason: "not-supported",
    words: `the device answered with a fault: ${said}`,
  });
}

/** The fault by which ONVIF devices ask for, or refuse, a WS-UsernameToken. */
export function isNotAuthorised(fault: SoapFault): boolean {
  return fault.subcodes.some((code) =>
    ["NotAuthorized", "FailedAuthentication", "InvalidSecurity", "InvalidSecurityToken"].includes(code),
  );
}

/** An HTTP status without a usable SOAP body, as a `SoapError`. */
export function statusError(status: number, refusedLogin: boolean, text: string): SoapError {
  if (status === 423 || status === 429 || isLockoutText(text)) {
    const words = "the device has locked this login for a while";
    return new SoapError({ reason: "locked-out", words, httpStatus: status, refusedLogin });
  }
  if (status === 401) {
    const words = refusedLogin ? "user name or password is wrong" : "the device asks for a login";
    return new SoapError({ reason: "unauthorised", words, httpStatus: status, refusedLogin });
  }
  if (status === 403) {
    return new SoapError({ reason: "forbidden", words: "not allowed for this user", httpStatus: status });
  }
  if (status === 404) {
    return new SoapError({
      reason: "not-found",
      words: "no ONVIF service under this path",
      httpStatus: status,
    });
  }
  if (status === 405 || status === 501) {
    return new SoapError({ reason: "not-supported", words: "the device cannot do this", httpStatus: status });
  }
  if (status >= 500) {
    const words = `the device has an internal fault (HTTP ${status})`;
    return new SoapError({ reason: "garbage", words, httpStatus: status });
  }
  const words = `the answer is not ONVIF (HTTP ${status})`;
  return new SoapError({ reason: "garbage", words, httpStatus: status });
}

function isLockoutText(text: string): boolean {
  return /\b(locked|lock[- ]?out|too many (failed )?(attempts|logins))\b/i.test(text.slice(0, 2_000));
}
