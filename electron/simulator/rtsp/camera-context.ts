import type { MemoryCard } from "../card/memory-card.ts";
import type { SceneStream } from "../scenes/scene.ts";
import type { FramePump } from "./frame-pump.ts";
import type { RtspAuth } from "./rtsp-auth.ts";
import type { RtspCounters } from "./rtsp-counters.ts";
import type { RtspFaults } from "./rtsp-fault.ts";

/** The times an RTSP server needs. */
export interface CameraClock {
  /** True wall-clock time, ms UTC: frames keep to it, whatever the camera believes. */
  now(): number;
  /** Never goes back; for time-outs. */
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** What the camera believes the time is, ms UTC: written into sender reports. */
  cameraNow(): number;
}

/** One line of the simulator's log; no secrets. */
export type RtspLog = (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void;

/** What the parts of one camera's RTSP server share. */
export interface CameraContext {
  readonly host: string;
  readonly streams: ReadonlyMap<string, SceneStream>;
  readonly card: MemoryCard | undefined;
  readonly auth: () => RtspAuth;
  readonly clock: CameraClock;
  readonly faults: RtspFaults;
  readonly pump: FramePump;
  readonly counters: RtspCounters;
  readonly log: RtspLog;
  readonly random: () => number;
  readonly sessionTimeoutS: number;
  readonly transports: readonly ("tcp" | "udp")[];
  readonly senderReportIntervalMs: number;
}
