import { systemClock, type Clock } from "../../shared/base/clock.ts";
import type { Lifetime } from "../../shared/base/lifetime.ts";
import { FaultNet } from "./console/fault-net.ts";
import { NoticesService } from "./console/notices-service.ts";
import { CountedLog } from "./demo/counted-log.ts";
import type { Flags } from "./flags.ts";
import { LogFile } from "./platform/log-file.ts";
import { describeBuild, findPlaces, type Build, type Places } from "./platform/places.ts";

/** What every part stands on. */
export interface Core {
  readonly flags: Flags;
  readonly lifetime: Lifetime;
  readonly clock: Clock;
  readonly places: Places;
  readonly build: Build;
  readonly log: CountedLog;
  readonly notices: NoticesService;
}

/** The clock, the log, what can be said in every window, and the net under everything. */
export function composeCore(flags: Flags, lifetime: Lifetime): Core {
  const clock = systemClock;
  const places = findPlaces();
  const build = describeBuild();

  const logFile = new LogFile({ clock, folder: places.logFolder, mirror: !build.isPackaged });
  logFile.start();
  lifetime.add("log", () => logFile.stop());
  const log = new CountedLog({ log: logFile });
  log.info("console starts", { version: build.version, runtime: build.runtime, demo: flags.demo });

  const notices = new NoticesService({ clock });
  const faults = new FaultNet({ log, notices });
  faults.start();
  lifetime.add("fault net", () => faults.stop());
  return { flags, lifetime, clock, places, build, log, notices };
}
