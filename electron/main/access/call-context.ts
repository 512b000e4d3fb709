import type { Session } from "./permissions.ts";

/** What every handler knows of its caller. */
export interface CallContext {
  readonly windowId: number;
  readonly session: Session;
}
