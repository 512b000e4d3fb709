import type { CameraCounters, CameraCounts } from "./counters.ts";
import type { Fault, FaultInput, FaultKind } from "./fault.ts";
import type { RtspCounters } from "./rtsp/rtsp-counters.ts";
import type { SceneName } from "./scenes/scene.ts";
import type { AuthSpec } from "./site-options.ts";

/** Things a camera can notice, by plain name; each becomes the ONVIF topic that cameras use for it. */
export const eventNames = [
  "motion",
  "cell-motion",
  "tamper",
  "intrusion",
  "line-crossing",
  "loitering",
  "signal-loss",
  "too-dark",
  "too-blurry",
  "sound",
  "digital-input",
  "relay",
  "storage-failure",
  "fan-failure",
  "too-hot",
  "login-refused",
  "plate",
] as const;
export type EventName = (typeof eventNames)[number];

/** Any event whatever, for topics without a plain name. */
export interface RawEvent {
  /** As on the wire, with a prefix the simulator declares: `tns1:` ONVIF, `tnsven:` a vendor's own. */
  readonly topic: string;
  readonly source?: Readonly<Record<string, string>>;
  readonly key?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  /** A property has a state that SetSynchronizationPoint repeats as Initialized; an event has none. */
  readonly property?: boolean;
}

/** What a raised event says beside its name. */
export interface RaiseOptions {
  /** State of a property: begun (true, the default) or ended. One-shot events have none. */
  readonly active?: boolean;
  /** Token of the video source, input or relay it comes from; the camera's first when left out. */
  readonly source?: string;
  /** Further SimpleItems of its Data. */
  readonly data?: Readonly<Record<string, string>>;
}

/** One step of a script: waits, then does one thing. */
export type ScriptStep = { readonly afterMs: number } & (
  | { readonly raise: EventName; readonly active?: boolean; readonly source?: string }
  | { readonly event: RawEvent }
  | { readonly setFault: FaultInput }
  | { readonly clearFault: FaultKind }
  | { readonly skewClockMs: number }
  | { readonly reboot: RebootOptions }
);

export interface RebootOptions {
  /** Come back at this address; `"next"` takes the site's next free one. Left out: the same. */
  readonly newAddress?: string;
  /** How long it stays away; left out: `rebootMs` of the site. */
  readonly downMs?: number;
  /** Without Bye, as after a power cut. */
  readonly abrupt?: boolean;
}

/** One camera of the site: a real device on real sockets, with strings to pull. */
export interface SimulatedCamera {
  readonly id: string;
  readonly name: string;
  readonly scene: SceneName;
  /** Changes with `reboot({ newAddress })`. */
  readonly host: string;
  readonly httpPort: number;
  readonly rtspPort: number;
  readonly username: string;
  readonly password: string;
  readonly auth: AuthSpec;
  readonly endpointReference: string;
  readonly mac: string;
  readonly serial: string;
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  /** `http://host:port/onvif/device_service`, `https:` with TLS */
  readonly deviceUrl: string;
  /** `rtsp://host:port/main` and `/sub` of the first source, without user info. */
  readonly mainUri: string;
  readonly subUri: string;
  /** The camera's own idea of the time, ms UTC. */
  readonly now: number;
  readonly state: "on" | "off" | "rebooting";
  readonly counters: CameraCounters;
  /** Counts of its RTSP server since it was last started; undefined without RTSP. */
  readonly rtspCounters: RtspCounters | undefined;
  /** What is wrong with it now. */
  readonly faults: readonly Fault[];

  /** Makes it misbehave from now on. @throws ZodError when the fault is none */
  setFault(fault: FaultInput): void;
  clearFault(kind: FaultKind): void;
  clearFaults(): void;
  /** Something happened in front of or inside the camera. */
  raise(event: EventName, options?: RaiseOptions): void;
  raiseRaw(event: RawEvent): void;
  /** Runs the steps one after the other; resolves after the last, or when the signal aborts or the camera stops. */
  play(script: readonly ScriptStep[], signal?: AbortSignal): Promise<void>;
  /** Moves its clock by so many ms. */
  skewClock(byMs: number): void;
  /** Resolves when it is back. */
  reboot(options?: RebootOptions): Promise<void>;
  /** A new password for the first user, as an installer would set at the device. */
  setPassword(password: string): void;
  /** Pulls the plug: all sockets closed, no Bye. `start()` brings it back. */
  powerOff(): Promise<void>;
  /** Starts it after `powerOff()` or `stop()`; no effect while it is on. */
  start(): Promise<void>;
  /** Says Bye and closes everything. */
  stop(): Promise<void>;
}

/** A host that belongs to no camera: whoever speaks to it was led astray. */
export interface Decoy {
  readonly host: string;
  readonly port: number;
  /** `http://host:port` */
  readonly url: string;
  /** TCP connections accepted so far. */
  readonly connections: number;
  /** Every request in full, as received; heads carry the credentials that leaked. */
  readonly requests: readonly { readonly source: string; readonly head: string; readonly body: string }[];
  stop(): Promise<void>;
}

/** A simulated site that runs. */
export interface Site {
  readonly cameras: readonly SimulatedCamera[];
  /** What could not be had as asked ("no 127.x.y.z addresses here: all cameras at 127.0.0.1"). */
  readonly remarks: readonly string[];
  /** By id, or undefined. */
  camera(id: string): SimulatedCamera | undefined;
  /** Counts of every camera by its id. */
  counts(): Readonly<Record<string, CameraCounts>>;
  /** Opens a host that must never be spoken to. */
  addDecoy(options?: { readonly host?: string; readonly port?: number }): Promise<Decoy>;
  /** Stops every camera and decoy; idempotent. */
  stop(): Promise<void>;
}
