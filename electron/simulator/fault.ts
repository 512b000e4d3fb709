import { z } from "zod";
import { rtspFaultSchemas, type RtspFault } from "./rtsp/rtsp-fault.ts";

/** Operation names a fault is limited to (`["PullMessages"]`); absent or empty means every operation. */
const operations = z.array(z.string().min(1).max(80)).max(100).optional();
/** The fault ends by itself after so many replies; absent means until it is cleared. */
const times = z.int().min(1).max(1_000_000).optional();
const delayMs = z.int().min(0).max(600_000);
const address = z.string().min(1).max(2_048);

/** Faults of the HTTP reply, applied after the request was read and counted. */
const httpFaults = [
  /** Closes every connection with a reset as soon as it is accepted. */
  z.strictObject({ kind: z.literal("drop"), operations: z.undefined().optional() }),
  /** Accepts, reads, never answers. */
  z.strictObject({ kind: z.literal("hang"), operations, times }),
  /** Slow loris: the reply comes a few bytes at a time. */
  z.strictObject({
    kind: z.literal("drip"),
    part: z.enum(["headers", "body"]).default("body"),
    bytes: z.int().min(1).max(4_096).default(1),
    intervalMs: z.int().min(1).max(60_000).default(500),
    operations,
    times,
  }),
  z.strictObject({ kind: z.literal("slow"), delayMs, operations, times }),
  /** A well-formed envelope padded to `bytes` bytes. */
  z.strictObject({
    kind: z.literal("huge"),
    bytes: z.int().min(1).max(1_000_000_000).default(300_000_000),
    operations,
    times,
  }),
  z.strictObject({
    kind: z.literal("deep-xml"),
    depth: z.int().min(1).max(1_000_000).default(20_000),
    operations,
    times,
  }),
  /** `bomb` nests entities, `external` names a file, `plain` defines one harmless entity. */
  z.strictObject({
    kind: z.literal("entity"),
    flavour: z.enum(["plain", "bomb", "external"]).default("bomb"),
    operations,
    times,
  }),
  z.strictObject({ kind: z.literal("bad-utf8"), operations, times }),
  /** Random bytes with a SOAP content type. */
  z.strictObject({ kind: z.literal("garbage"), operations, times }),
  /** Half of the true reply, then the connection is closed. */
  z.strictObject({ kind: z.literal("truncated"), operations, times }),
  z.strictObject({
    kind: z.literal("html-error"),
    status: z.int().min(400).max(599).default(500),
    operations,
    times,
  }),
  /** 401 without a WWW-Authenticate header. */
  z.strictObject({ kind: z.literal("bare-401"), operations, times }),
  z.strictObject({ kind: z.literal("redirect"), to: address, operations, times }),
  z.strictObject({
    kind: z.literal("soap-fault"),
    status: z.int().min(200).max(599).default(500),
    subcode: z.string().min(1).max(100).default("ter:ActionNotSupported"),
    reason: z.string().max(500).default("Optional Action Not Implemented"),
    operations,
    times,
  }),
] as const;

/** Faults of what the ONVIF services say or do. */
const serviceFaults = [
  /** XAddrs of services name another host (address or name) and/or port. */
  z.strictObject({
    kind: z.literal("service-xaddr"),
    host: z.string().min(1).max(253).optional(),
    port: z.int().min(1).max(65_535).optional(),
  }),
  /** The pull point lives, so it says, at this address. */
  z.strictObject({ kind: z.literal("subscription-reference"), address }),
  /** Subscription times with a zone offset, already expired, or in local words nobody can parse. */
  z.strictObject({
    kind: z.literal("subscription-times"),
    mode: z.enum(["offset", "expired", "unparsable"]),
  }),
  /** PullMessages answers at once with nothing, whatever the timeout. */
  z.strictObject({ kind: z.literal("empty-pull") }),
  /** PullMessages never ends, whatever the timeout. */
  z.strictObject({ kind: z.literal("endless-pull") }),
  /** PullMessages' connection is closed without a reply after `afterMs` (Tapo: 10 s). */
  z.strictObject({ kind: z.literal("closing-pull"), afterMs: delayMs }),
  z.strictObject({ kind: z.literal("max-pull-points"), limit: z.int().min(0).max(1_000) }),
  z.strictObject({ kind: z.literal("renew-unsupported") }),
  /** One Unsubscribe ends every subscription. */
  z.strictObject({ kind: z.literal("unsubscribe-ends-all") }),
  /** CreatePullPointSubscription without InitialTerminationTime is refused with a 500. */
  z.strictObject({ kind: z.literal("termination-time-required") }),
  /** `raise("motion", false)` and everything else that would end a state is swallowed. */
  z.strictObject({ kind: z.literal("motion-without-stop") }),
  /** So many vendor log events a second. */
  z.strictObject({ kind: z.literal("event-flood"), perSecond: z.int().min(1).max(1_000) }),
  /** Setters answer well and change nothing. */
  z.strictObject({ kind: z.literal("silent-setter"), operations }),
  /** Setters take effect at the next reboot only; those that can say so say RebootNeeded. */
  z.strictObject({ kind: z.literal("setter-needs-reboot"), operations }),
  /** GetServices lists Media2, every Media2 call fails. */
  z.strictObject({ kind: z.literal("media2-broken") }),
  /** Shows another certificate than before (TLS only): a camera reset, or somebody in between. */
  z.strictObject({ kind: z.literal("new-certificate") }),
  /** Answers with another device's identity; absent parts stay its own. */
  z.strictObject({
    kind: z.literal("cloned-identity"),
    serial: z.string().max(256).optional(),
    mac: z.string().max(17).optional(),
    endpointReference: z.string().max(512).optional(),
  }),
] as const;

/** Faults of the device's clock. Cleared, the clock is right again. */
const clockFaults = [
  z.strictObject({ kind: z.literal("clock-1970") }),
  z.strictObject({ kind: z.literal("clock-jump"), byMs: z.int().min(-1e13).max(1e13) }),
  /** Parts per million; 23 ppm is about 2 s a day. */
  z.strictObject({ kind: z.literal("clock-drift"), ppm: z.number().min(-1e6).max(1e6) }),
] as const;

/** Faults of WS-Discovery. */
const discoveryFaults = [
  /** Never answers probes, says no Hello and no Bye. */
  z.strictObject({ kind: z.literal("probe-silent") }),
  z.strictObject({ kind: z.literal("probe-duplicate"), copies: z.int().min(2).max(1_000).default(3) }),
  z.strictObject({ kind: z.literal("probe-late"), delayMs }),
  /** Further devices in the same ProbeMatches, beside its own. */
  z.strictObject({ kind: z.literal("probe-bundled"), others: z.int().min(1).max(500).default(4) }),
  /** A further ProbeMatches that names somebody else: the given XAddrs, the given endpoint reference. */
  z.strictObject({
    kind: z.literal("probe-forged"),
    xaddrs: z.string().min(1).max(4_096),
    endpointReference: z.string().min(1).max(512).optional(),
  }),
  z.strictObject({ kind: z.literal("wrong-relates-to") }),
  /** Its own answer carries these XAddrs, verbatim. */
  z.strictObject({ kind: z.literal("bad-xaddrs"), xaddrs: z.string().max(8_192) }),
  z.strictObject({ kind: z.literal("no-xaddrs") }),
  /** The datagram is one of the ten hostile kinds in place of an answer. */
  z.strictObject({
    kind: z.literal("hostile-datagram"),
    flavour: z.enum([
      "lollipop",
      "entity",
      "bomb",
      "deep",
      "bad-xml",
      "no-body",
      "soap-fault",
      "prototype",
      "bad-utf8",
      "random",
    ]),
    copies: z.int().min(1).max(10_000).default(1),
  }),
  /** So many answers, each with another endpoint reference. */
  z.strictObject({ kind: z.literal("probe-flood"), count: z.int().min(1).max(20_000).default(1_000) }),
  /** One answer cut in two datagrams. */
  z.strictObject({ kind: z.literal("split-datagram") }),
  /** Another endpoint reference in each answer (a gSOAP responder does so at each start). */
  z.strictObject({ kind: z.literal("changing-endpoint-reference") }),
  z.strictObject({ kind: z.literal("shared-endpoint-reference"), endpointReference: z.string().max(512) }),
] as const;

/** Faults of RTSP and RTP; all but the kill are carried out by the RTSP server. */
const rtspFaults = [
  ...rtspFaultSchemas,
  /** Every RTSP connection is cut once, now; new ones are welcome. */
  z.strictObject({ kind: z.literal("rtsp-kill") }),
] as const;

/**
 * One way in which a simulated camera misbehaves, switchable while it runs.
 *
 * A camera has at most one fault of each kind; setting a kind again replaces it.
 */
export const Fault = z.discriminatedUnion("kind", [
  ...httpFaults,
  ...serviceFaults,
  ...clockFaults,
  ...discoveryFaults,
  ...rtspFaults,
]);
export type Fault = z.infer<typeof Fault>;
/** What callers write: fields with defaults may be left out. */
export type FaultInput = z.input<typeof Fault>;
export type FaultKind = Fault["kind"];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** Faults of one HTTP reply. */
export type HttpFault = z.infer<(typeof httpFaults)[number]>;

const kindsOf = (list: readonly { shape: { kind: z.ZodLiteral<string> } }[]): ReadonlySet<string> =>
  new Set(list.map((schema) => schema.shape.kind.value));
const httpKinds = kindsOf(httpFaults);
const rtspKinds = kindsOf(rtspFaultSchemas);

/** True for faults that shape an HTTP reply. */
export function isHttpFault(fault: Fault): fault is HttpFault {
  return httpKinds.has(fault.kind);
}

/** True for faults that the RTSP server carries out. */
export function isRtspFault(fault: Fault): fault is Fault & RtspFault {
  return rtspKinds.has(fault.kind);
}
