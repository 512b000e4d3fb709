import { fileURLToPath } from "node:url";
import {
  startRtspServer,
  type RtspServer,
  type RtspServerOptions,
} from "../../../electron/simulator/rtsp/server.ts";
import { loadScene } from "../../../electron/simulator/scenes/load-scene.ts";
import type { SceneName } from "../../../electron/simulator/scenes/scene.ts";

const folder = fileURLToPath(new URL("../../../resources/scenes", import.meta.url));

export interface CameraUnderTest extends AsyncDisposable {
  readonly server: RtspServer;
  readonly host: string;
  /** `rtsp://host:port` without a path. */
  readonly base: string;
}

/** A camera that shows one scene under /main and /sub on a free port; stops at the end of the block. */
export async function cameraShowing(
  scene: SceneName,
  options: Partial<RtspServerOptions> & { readonly host: string },
): Promise<CameraUnderTest> {
  const { main, sub } = await loadScene(scene, folder);
  const streams = new Map([
    ["/main", main],
    ["/sub", sub],
  ]);
  const server = await startRtspServer({ port: 0, streams, ...options });
  return {
    server,
    host: options.host,
    base: `rtsp://${options.host}:${server.port}`,
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
