import type { RawEvent } from "../site-api.ts";

/** One notification as a pull point hands it out. */
export interface EventMessage {
  readonly event: RawEvent;
  /** The device's own time, ms UTC. */
  readonly at: number;
  /** Properties only. */
  readonly operation: "Initialized" | "Changed" | "Deleted" | undefined;
}
