import type { FailureReason } from "../../shared/model/device.ts";
import type { MessageKey } from "./messages.ts";

/** How one failure is said: a name that fits a table cell, why in a sentence, and what a person can do. */
export interface FailureWords {
  readonly name: MessageKey;
  readonly cause: MessageKey;
  readonly remedy: MessageKey;
}

/**
 * The one table of words for why a device or stream cannot be used: tiles, device list, adopt wizard and
 * device detail all read it, so that one failure has one name everywhere. The log writes the reason itself.
 */
export const failureWords: Readonly<Record<FailureReason, FailureWords>> = {
  unreachable: words("unreachable"),
  refused: words("refused"),
  timeout: words("timeout"),
  closed: words("closed"),
  unauthorised: words("unauthorised"),
  "locked-out": words("locked-out"),
  forbidden: words("forbidden"),
  "not-found": words("not-found"),
  "not-supported": words("not-supported"),
  "unsupported-codec": words("unsupported-codec"),
  garbage: words("garbage"),
  "too-large": words("too-large"),
  stalled: words("stalled"),
  "identity-changed": words("identity-changed"),
  "no-credential": words("no-credential"),
  "vault-locked": words("vault-locked"),
  internal: words("internal"),
};

function words(reason: FailureReason): FailureWords {
  return {
    name: `failure.${reason}.name`,
    cause: `failure.${reason}.cause`,
    remedy: `failure.${reason}.remedy`,
  };
}
