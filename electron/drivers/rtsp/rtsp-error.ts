/** Why an RTSP exchange ended; the only kinds of failure this driver knows. */
export type RtspFailure =
  | "bad-url"
  | "unreachable"
  | "refused"
  | "timeout"
  | "closed"
  | "unauthorised"
  | "forbidden"
  | "not-found"
  | "not-supported"
  | "redirected"
  | "garbage"
  | "too-large"
  | "server-error";

/** The only error this driver throws. The message is in plain words and never holds a secret. */
export class RtspError extends Error {
  override readonly name = "RtspError";
  readonly failure: RtspFailure;
  /** RTSP status code, when a reply was the cause. */
  readonly status: number | undefined;

  constructor(failure: RtspFailure, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.failure = failure;
    this.status = options.status;
  }
}

/** Turns a status other than 2xx into the error that says what it means. */
export function statusError(method: string, status: number, reason: string): RtspError {
  const said = `the camera answered ${method} with ${status} ${reason}`.trim();
  if (status >= 300 && status < 400) return new RtspError("redirected", said, { status });
  switch (status) {
    case 401:
      return new RtspError("unauthorised", said, { status });
    case 403:
      return new RtspError("forbidden", said, { status });
    case 404:
      return new RtspError("not-found", said, { status });
    case 454:
      return new RtspError("closed", said, { status });
    case 405:
    case 415:
    case 459:
    case 460:
    case 461:
    case 501:
    case 505:
    case 551:
      return new RtspError("not-supported", said, { status });
    default:
      return new RtspError("server-error", said, { status });
  }
}
