import type { StoreErrorCode } from "./store-error.ts";
import type { OnDamage, OpeningReport } from "./opening.ts";

/** How a store thread is started. */
export interface WorkerStart {
  readonly mode: "writer" | "reader";
  readonly path: string;
  readonly nativeBinding: string | undefined;
  /** What the writer does when the site cannot be read. */
  readonly onDamage: OnDamage;
  /** Where copies go and how many dailies stay; the writer makes them. */
  readonly backups: { readonly folder: string; readonly keep: number };
}

export interface WorkerRequest {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface WorkerFailure {
  readonly code: StoreErrorCode;
  readonly message: string;
}

/** Store thread → main. `opened` or `refused` comes first; `tookMs` is the time inside SQLite. */
export type WorkerMessage =
  | { readonly type: "opened"; readonly report: OpeningReport }
  | { readonly type: "value"; readonly id: number; readonly value: unknown; readonly tookMs: number }
  | {
      readonly type: "failed";
      readonly id: number;
      readonly failure: WorkerFailure;
      readonly tookMs: number;
    };
