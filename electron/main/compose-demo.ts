import type { Core } from "./compose-core.ts";
import type { DeskParts } from "./compose-desk.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { SiteParts } from "./compose-site.ts";
import { DemoService } from "./demo/demo-service.ts";
import { ReportService } from "./demo/report-service.ts";
import { UnattendedRun } from "./demo/unattended-run.ts";
import { SimulatorProcess } from "./platform/simulator-process.ts";

/** The simulated site: cameras in a process of their own, put on a wall as a person would. */
export function composeDemo(
  { clock, lifetime, log, notices, places }: Core,
  { settings, vault, walls }: SiteParts,
  { devices, discovery }: DeviceParts,
): DemoService {
  const simulator = new SimulatorProcess({
    clock,
    log,
    file: places.simulatorFile,
    scenesFolder: places.scenesFolder,
    siteKey: places.userData,
    onEnd: (code) => notices.say("warning", "notice.demo-ended", `code ${code}`),
  });
  const demo = new DemoService({
    clock,
    log,
    simulator,
    discovery,
    vault,
    devices,
    walls,
    lookAtLoopback: () => settings.put({ discoverLoopback: true }),
  });
  lifetime.add("demo", () => demo.stop());
  return demo;
}

/** What the command line asked for beside the console: the demo site at once, a report on stdout. */
export function composeUnattendedRun(
  { clock, flags, log }: Core,
  { devices, discovery }: DeviceParts,
  { desk, streams }: DeskParts,
  demo: DemoService,
  quit: (code: number) => void,
): UnattendedRun {
  const report = new ReportService({
    clock,
    log,
    print: (line) => process.stdout.write(`${line}\n`),
    shoot: flags.shots === undefined ? undefined : (name) => desk.saveShots(flags.shots ?? "", name),
    look: async () => ({
      discovered: discovery.view().sightings.length,
      adopted: devices.list().length,
      errors: log.errors,
      ...streams.tiles,
    }),
  });
  return new UnattendedRun({
    clock,
    log,
    demo,
    report,
    liveTiles: () => streams.tiles.live,
    say: (line) => process.stderr.write(`${line}\n`),
    quit,
  });
}
