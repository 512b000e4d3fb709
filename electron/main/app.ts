import { systemClock } from "../../shared/base/clock.ts";
import { Lifetime } from "../../shared/base/lifetime.ts";
import { StoreClient } from "../store/client.ts";
import { localOperator } from "./access/permissions.ts";
import { createVaultHandlers } from "./access/vault-handlers.ts";
import { VaultService } from "./access/vault-service.ts";
import { createConsoleHandlers } from "./console/console-handlers.ts";
import { FaultNet } from "./console/fault-net.ts";
import { NoticesService } from "./console/notices-service.ts";
import { refusalWords, sayFailure, sayOpening } from "./console/site-words.ts";
import type { Flags } from "./flags.ts";
import { listNetworkCards, listSubnets } from "../drivers/ws-discovery/network-cards.ts";
import { CountedLog } from "./demo/counted-log.ts";
import { DemoService } from "./demo/demo-service.ts";
import { ReportService } from "./demo/report-service.ts";
import { UnattendedRun } from "./demo/unattended-run.ts";
import { DeviceService } from "./devices/device-service.ts";
import { createDevicesHandlers } from "./devices/devices-handlers.ts";
import { createDiscoveryHandlers } from "./discovery/discovery-handlers.ts";
import { DiscoveryService } from "./discovery/discovery-service.ts";
import { createJobsHandlers } from "./jobs/jobs-handlers.ts";
import { JobsService } from "./jobs/jobs-service.ts";
import { serveAppScheme } from "./platform/app-scheme.ts";
import { AppWindows } from "./platform/app-windows.ts";
import { monitors, openFolder, sayCannotStart } from "./platform/desktop.ts";
import { findKeychain } from "./platform/keychain.ts";
import { LogFile } from "./platform/log-file.ts";
import { MediaProcess } from "./platform/media-process.ts";
import { setMenu } from "./platform/menu.ts";
import { securePages } from "./platform/page-security.ts";
import { describeBuild, describeConsole, findPlaces } from "./platform/places.ts";
import { RpcServer } from "./platform/rpc-server.ts";
import { SimulatorProcess } from "./platform/simulator-process.ts";
import { createPtzHandlers } from "./ptz/ptz-handlers.ts";
import { PtzService } from "./ptz/ptz-service.ts";
import { createSettingsHandlers } from "./settings/settings-handlers.ts";
import { SettingsService } from "./settings/settings-service.ts";
import { createLiveHandlers } from "./streams/live-handlers.ts";
import { StreamsService } from "./streams/streams-service.ts";
import { createWallsHandlers } from "./walls/walls-handlers.ts";
import { WallsService } from "./walls/walls-service.ts";
import { createWindowsHandlers } from "./windows/windows-handlers.ts";
import { WindowsService } from "./windows/windows-service.ts";

/** The composition root: every object is made here, in reading order, and stopped in reverse. */
export class App {
  readonly #flags: Flags;
  readonly #quit: (code: number) => void;
  readonly #lifetime = new Lifetime();
  #desk: AppWindows | undefined;

  /** @param quit ends the run with this exit code, after everything has stopped. */
  constructor(flags: Flags, quit: (code: number) => void) {
    this.#flags = flags;
    this.#quit = quit;
  }

  /** Starts everything. False: the site could not be opened, and it was said why. */
  async start(): Promise<boolean> {
    const flags = this.#flags;
    const clock = systemClock;
    const places = findPlaces();
    const build = describeBuild();
    const isUnattended = flags.reportSeconds !== undefined;

    const logFile = new LogFile({ clock, folder: places.logFolder, mirror: !build.isPackaged });
    logFile.start();
    this.#lifetime.add("log", () => logFile.stop());
    const log = new CountedLog({ log: logFile });
    log.info("console starts", { version: build.version, runtime: build.runtime, demo: flags.demo });
    const notices = new NoticesService({ clock });

    const faults = new FaultNet({ log, notices });
    faults.start();
    this.#lifetime.add("fault net", () => faults.stop());

    const site = new StoreClient({
      log,
      workerFile: places.storeWorkerFile,
      path: places.siteFile,
      nativeBinding: places.sqliteBinding,
      backups: { folder: places.backupFolder, keep: 7 },
      onFailure: (error) => sayFailure(error, notices, log),
    });
    const opening = await site.open();
    this.#lifetime.add("store", () => site.close());
    if (opening.kind === "refused") {
      const { title, text } = refusalWords(opening, places.siteFile);
      log.error("site not opened", { reason: opening.reason, detail: opening.detail });
      sayCannotStart(title, text, isUnattended);
      return false;
    }
    log.info("site opened", { isNew: opening.isNew, warnings: opening.warnings.join(",") });
    sayOpening(opening, notices);
    const { store } = site;

    const settings = new SettingsService({ clock, log, store });
    await settings.start();
    const jobs = new JobsService({ clock, log });
    this.#lifetime.add("jobs", () => jobs.stop());
    const vault = new VaultService({ clock, log, store, keychain: findKeychain(), isDemo: flags.demo });
    await vault.start();
    this.#lifetime.add("vault", () => vault.stop());
    const walls = new WallsService({ clock, store });

    const discovery: DiscoveryService = new DiscoveryService({
      clock,
      random: Math.random,
      log,
      // The demo sends nothing to anybody's network.
      listCards: () =>
        listNetworkCards(flags.loopback || settings.current.discoverLoopback).filter(
          ({ isLoopback }) => isLoopback || !flags.demo,
        ),
      listSubnets,
      isListening: () => settings.current.listenForHello,
      deviceOf: (sighting) => devices.deviceOf(sighting),
    });
    const devices: DeviceService = new DeviceService({
      clock,
      random: Math.random,
      log,
      store,
      reveal: (id) => vault.reveal(id),
      sighting: (id) => discovery.get(id),
      runJob: (title, options, work) => jobs.run(title, options, work),
      seek: () => discovery.seek(),
      probe: (host) => void discovery.probeAddress(host),
    });
    discovery.sighted.subscribe(({ sighting, isAnswer }) => devices.considerSighting(sighting, isAnswer));
    devices.changed.subscribe(() => discovery.refreshMarks());

    const desk = new AppWindows({
      log,
      preloadFile: places.preloadFile,
      iconFile: places.windowIconFile,
      onHello: (windowId, give) => {
        rpc.serve(give("watchfloor:rpc"), { windowId, session: localOperator });
        media.attachWindow(windowId, give("watchfloor:media"));
        // A page that was loaded anew no longer knows what it moved.
        ptz.forgetWindow(windowId);
      },
    });
    this.#desk = desk;
    const media = new MediaProcess({
      clock,
      log,
      file: places.mediaFile,
      windows: () =>
        desk.ids.flatMap((windowId) => {
          const port = desk.give(windowId, "watchfloor:media");
          return port === undefined ? [] : [{ windowId, port }];
        }),
    });
    media.failed.subscribe(({ attempt }) =>
      notices.say("warning", "notice.media-restarted", `attempt ${attempt}`),
    );
    const streams = new StreamsService({
      clock,
      log,
      store,
      media,
      settings,
      reveal: (id) => vault.reveal(id),
      snapshotFolder: places.snapshotFolder,
    });
    await streams.start();
    this.#lifetime.add("streams", () => streams.stop());
    const ptz = new PtzService({
      clock,
      log,
      store,
      listDevices: () => devices.list(),
      reveal: (id) => vault.reveal(id),
    });
    this.#lifetime.add("ptz", () => ptz.stopAll());
    vault.loginsChanged.subscribe(() => {
      streams.loginsChanged();
      ptz.loginsChanged();
    });
    devices.changed.subscribe(({ deviceId }) => streams.deviceChanged(deviceId));
    streams.broke.subscribe(({ deviceId }) => devices.checkNow(deviceId));
    const windows = new WindowsService({
      clock,
      log,
      desk,
      monitors,
      store,
      onCrash: (reason) => notices.say("warning", "notice.window-restarted", reason),
    });
    desk.closed.subscribe(({ windowId }) => {
      rpc.drop(windowId);
      media.detachWindow(windowId);
      streams.forgetWindow(windowId);
      ptz.forgetWindow(windowId);
    });
    desk.crashed.subscribe(({ windowId }) => ptz.forgetWindow(windowId));

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
    this.#lifetime.add("demo", () => demo.stop());

    const rpc = new RpcServer({
      log,
      router: {
        app: createConsoleHandlers({
          log,
          notices,
          openFolder,
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
        devices: createDevicesHandlers(devices),
        live: createLiveHandlers(streams),
        ptz: createPtzHandlers(ptz),
        walls: createWallsHandlers(walls),
        windows: createWindowsHandlers(windows),
      },
    });
    this.#lifetime.add("calls", () => rpc.stop());

    await devices.start();
    this.#lifetime.add("devices", () => devices.stop());
    discovery.start(new AbortController().signal);
    this.#lifetime.add("discovery", () => discovery.stop());

    setMenu();
    securePages(log);
    serveAppScheme(places.pagesFolder, log);
    media.start();
    this.#lifetime.add("media", () => media.stop());
    desk.start();
    this.#lifetime.add("desk", () => desk.stop());
    await windows.start();
    this.#lifetime.add("windows", () => windows.stop());

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
    const unattended = new UnattendedRun({
      clock,
      log,
      demo,
      report,
      liveTiles: () => streams.tiles.live,
      say: (line) => process.stderr.write(`${line}\n`),
      quit: this.#quit,
    });
    unattended.start(flags, flags.startedAt ?? performance.timeOrigin);
    this.#lifetime.add("unattended run", () => unattended.stop());
    return true;
  }

  /** Brings the console to the front: a second start of it, a click on its icon. */
  focus(): void {
    this.#desk?.focus();
  }

  /** Stops everything in reverse order. Never throws: what did not stop cleanly is on stderr. */
  async stop(): Promise<void> {
    try {
      await this.#lifetime.stop();
    } catch (error) {
      process.stderr.write(`${String(error instanceof AggregateError ? error.errors : error)}\n`);
    }
  }
}
