/** MessageIDs are remembered this long: slow devices answer late. */
export const probeMemoryMs = 30_000;

/** Whom a probe was sent to. */
export type ProbeReach = "group" | "address";

/** Which questions are ours: an answer counts only when it relates to one of them. */
export class SentProbes {
  readonly #sent = new Map<string, { readonly sentMs: number; readonly to: ProbeReach }>();

  /** Remembers a bare UUID sent at `nowMs` (monotonic). */
  add(messageId: string, to: ProbeReach, nowMs: number): void {
    for (const [id, { sentMs }] of this.#sent) {
      // In the order of sending: the first one young enough ends the search.
      if (nowMs - sentMs <= probeMemoryMs) break;
      this.#sent.delete(id);
    }
    this.#sent.set(messageId.toLowerCase(), { sentMs: nowMs, to });
  }

  /** Which of our probes of the last 30 s `relatesTo` names; `urn:uuid:` and `uuid:` are the same. */
  find(relatesTo: string, nowMs: number): ProbeReach | undefined {
    const id = relatesTo.toLowerCase().replace(/^(urn:)?(uuid:)?/, "");
    const probe = this.#sent.get(id);
    return probe !== undefined && nowMs - probe.sentMs <= probeMemoryMs ? probe.to : undefined;
  }
}
