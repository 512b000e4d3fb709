import { z } from "zod";
import { CredentialId, DeviceId } from "../base/ids.ts";
import { Channel, ChannelName } from "./channel.ts";

export const DeviceName = ChannelName;

/** What makes a device itself; never its address. Every text is exactly what the device sent. */
export const DeviceIdentity = z.strictObject({
  /** Lower case, colons; null when the device does not tell. */
  mac: z
    .string()
    .regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)
    .nullable(),
  serial: z.string().max(256).nullable(),
  maker: z.string().max(256),
  model: z.string().max(256),
  hardwareId: z.string().max(256),
  firmware: z.string().max(256),
  /** WS-Addressing endpoint reference, `urn:uuid:…`. */
  endpointReference: z.string().max(512).nullable(),
});
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

export const DeviceAddress = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65535),
  tls: z.boolean(),
  /** Path of the ONVIF device service. */
  path: z.string().startsWith("/").max(512),
});
export type DeviceAddress = z.infer<typeof DeviceAddress>;

/** How the device lets us in. */
export const LoginKind = z.enum(["none", "digest", "ws-username-token"]);
export type LoginKind = z.infer<typeof LoginKind>;

/** Why a device or stream could not be used: one list for the tile, the device table and the log. */
export const FailureReason = z.enum([
  "unreachable",
  "refused",
  "timeout",
  "closed",
  "unauthorised",
  "locked-out",
  "forbidden",
  "not-found",
  "not-supported",
  "unsupported-codec",
  "garbage",
  "too-large",
  "stalled",
  "identity-changed",
  "no-credential",
  "vault-locked",
  "internal",
]);
export type FailureReason = z.infer<typeof FailureReason>;

/** Where a stored device stands now. `discovered` is a sighting, not a device. */
export const DeviceState = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("adopted"), since: z.int() }),
  z.strictObject({
    kind: z.literal("degraded"),
    since: z.int(),
    reason: FailureReason,
    detail: z.string().max(500),
  }),
  z.strictObject({
    kind: z.literal("unreachable"),
    since: z.int(),
    reason: FailureReason,
    detail: z.string().max(500),
    retryAt: z.int().nullable(),
  }),
  z.strictObject({ kind: z.literal("retired"), since: z.int() }),
]);
export type DeviceState = z.infer<typeof DeviceState>;

export const ServiceName = z.enum([
  "device",
  "media",
  "media2",
  "events",
  "ptz",
  "imaging",
  "deviceio",
  "analytics",
  "recording",
  "search",
  "replay",
]);
export type ServiceName = z.infer<typeof ServiceName>;

/** One ONVIF service the device offers; only the path is trusted, host and port are the device's own. */
export const DeviceService = z.strictObject({
  name: ServiceName,
  path: z.string().startsWith("/").max(512),
  version: z.string().max(32),
});
export type DeviceService = z.infer<typeof DeviceService>;

export const Device = z.strictObject({
  id: DeviceId,
  name: DeviceName,
  identity: DeviceIdentity,
  address: DeviceAddress,
  login: LoginKind,
  credentialId: CredentialId.nullable(),
  state: DeviceState,
  services: z.array(DeviceService).max(32),
  /** `device` says WSPullPointSupport or an event service exists. */
  hasEvents: z.boolean(),
  /** Device clock minus ours, ms; null until measured. */
  clockOffsetMs: z.int().nullable(),
  adoptedAt: z.int(),
  lastSeenAt: z.int(),
  channels: z.array(Channel).max(256),
});
export type Device = z.infer<typeof Device>;

/** One line of a device's connection history. */
export const ConnectionEntry = z.strictObject({
  at: z.int(),
  kind: z.enum([
    "adopted",
    "connected",
    "lost",
    "address-changed",
    "credential-refused",
    "identity-changed",
    "clock-offset",
    "firmware-changed",
  ]),
  detail: z.string().max(500),
});
export type ConnectionEntry = z.infer<typeof ConnectionEntry>;

/** One measurement of a device's clock: the clock ledger. */
export const ClockReading = z.strictObject({
  at: z.int(),
  offsetMs: z.int(),
  roundTripMs: z.number().min(0),
});
export type ClockReading = z.infer<typeof ClockReading>;
