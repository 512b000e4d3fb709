import type { Clock } from "../../shared/base/clock.ts";
import type { CameraAddress } from "./device-model.ts";
import type { DiscoveryNetwork } from "./discovery/discovery-network.ts";
import type { CameraIdentity } from "./identity.ts";
import type { FramePump } from "./rtsp/frame-pump.ts";
import type { SceneName, SceneStream } from "./scenes/scene.ts";
import type { AuthSpec, CameraSpec } from "./site-options.ts";
import type { SourceFormat } from "./stream-format.ts";

/** What a camera is made from. */
export interface CameraDeps {
  readonly id: string;
  readonly name: string;
  readonly scene: SceneName;
  readonly spec: CameraSpec;
  readonly identity: CameraIdentity;
  readonly address: CameraAddress;
  readonly username: string;
  readonly password: string;
  readonly auth: AuthSpec;
  readonly sources: readonly SourceFormat[];
  /** JPEG of each source, undefined where there is none. */
  readonly stills: readonly (Uint8Array | undefined)[];
  /** By RTSP path; undefined: no RTSP server. */
  readonly streams: ReadonlyMap<string, SceneStream> | undefined;
  readonly pump: FramePump;
  readonly clock: Clock;
  readonly discovery: DiscoveryNetwork;
  readonly rebootMs: number;
  readonly nextAddress: () => string;
  readonly remark: (remark: string) => void;
}
