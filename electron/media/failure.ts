import { RtpError } from "../drivers/rtp/rtp-error.ts";
import { RtspError, type RtspFailure } from "../drivers/rtsp/rtsp-error.ts";
import { NalError } from "../drivers/nal/nal-error.ts";
import { Fmp4Error } from "../drivers/fmp4/fmp4-error.ts";
import { NeedsPersonError } from "../../shared/base/supervise.ts";
import type { FailureReason } from "../../shared/model/device.ts";

/** A stream that cannot be shown for a reason of our own finding. */
export class StreamError extends Error {
  override readonly name = "StreamError";
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Why a stream failed, in the words that tile, device table and log share. */
export interface Failure {
  readonly reason: FailureReason;
  readonly detail: string;
}

const reasons: Readonly<Record<RtspFailure, FailureReason>> = {
  "bad-url": "not-supported",
  unreachable: "unreachable",
  refused: "refused",
  timeout: "timeout",
  closed: "closed",
  unauthorised: "unauthorised",
  forbidden: "forbidden",
  "not-found": "not-found",
  "not-supported": "not-supported",
  redirected: "not-supported",
  garbage: "garbage",
  "too-large": "too-large",
  "server-error": "closed",
};

/** Failures that no repetition mends: a wrong password above all, for cameras lock accounts. */
const needPerson: ReadonlySet<FailureReason> = new Set([
  "unauthorised",
  "unsupported-codec",
  "no-credential",
]);

/** Explains an error; what is not expected becomes `internal`, its text stays in the log. */
export function explain(error: unknown): Failure {
  if (error instanceof NeedsPersonError) return explain(error.cause);
  if (error instanceof RtspError) return { reason: reasons[error.failure], detail: error.message };
  if (error instanceof StreamError) return { reason: error.reason, detail: error.message };
  if (error instanceof RtpError || error instanceof NalError || error instanceof Fmp4Error) {
    return { reason: "garbage", detail: error.message };
  }
  return { reason: "internal", detail: "the media process met an unexpected error" };
}

/** The error as `supervise` wants it: wrapped when only a person can help. */
export function forSupervision(error: unknown): unknown {
  const { reason, detail } = explain(error);
  return needPerson.has(reason) ? new NeedsPersonError(detail, { cause: error }) : error;
}
