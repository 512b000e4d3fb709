import type { Clock } from "../../../shared/base/clock.ts";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Store } from "../../store/store.ts";

export interface TrustedCertificatesDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "listDeviceCertificates" | "saveDeviceCertificate">;
}

/** Certificates of devices adopted over TLS: the first one met is trusted, then no other until adopted anew. */
export class TrustedCertificates {
  readonly #deps: TrustedCertificatesDeps;
  readonly #fingerprints = new Map<DeviceId, string>();

  constructor(deps: TrustedCertificatesDeps) {
    this.#deps = deps;
  }

  async load(): Promise<void> {
    for (const { deviceId, fingerprint } of await this.#deps.store.listDeviceCertificates()) {
      this.#fingerprints.set(deviceId, fingerprint);
    }
  }

  /** SHA-256 in lower-case hex; null when none was met yet. */
  of(id: DeviceId): string | null {
    return this.#fingerprints.get(id) ?? null;
  }

  /** Trusts what a person's adopting met; nothing changes without TLS. */
  async accept(id: DeviceId, fingerprint: string | null): Promise<void> {
    if (fingerprint === null || this.#fingerprints.get(id) === fingerprint) return;
    await this.#deps.store.saveDeviceCertificate(id, fingerprint, this.#deps.clock.now());
    this.#fingerprints.set(id, fingerprint);
  }

  forget(id: DeviceId): void {
    this.#fingerprints.delete(id);
  }
}
