import { z } from "zod";
import { DeviceId, SightingId } from "../base/ids.ts";

/** Why a sighting is to be looked at twice. Nothing flagged is connected to without the user. */
export const SightingFlag = z.enum([
  "other-host", // its XAddrs point at a host that did not answer
  "foreign-subnet", // answered from a subnet in which this computer has no address
  "host-name", // XAddrs hold a name we do not resolve
  "duplicate-identity", // another address answers with the same endpoint reference
  "not-a-camera", // answered, but not as NetworkVideoTransmitter
]);
export type SightingFlag = z.infer<typeof SightingFlag>;

/** A device that answered a probe, said Hello, was swept or was typed in. Nothing of it is trusted yet. */
export const Sighting = z.strictObject({
  id: SightingId,
  endpointReference: z.string().max(512).nullable(),
  host: z.string().max(253),
  port: z.int().min(1).max(65535),
  tls: z.boolean(),
  path: z.string().max(512),
  /** From scopes; shown, never trusted. */
  name: z.string().max(128),
  hardware: z.string().max(128),
  location: z.string().max(128),
  mac: z.string().max(17).nullable(),
  via: z.enum(["probe", "hello", "unicast", "sweep", "manual"]),
  /** Address of the network card that heard it; null for sweep and manual. */
  interfaceAddress: z.string().max(64).nullable(),
  firstSeenAt: z.int(),
  lastSeenAt: z.int(),
  /** It said Bye. */
  gone: z.boolean(),
  flags: z.array(SightingFlag).max(8),
  /** What is odd about it, in plain words: "its own address names 10.0.0.9, which did not answer". */
  remarks: z.array(z.string().max(300)).max(8),
  /** The adopted device that this is, by endpoint reference or MAC. */
  deviceId: DeviceId.nullable(),
});
export type Sighting = z.infer<typeof Sighting>;

/** What discovery did on one network card, so that nobody has to guess. */
export const InterfaceReport = z.strictObject({
  name: z.string().max(64),
  address: z.string().max(64),
  prefixLength: z.int().min(0).max(128),
  family: z.enum(["IPv4", "IPv6"]),
  probesSent: z.int().min(0),
  answers: z.int().min(0),
  devices: z.int().min(0),
  ignored: z.int().min(0),
  firstAnswerMs: z.number().nullable(),
  lastAnswerMs: z.number().nullable(),
  /** In plain words: "no route for multicast". Null when all went well. */
  failure: z.string().max(300).nullable(),
  /** In plain words: "2 answered from 192.168.56.147, but you have no address there". */
  remarks: z.array(z.string().max(300)).max(20),
});
export type InterfaceReport = z.infer<typeof InterfaceReport>;

export const SweepReport = z.strictObject({
  range: z.string().max(64),
  tries: z.int().min(0),
  devices: z.int().min(0),
  elapsedMs: z.number().min(0),
});
export type SweepReport = z.infer<typeof SweepReport>;

/** Everything the discovery drawer shows. */
export const DiscoveryReport = z.strictObject({
  running: z.boolean(),
  startedAt: z.int().nullable(),
  elapsedMs: z.number().min(0),
  interfaces: z.array(InterfaceReport).max(64),
  sweeps: z.array(SweepReport).max(64),
  /** Answers thrown away, with the reason in plain words and how often. */
  ignored: z.array(z.strictObject({ reason: z.string().max(300), count: z.int().min(1) })).max(64),
});
export type DiscoveryReport = z.infer<typeof DiscoveryReport>;
