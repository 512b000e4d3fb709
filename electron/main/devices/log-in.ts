import type { Clock } from "../../../shared/base/clock.ts";
import type { CredentialId } from "../../../shared/base/ids.ts";
import type { Result } from "../../../shared/base/result.ts";
import type { DeviceAddress, FailureReason } from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import { OnvifDevice, type DeviceReading } from "../../drivers/onvif/onvif-device.ts";
import type { Login } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";

/** A stored login that may be tried. */
export interface LoginToTry {
  readonly id: CredentialId;
  readonly login: Login;
}

/** A login with its password, from the vault. */
export type RevealLogin = (id: CredentialId) => Promise<Result<Login, "locked" | "not-found" | "unreadable">>;

/** The logins with their passwords; undefined: the vault is locked. What cannot be read is left out. */
export async function revealLogins(
  ids: readonly CredentialId[],
  reveal: RevealLogin,
  log: Log,
): Promise<LoginToTry[] | undefined> {
  const logins: LoginToTry[] = [];
  for (const id of new Set(ids)) {
    const revealed = await reveal(id);
    if (revealed.ok) logins.push({ id, login: revealed.value });
    else if (revealed.error === "locked") return undefined;
    else log.warn("login not usable", { login: id, why: revealed.error });
  }
  return logins;
}

/** What trying to get into a device came to. */
export type LoginOutcome =
  | { readonly kind: "in"; readonly reading: DeviceReading; readonly credentialId: CredentialId | null }
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly detail: string };

export interface LogInOptions {
  readonly clock: Clock;
  readonly address: DeviceAddress;
  readonly logins: readonly LoginToTry[];
  readonly fingerprint: string | null;
  readonly signal: AbortSignal;
}

/** Devices lock an account after about five wrong passwords: no name is refused more often than this. */
const mostRefusalsPerName = 3;

/**
 * Reads a device without a login, and where it asks for one tries the logins in order.
 *
 * Each login is refused at most once; a locked account, or anything but a refusal, ends it. Never throws.
 */
export async function logIn(options: LogInOptions): Promise<LoginOutcome> {
  const open = await tryOne(options, null);
  if (!(open instanceof SoapError)) return { kind: "in", reading: open, credentialId: null };
  if (open.reason !== "no-credential" || options.logins.length === 0) return failed(open);
  const refusals = new Map<string, number>();
  let refused = 0;
  for (const { id, login } of options.logins) {
    const before = refusals.get(login.username) ?? 0;
    if (before >= mostRefusalsPerName) continue;
    const outcome = await tryOne(options, login);
    if (!(outcome instanceof SoapError)) return { kind: "in", reading: outcome, credentialId: id };
    if (outcome.reason !== "unauthorised" || !outcome.refusedLogin) return failed(outcome);
    refusals.set(login.username, before + 1);
    refused += 1;
  }
  const skipped = options.logins.length - refused;
  const rest = skipped > 0 ? `; ${skipped} more not tried, so that the account is not locked` : "";
  const detail =
    refused === 1 ? `user name or password is wrong${rest}` : `none of ${refused} logins is right${rest}`;
  return { kind: "failed", reason: "unauthorised", detail };
}

async function tryOne(options: LogInOptions, login: Login | null): Promise<DeviceReading | SoapError> {
  const { clock, address, fingerprint, signal } = options;
  const device = new OnvifDevice({
    clock,
    address,
    login,
    loginKind: null,
    clockOffsetMs: null,
    fingerprint,
  });
  try {
    return await device.read(signal);
  } catch (error) {
    if (error instanceof SoapError) return error;
    throw error;
  } finally {
    device.close();
  }
}

const failed = (error: SoapError): LoginOutcome => ({
  kind: "failed",
  reason: error.reason,
  detail: error.message,
});
