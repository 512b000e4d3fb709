import type { CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import type { Result } from "../../../shared/base/result.ts";
import { type Login } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Store } from "../../store/store.ts";

/** A login with its password, or why there is none. */
export type Reveal = (id: CredentialId) => Promise<Result<Login, "locked" | "not-found" | "unreadable">>;

/** The stored login of a device; null: it has none. Throws `SoapError` in words for a person. */
export async function revealDeviceLogin(id: CredentialId | null, reveal: Reveal): Promise<Login | null> {
  if (id === null) return null;
  const revealed = await reveal(id);
  if (revealed.ok) return revealed.value;
  throw revealed.error === "locked"
    ? new SoapError({ reason: "vault-locked", words: "unlock the stored logins first" })
    : new SoapError({ reason: "no-credential", words: "its stored login is gone; choose another one" });
}

/** The certificate a device was adopted with: over TLS its login goes to that one only. Throws `SoapError`. */
export async function certificateOf(
  id: DeviceId,
  store: Pick<Store, "listDeviceCertificates">,
): Promise<string> {
  const known = await store.listDeviceCertificates();
  const found = known.find(({ deviceId }) => deviceId === id);
  if (found !== undefined) return found.fingerprint;
  throw new SoapError({
    reason: "identity-changed",
    words: "its certificate is not known; adopt it again",
  });
}
