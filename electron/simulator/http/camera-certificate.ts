import type { DeviceParts } from "../device-model.ts";
import { selfSigned, type ServerIdentity } from "./self-signed.ts";

/** What a camera's web server shows over TLS: made when first asked for and kept through reboots. */
export class CameraCertificate {
  readonly #parts: Pick<DeviceParts, "identity" | "clock" | "faults">;
  #own: ServerIdentity | undefined;

  constructor(parts: Pick<DeviceParts, "identity" | "clock" | "faults">) {
    this.#parts = parts;
  }

  /** Its own; with the `new-certificate` fault a new one each time. */
  get shown(): ServerIdentity {
    const { identity, clock, faults } = this.#parts;
    if (faults.find("new-certificate") !== undefined) return selfSigned(identity.serial, clock.now());
    this.#own ??= selfSigned(identity.serial, clock.now());
    return this.#own;
  }
}
