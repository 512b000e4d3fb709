/** The cameras of the ingest and record benchmarks, in a process of their own so that their work is not counted. */
import { loadScene } from "../../../electron/simulator/scenes/load-scene.ts";
import { FramePump } from "../../../electron/simulator/rtsp/frame-pump.ts";
import { startRtspServer } from "../../../electron/simulator/rtsp/server.ts";
import { systemClock } from "../../../shared/base/clock.ts";

const [folder = "", count = "1", role = "sub", block = "9"] = process.argv.slice(2);
const scenes = await Promise.all(
  (["gate", "lobby", "car-park"] as const).map((name) => loadScene(name, folder)),
);
const pump = new FramePump({ clock: systemClock });
const servers = await Promise.all(
  Array.from({ length: Number(count) }, (_, index) => {
    const scene = scenes[index % scenes.length];
    if (scene === undefined) throw new Error("no scene");
    const streams = new Map([[`/${role}`, role === "main" ? scene.main : scene.sub]]);
    return startRtspServer({ host: `127.84.${block}.${index + 1}`, port: 0, streams, pump });
  }),
);
process.on("message", () => {
  process.send?.({ connected: servers.reduce((sum, server) => sum + server.counters.connected, 0) });
});
process.on("disconnect", () => process.exit(0));
process.send?.({
  uris: servers.map((server, index) => `rtsp://127.84.${block}.${index + 1}:${server.port}/${role}`),
});
