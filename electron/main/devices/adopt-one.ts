import { randomUUID } from "node:crypto";
import type { Clock } from "../../../shared/base/clock.ts";
import { ChannelId, DeviceId } from "../../../shared/base/ids.ts";
import type { AdoptOutcome } from "../../../shared/contract/devices.ts";
import type { CredentialId } from "../../../shared/base/ids.ts";
import type { Device, DeviceAddress } from "../../../shared/model/device.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import { OnvifDevice, type DeviceReading } from "../../drivers/onvif/onvif-device.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Adoption, AdoptionResult } from "../../store/device-adoption.ts";
import type { Store } from "../../store/store.ts";
import { cleanLine } from "../../drivers/ws-discovery/scopes.ts";
import { logIn, type LoginToTry } from "./log-in.ts";

export interface AdoptDeps {
  readonly clock: Clock;
  readonly store: Pick<Store, "findDeviceByIdentity" | "saveAdoption">;
  /** Resolves when it is this device's turn to be stored, so that call numbers follow the list. */
  readonly turn: () => Promise<void>;
  /** A device was stored or changed. */
  readonly saved: (device: Device, reading: DeviceReading) => Promise<void>;
}

/** Logs in to one sighting, reads it and stores it. Never throws for what a device does. */
export async function adoptOne(
  deps: AdoptDeps,
  sighting: Sighting,
  logins: readonly LoginToTry[],
  signal: AbortSignal,
): Promise<AdoptOutcome> {
  const { clock, store } = deps;
  const sightingId = sighting.id;
  const address: DeviceAddress = {
    host: sighting.host,
    port: sighting.port,
    tls: sighting.tls,
    path: sighting.path,
  };
  const outcome = await logIn({ clock, address, logins, fingerprint: null, signal });
  if (outcome.kind === "failed") {
    return { kind: "failed", sightingId, reason: outcome.reason, detail: outcome.detail };
  }
  const { reading, credentialId } = outcome;
  const known = await store.findDeviceByIdentity(reading.identity);
  if (known !== undefined && (await isStillThere(known.device, address, clock, signal))) {
    return { kind: "failed", sightingId, reason: "identity-changed", detail: twoClaim(known.device) };
  }
  const name =
    cleanLine(sighting.name || `${reading.identity.maker} ${reading.identity.model}`, 64) || sighting.host;
  await deps.turn();
  const result = await store.saveAdoption(
    toAdoption(reading, { name, address, credentialId, at: clock.now() }),
  );
  return outcomeOf(deps, sighting, reading, result);
}

async function outcomeOf(
  deps: AdoptDeps,
  sighting: Sighting,
  reading: DeviceReading,
  result: AdoptionResult,
): Promise<AdoptOutcome> {
  const sightingId = sighting.id;
  if (result.kind === "conflict") {
    const detail = `it claims to be ${result.with.name} (${result.with.address.host}) but differs in serial number or hardware address`;
    return { kind: "failed", sightingId, reason: "identity-changed", detail };
  }
  await deps.saved(result.device, reading);
  const kind = result.kind === "added" ? "adopted" : "returned";
  return { kind, sightingId, deviceId: result.device.id, remarks: shortRemarks(reading) };
}

const shortRemarks = ({ remarks }: DeviceReading): string[] =>
  remarks.slice(0, 16).map((remark) => remark.slice(0, 300));

/** What a reading means for the store. Channels take the device's name; several are numbered. */
export function toAdoption(
  reading: DeviceReading,
  place: {
    readonly name: string;
    readonly address: DeviceAddress;
    readonly credentialId: CredentialId | null;
    readonly at: number;
    readonly knownAs?: DeviceId;
  },
): Adoption {
  const { identity, services, hasEvents, loginKind, time, channels } = reading;
  const isSingle = channels.length === 1;
  return {
    ...place,
    identity,
    services: [...services],
    hasEvents,
    login: loginKind,
    clockOffsetMs: time?.offsetMs ?? null,
    channels: channels.map(({ sourceToken, ptz, streams }, index) => ({
      sourceToken,
      ptz,
      streams,
      name: isSingle ? place.name : `${place.name.slice(0, 59)} ${index + 1}`,
    })),
    remarks: shortRemarks(reading),
    newDeviceId: DeviceId.parse(randomUUID()),
    newChannelIds: channels.map(() => ChannelId.parse(randomUUID())),
  };
}

/** Whether the known device still answers, as itself, at another host than this one. */
async function isStillThere(
  known: Device,
  address: DeviceAddress,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  if (known.address.host === address.host) return false;
  const device = new OnvifDevice({
    clock,
    address: known.address,
    login: null,
    loginKind: null,
    clockOffsetMs: null,
    fingerprint: null,
    deadlineMs: 3_000,
  });
  try {
    const reference = await device.endpointReference(signal);
    return reference === null || reference === known.identity.endpointReference;
  } catch (error) {
    if (error instanceof SoapError) return false;
    throw error;
  } finally {
    device.close();
  }
}

const twoClaim = (known: Device): string =>
  `${known.name} still answers at ${known.address.host}: two devices claim one identity, or it is one device with two addresses`;
