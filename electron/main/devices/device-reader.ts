import type { Clock } from "../../../shared/base/clock.ts";
import type { CredentialId, DeviceId } from "../../../shared/base/ids.ts";
import type { Device, DeviceAddress } from "../../../shared/model/device.ts";
import { OnvifDevice } from "../../drivers/onvif/onvif-device.ts";
import type { Login } from "../../drivers/soap/soap-client.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Store } from "../../store/store.ts";
import { toAdoption } from "./adopt-one.ts";
import type { DeviceCache } from "./device-cache.ts";
import type { DeviceRecord } from "./device-record.ts";
import type { RevealLogin } from "./log-in.ts";
import { whyAnother } from "./same-device.ts";
import type { TrustedCertificates } from "./trusted-certificates.ts";

export interface DeviceReaderDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "saveAdoption">;
  readonly cache: DeviceCache;
  readonly certificates: TrustedCertificates;
  readonly record: DeviceRecord;
  readonly reveal: RevealLogin;
}

/** Looks at a stored device again with its login, compares who it is, and stores what is new. */
export class DeviceReader {
  readonly #deps: DeviceReaderDeps;
  /** Logins that a device refused: not sent there again by themselves. */
  readonly #refused = new Map<DeviceId, CredentialId | null>();

  constructor(deps: DeviceReaderDeps) {
    this.#deps = deps;
  }

  /** Reads and stores. Throws `SoapError`; a refused login then waits for a person. */
  async reread(
    id: DeviceId,
    address: DeviceAddress,
    credentialId: CredentialId | null,
    signal: AbortSignal,
  ): Promise<Device> {
    const { clock, cache, certificates, store, record } = this.#deps;
    const before = cache.get(id);
    if (before === undefined) throw new SoapError({ reason: "not-found", words: "the device was removed" });
    const login = await this.#login(credentialId);
    const device = new OnvifDevice({
      clock,
      address,
      login,
      loginKind: null,
      clockOffsetMs: before.clockOffsetMs,
      fingerprint: address.tls ? certificates.of(id) : null,
    });
    try {
      const reading = await device.read(signal);
      const difference = whyAnother(before.identity, reading.identity);
      if (difference !== undefined) {
        const words = `another device answers at this address: ${difference}`;
        throw new SoapError({ reason: "identity-changed", words });
      }
      const { name } = before;
      const place = { name, address, credentialId, at: clock.now(), knownAs: id };
      const result = await store.saveAdoption(toAdoption(reading, place));
      if (result.kind === "conflict")
        throw new SoapError({ reason: "identity-changed", words: "two devices claim one identity" });
      this.#refused.delete(id);
      await certificates.accept(id, reading.fingerprint);
      cache.save(result.device);
      if (reading.time !== undefined) await record.clock(id, reading.time);
      return result.device;
    } catch (error) {
      if (error instanceof SoapError && error.refusedLogin && credentialId === before.credentialId) {
        this.#refused.set(id, credentialId);
      }
      throw error;
    } finally {
      device.close();
    }
  }

  /**
   * For the watch: reads a device that came back. What only a person can put right makes it degraded
   * instead of unreachable; a login that was refused is not sent again.
   */
  async verify(id: DeviceId, address: DeviceAddress, signal: AbortSignal): Promise<void> {
    const { cache, record } = this.#deps;
    const before = cache.get(id);
    if (before === undefined) return;
    const { credentialId } = before;
    const isHome = address.host === before.address.host && address.port === before.address.port;
    if (this.#refused.has(id) && this.#refused.get(id) === credentialId) {
      await record.degraded(id, "unauthorised", "the login was refused before; choose another one");
      return;
    }
    try {
      await this.reread(id, address, credentialId, signal);
    } catch (error) {
      if (!(error instanceof SoapError) || !needsPerson(error) || !isHome) throw error;
      await record.degraded(id, error.reason, error.message);
    }
  }

  async #login(id: CredentialId | null): Promise<Login | null> {
    if (id === null) return null;
    const revealed = await this.#deps.reveal(id);
    if (revealed.ok) return revealed.value;
    if (revealed.error === "locked") {
      throw new SoapError({ reason: "vault-locked", words: "unlock the stored logins first" });
    }
    throw new SoapError({ reason: "no-credential", words: "its stored login is gone; choose another one" });
  }
}

function needsPerson(error: SoapError): boolean {
  return (
    error.refusedLogin || ["vault-locked", "no-credential", "locked-out", "forbidden"].includes(error.reason)
  );
}
