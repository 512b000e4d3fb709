import type { DeviceIdentity } from "../../../shared/model/device.ts";

/**
 * Why what answered is not the stored device; undefined when it may well be.
 *
 * Marks that only one side has say nothing; a mark that both have and that differs is decisive, except the
 * endpoint reference where serial or MAC agree: some devices make a new one at each start.
 */
export function whyAnother(stored: DeviceIdentity, met: DeviceIdentity): string | undefined {
  const agrees = (a: string | null, b: string | null): boolean | undefined =>
    a === null || b === null || a === "" || b === "" ? undefined : a === b;
  const serial = agrees(stored.serial, met.serial);
  const mac = agrees(stored.mac, met.mac);
  const reference = agrees(stored.endpointReference, met.endpointReference);
  if (serial === false) return `its serial number is ${met.serial ?? ""}, not ${stored.serial ?? ""}`;
  if (mac === false) return `its hardware address is ${met.mac ?? ""}, not ${stored.mac ?? ""}`;
  if (reference === false && serial === undefined && mac === undefined)
    return "it has another endpoint reference";
  return undefined;
}
