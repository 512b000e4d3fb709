import { z } from "zod";

/** Limits a fault to one path of the camera ("/main"); absent means every path. */
const path = z.string().startsWith("/").max(200).optional();
const share = z.number().min(0).max(1);

/** Faults of RTSP and RTP as schemas, for the simulator's one list of faults. */
export const rtspFaultSchemas = [
  /** Connections are refused (nothing listens) and the existing ones cut. */
  z.strictObject({ kind: z.literal("rtsp-refuse") }),
  /** Accepts connections, reads, never answers. Sessions that play go on. */
  z.strictObject({ kind: z.literal("rtsp-hang") }),
  /** The connection stays, requests are answered, packets stop. */
  z.strictObject({ kind: z.literal("rtsp-stall"), path }),
  /** Random bytes between the packets of interleaved streams. */
  z.strictObject({ kind: z.literal("rtsp-garbage"), share: share.default(0.2), path }),
  /** Video payloads are cut, bent or made up, each packet with this probability. */
  z.strictObject({ kind: z.literal("rtsp-malformed-nals"), share: share.default(0.2), path }),
  /** Packets are left out, each with this probability; sequence numbers go on. */
  z.strictObject({ kind: z.literal("rtsp-loss"), share: share.default(0.05), path }),
  /** UDP only: a packet is sent after up to three later ones, each with this probability. */
  z.strictObject({ kind: z.literal("rtsp-reorder"), share: share.default(0.1), path }),
  /** From the next keyframe on, sessions get the pictures of the other path, with its parameter sets. */
  z.strictObject({ kind: z.literal("rtsp-resolution-change"), path }),
  /** RTP timestamps stand still. */
  z.strictObject({ kind: z.literal("rtsp-frozen-timestamps"), path }),
  /** RTP timestamps jump by up to ±`byMs` every three seconds or so. */
  z.strictObject({
    kind: z.literal("rtsp-jumping-timestamps"),
    byMs: z.int().min(1).max(86_400_000).default(60_000),
    path,
  }),
  z.strictObject({ kind: z.literal("rtsp-no-sender-reports"), path }),
  /** Pictures come late by this much, none is left out; when cleared the held ones come at once. */
  z.strictObject({ kind: z.literal("rtsp-delay"), delayMs: z.int().min(1).max(25_000).default(3_000), path }),
  /** DESCRIBE's Content-Length is off by this much. */
  z.strictObject({
    kind: z.literal("rtsp-wrong-content-length"),
    by: z.int().min(-10_000).max(2_000_000_000).default(40),
  }),
  /** Every reply begins with a header that never ends. */
  z.strictObject({ kind: z.literal("rtsp-endless-header") }),
  /** Every request is answered with 401, whatever the login. */
  z.strictObject({ kind: z.literal("rtsp-auth-loop") }),
] as const;

/** One way in which a simulated camera's RTSP server misbehaves. */
export const RtspFault = z.discriminatedUnion("kind", [...rtspFaultSchemas]);
export type RtspFault = z.infer<typeof RtspFault>;
/** What callers write: fields with defaults may be left out. */
export type RtspFaultInput = z.input<typeof RtspFault>;
export type RtspFaultKind = RtspFault["kind"];

/**
 * The faults of one camera now; the server looks at every request and every frame, so a change works at once.
 *
 * At most one fault of a kind: setting it again replaces it.
 */
export class RtspFaults {
  readonly #faults = new Map<RtspFaultKind, RtspFault>();
  readonly #listeners = new Set<() => void>();

  set(fault: RtspFaultInput): void {
    const parsed = RtspFault.parse(fault);
    this.#faults.set(parsed.kind, parsed);
    this.#changed();
  }

  /** Ends one kind of fault, or all. */
  clear(kind?: RtspFaultKind): void {
    if (kind === undefined) this.#faults.clear();
    else this.#faults.delete(kind);
    this.#changed();
  }

  /** The fault of this kind if it is set and concerns this path. */
  of<K extends RtspFaultKind>(kind: K, forPath?: string): Extract<RtspFault, { kind: K }> | undefined {
    const fault = this.#faults.get(kind);
    if (fault === undefined || !isKind(fault, kind)) return undefined;
    if (forPath !== undefined && "path" in fault && fault.path !== undefined && fault.path !== forPath) {
      return undefined;
    }
    return fault;
  }

  has(kind: RtspFaultKind, forPath?: string): boolean {
    return this.of(kind, forPath) !== undefined;
  }

  /** Called after every change; returns how to stop hearing. */
  onChange(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function isKind<K extends RtspFaultKind>(
  fault: RtspFault,
  kind: K,
): fault is Extract<RtspFault, { kind: K }> {
  return fault.kind === kind;
}
