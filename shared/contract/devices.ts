import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { ChannelId, CredentialId, DeviceId, SightingId } from "../base/ids.ts";
import { ChannelName, ChannelNumber } from "../model/channel.ts";
import { ClockReading, ConnectionEntry, Device, DeviceName, FailureReason } from "../model/device.ts";

export const Credential = z.strictObject({
  id: CredentialId,
  label: z.string().trim().min(1).max(64),
  username: z.string().max(128),
});
/** A stored login without its password, which never leaves the main process. */
export type Credential = z.infer<typeof Credential>;

/** How the console protects stored passwords on this computer. */
export const VaultStatus = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("keychain"), backend: z.string() }),
  /** The operating system offers no real protection: a passphrase is needed before anything is stored. */
  z.strictObject({ kind: z.literal("passphrase-needed"), isNew: z.boolean(), backend: z.string() }),
  z.strictObject({ kind: z.literal("passphrase"), backend: z.string() }),
  /** The simulated site: nothing asked, nothing worth protecting, gone with the run. */
  z.strictObject({ kind: z.literal("demo") }),
]);
export type VaultStatus = z.infer<typeof VaultStatus>;

export const vault = {
  status: oc.output(VaultStatus),
  changed: oc.output(eventIterator(VaultStatus)),
  unlock: oc
    .errors({ WRONG_PASSPHRASE: {} })
    .input(z.strictObject({ passphrase: z.string().min(8).max(256) }))
    .output(VaultStatus),
  /** Seals every stored login anew under another passphrase, all or none. */
  changePassphrase: oc
    .errors({ WRONG_PASSPHRASE: {}, NO_PASSPHRASE: {} })
    .input(
      z.strictObject({
        current: z.string().max(256),
        next: z.string().min(8).max(256),
      }),
    )
    .output(z.null()),
  list: oc.output(z.array(Credential)),
  add: oc
    .errors({ VAULT_LOCKED: {} })
    .input(
      z.strictObject({
        label: z.string().trim().min(1).max(64),
        username: z.string().max(128),
        password: z.string().max(256),
      }),
    )
    .output(Credential),
  remove: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: CredentialId }))
    .output(z.null()),
};

/** What was odd about a device, in plain words: "its stream address named another host (10.0.0.9); not used". */
const Remarks = z.array(z.string().max(300)).max(16);

/** What adopting one sighting came to. */
export const AdoptOutcome = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("adopted"),
    sightingId: SightingId,
    deviceId: DeviceId,
    remarks: Remarks,
  }),
  /** It was known under another address. */
  z.strictObject({
    kind: z.literal("returned"),
    sightingId: SightingId,
    deviceId: DeviceId,
    remarks: Remarks,
  }),
  z.strictObject({
    kind: z.literal("failed"),
    sightingId: SightingId,
    reason: FailureReason,
    detail: z.string(),
  }),
]);
export type AdoptOutcome = z.infer<typeof AdoptOutcome>;

/** What asking one device of several came to. */
export const DeviceOutcome = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("done"), deviceId: DeviceId }),
  z.strictObject({
    kind: z.literal("failed"),
    deviceId: DeviceId,
    reason: FailureReason,
    detail: z.string(),
  }),
  /** The job was cancelled before its turn. */
  z.strictObject({ kind: z.literal("skipped"), deviceId: DeviceId }),
]);
export type DeviceOutcome = z.infer<typeof DeviceOutcome>;

export const DeviceChange = z.strictObject({
  sequence: z.int(),
  kind: z.enum(["saved", "removed"]),
  deviceId: DeviceId,
});
export type DeviceChange = z.infer<typeof DeviceChange>;

export const devices = {
  list: oc.output(z.array(Device)),
  /** A gap in `sequence` means: read the list again. */
  changed: oc.output(eventIterator(DeviceChange)),
  /** Tries the credentials in order on each sighting, one refusal per credential, as a job. */
  adopt: oc
    .errors({ VAULT_LOCKED: {} })
    .input(
      z.strictObject({
        sightingIds: z.array(SightingId).min(1).max(500),
        credentialIds: z.array(CredentialId).max(16),
      }),
    )
    .output(z.array(AdoptOutcome)),
  /** Asks the device again for identity, services, profiles and streams. */
  refresh: oc
    .errors({
      NOT_FOUND: {},
      FAILED: { data: z.strictObject({ reason: FailureReason, detail: z.string() }) },
    })
    .input(z.strictObject({ id: DeviceId }))
    .output(Device),
  rename: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: DeviceId, name: DeviceName }))
    .output(Device),
  renameChannel: oc
    .errors({ NOT_FOUND: {}, NUMBER_TAKEN: { data: z.strictObject({ by: z.string() }) } })
    .input(z.strictObject({ id: ChannelId, name: ChannelName, number: ChannelNumber }))
    .output(Device),
  setCredential: oc
    .errors({
      NOT_FOUND: {},
      FAILED: { data: z.strictObject({ reason: FailureReason, detail: z.string() }) },
    })
    .input(z.strictObject({ id: DeviceId, credentialId: CredentialId }))
    .output(Device),
  /** `refresh` for several, as a job. */
  refreshMany: oc
    .input(z.strictObject({ ids: z.array(DeviceId).min(1).max(1000) }))
    .output(z.array(DeviceOutcome)),
  /** `setCredential` for several, as a job: one try a device, a refusal is never repeated. */
  setCredentials: oc
    .input(z.strictObject({ ids: z.array(DeviceId).min(1).max(1000), credentialId: CredentialId }))
    .output(z.array(DeviceOutcome)),
  remove: oc
    .errors({ NOT_FOUND: {} })
    .input(z.strictObject({ id: DeviceId }))
    .output(z.null()),
  history: oc
    .input(z.strictObject({ id: DeviceId, limit: z.int().min(1).max(500) }))
    .output(z.strictObject({ connections: z.array(ConnectionEntry), clock: z.array(ClockReading) })),
};
