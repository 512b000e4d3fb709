import { createVaultHandlers } from "./access/vault-handlers.ts";
import type { AlarmParts } from "./compose-alarms.ts";
import type { Core } from "./compose-core.ts";
import type { DeskParts } from "./compose-desk.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { EventParts } from "./compose-events.ts";
import type { RecordingParts } from "./compose-recording.ts";
import type { SiteParts } from "./compose-site.ts";
import { createConsoleHandlers } from "./console/console-handlers.ts";
import { StatusService } from "./console/status-service.ts";
import type { DemoService } from "./demo/demo-service.ts";
import { createDevicesHandlers } from "./devices/devices-handlers.ts";
import { createDiscoveryHandlers } from "./discovery/discovery-handlers.ts";
import { exportEvents } from "./events/event-export.ts";
import { createEventsHandlers } from "./events/events-handlers.ts";
import { createJobsHandlers } from "./jobs/jobs-handlers.ts";
import { createMotionHandlers } from "./motion/motion-handlers.ts";
import { MotionService } from "./motion/motion-service.ts";
import { openFolder } from "./platform/desktop.ts";
import { describeConsole } from "./platform/places.ts";
import { RpcServer } from "./platform/rpc-server.ts";
import { createPtzHandlers } from "./ptz/ptz-handlers.ts";
import { createSettingsHandlers } from "./settings/settings-handlers.ts";
import { createLiveHandlers } from "./streams/live-handlers.ts";
import { createWallsHandlers } from "./walls/walls-handlers.ts";
import { createWindowsHandlers } from "./windows/windows-handlers.ts";

/** Every call of the contract over the parts: one that is missing does not compile. */
export function composeCalls(
  { build, clock, flags, lifetime, log, notices, places }: Core,
  { jobs, settings, store, vault, walls }: SiteParts,
  { devices, discovery }: DeviceParts,
  { desk, ptz, streams, windows }: DeskParts,
  recording: RecordingParts,
  events: EventParts,
  alarms: AlarmParts,
  demo: DemoService,
): RpcServer {
  const status = new StatusService({ clock, count: () => streams.siteStatus });
  status.start();
  lifetime.add("status", () => status.stop());
  const rpc = new RpcServer({
    log,
    router: {
      app: createConsoleHandlers({
        log,
        notices,
        status,
        openFolder,
        chooseFolder: (windowId, title, from) => desk.chooseFolder(windowId, title, from),
        choosePlace: (windowId, name) => desk.choosePlace(windowId, name),
        startDemoSite: (cameras) => demo.start(cameras),
        info: describeConsole(build, places, flags.demo),
      }),
      settings: createSettingsHandlers(settings),
      jobs: createJobsHandlers(jobs),
      discovery: createDiscoveryHandlers(discovery, (range) =>
        jobs.run("job.sweep", { cancellable: true }, (job, signal) =>
          discovery.sweep(range, signal, (share) => job.progress(share)),
        ),
      ),
      vault: createVaultHandlers(vault),
      devices: createDevicesHandlers(devices, (title, options, work) => jobs.run(title, options, work)),
      events: createEventsHandlers({
        store,
        now: () => clock.now(),
        listening: events.listening,
        news: events.news,
        choosePlace: (windowId, name) => desk.choosePlace(windowId, name),
        write: (query, format, file) =>
          jobs.run("job.export-events", { cancellable: true }, (job, signal) =>
            exportEvents(store, { query, format, file }, (count) => job.step(String(count)), signal),
          ),
      }),
      live: createLiveHandlers(streams),
      ptz: createPtzHandlers(ptz),
      ...recording.handlers,
      motion: createMotionHandlers(
        new MotionService({ runJob: (title, options, work) => jobs.run(title, options, work) }),
      ),
      alarms: alarms.handlers,
      walls: createWallsHandlers(walls),
      windows: createWindowsHandlers(windows),
    },
  });
  lifetime.add("calls", () => rpc.stop());
  return rpc;
}
