import { createRouterClient } from "@orpc/server";
import type { Notice, SiteStatus } from "../../shared/contract/app.ts";
import type { Credential, DeviceChange, DeviceOutcome, VaultStatus } from "../../shared/contract/devices.ts";
import type { DiscoveryView } from "../../shared/contract/discovery.ts";
import { CredentialId, type DeviceId, type WallId } from "../../shared/base/ids.ts";
import type { Device } from "../../shared/model/device.ts";
import type { MotionOrder } from "../../shared/contract/motion.ts";
import type { Job } from "../../shared/model/job.ts";
import { defaultSettings, type Settings } from "../../shared/model/settings.ts";
import type { StreamStatus } from "../../shared/model/stream-status.ts";
import { fakeCalls } from "./fake-calls.ts";
import { FakeFeed } from "./fake-feed.ts";
import { createFakeEvents, fakeEventsRouter } from "./fake-events.ts";
import { fakeMarksRouter } from "./fake-marks.ts";
import { fakeStorageRouter, sampleStorage } from "./fake-storage.ts";
import type { FakeConsole, FakeSite } from "./fake-site.ts";
import { createFakeAlarms, fakeAlarmsRouter } from "./fake-alarms.ts";
import { createFakeArchive, fakeArchiveRouter } from "./fake-archive.ts";

const nothingSeen: DiscoveryView = {
  report: { running: false, startedAt: null, elapsedMs: 0, interfaces: [], sweeps: [], ignored: [] },
  sightings: [],
};

const unwatched = (cameras: number): SiteStatus => ({
  channels: cameras,
  live: 0,
  stale: 0,
  lost: 0,
  unwatched: cameras,
});

/** The contract over plain objects, in this process: inputs and outputs are parsed as in the real one. */
export function createFakeConsole(seed: Partial<FakeSite> = {}): FakeConsole {
  const site: FakeSite = {
    devices: [],
    settings: defaultSettings,
    jobs: [],
    discovery: nothingSeen,
    vault: { kind: "keychain", backend: "gnome_libsecret" },
    credentials: [{ id: CredentialId.parse("credential-1"), label: "Site cameras", username: "admin" }],
    walls: [],
    statuses: [],
    window: { page: "devices", wallId: null },
    about: {
      version: "0.1.0",
      runtime: "Electron 33.2.1 · Chromium 130 · Node 20.18",
      platform: "linux x64",
      siteDatabase: "/home/desk/.config/Watchfloor/site.db",
      logFolder: "/home/desk/.config/Watchfloor/logs",
      demo: false,
    },
    history: { connections: [], clock: [] },
    archive: createFakeArchive(),
    happened: createFakeEvents(),
    storage: sampleStorage(),
    desk: createFakeAlarms(),
    outcomes: [],
    status: unwatched(seed.devices?.length ?? 0),
    chosenPath: "/home/desk/chosen",
    deviceOutcomes: [],
    calls: [],
    failing: new Set(),
    ...seed,
  };
  const feeds = {
    devices: new FakeFeed<DeviceChange>(),
    jobs: new FakeFeed<Job>(),
    motion: new FakeFeed<MotionOrder>(),
    discovery: new FakeFeed<DiscoveryView>(),
    notices: new FakeFeed<Notice>(),
    settings: new FakeFeed<Settings>(),
    status: new FakeFeed<SiteStatus>(),
    statuses: new FakeFeed<StreamStatus>(),
    vault: new FakeFeed<VaultStatus>(),
    walls: new FakeFeed<{ sequence: number; wallId: WallId }>(),
  };
  return { client: createRouterClient(fakeRouter(site, feeds)), site, feeds };
}

function fakeRouter(site: FakeSite, feeds: FakeConsole["feeds"]) {
  let sequence = 0;
  const os = fakeCalls(site);
  const archive = fakeArchiveRouter(site);
  const deviceOf = (id: string): Device | undefined => site.devices.find((device) => device.id === id);
  const outcomesOf = (ids: readonly DeviceId[]): DeviceOutcome[] =>
    ids.map(
      (deviceId) =>
        site.deviceOutcomes.find((outcome) => outcome.deviceId === deviceId) ?? { kind: "done", deviceId },
    );
  const save = (device: Device): Device => {
    site.devices = site.devices.map((known) => (known.id === device.id ? device : known));
    feeds.devices.push({ sequence: sequence++, kind: "saved", deviceId: device.id });
    return device;
  };
  return os.router({
    recording: {
      status: os.recording.status.handler(() => site.archive.status),
      changed: os.recording.changed.handler(({ signal }) => archive.statuses.open(signal)),
      rule: os.recording.rule.handler(({ input }) => archive.rule(input.channelId)),
      setRule: os.recording.setRule.handler(({ input }) => archive.setRule(input.channelId, input.rule)),
      recordNow: os.recording.recordNow.handler(({ input }) =>
        archive.request(input.channels, input.minutes),
      ),
      stopRecordNow: os.recording.stopRecordNow.handler(({ input }) => archive.request(input.channels, 0)),
      clock: os.recording.clock.handler(() => null),
      timeline: os.recording.timeline.handler(({ input }) => archive.timeline(input)),
      signs: os.recording.signs.handler(() => site.archive.events),
      calendar: os.recording.calendar.handler(({ input }) => archive.calendar(input.bounds)),
      neighbour: os.recording.neighbour.handler(({ input }) => archive.neighbour(input)),
      open: os.recording.open.handler(({ input }) => archive.open(input)),
      close: os.recording.close.handler(() => null),
    },
    ...fakeMarksRouter(site, os),
    events: fakeEventsRouter(site, os),
    ...fakeStorageRouter(site, os),
    motion: {
      begin: os.motion.begin.handler(({ signal }) => feeds.motion.open(signal)),
      report: os.motion.report.handler(() => null),
      end: os.motion.end.handler(() => null),
    },
    alarms: fakeAlarmsRouter(site, os),
    app: {
      info: os.app.info.handler(() => site.about),
      openLogFolder: os.app.openLogFolder.handler(() => ({ opened: true })),
      reportFault: os.app.reportFault.handler(() => null),
      notices: os.app.notices.handler(({ signal }) => feeds.notices.open(signal)),
      status: os.app.status.handler(({ signal }) => feeds.status.open(signal, [site.status])),
      chooseFolder: os.app.chooseFolder.handler(() => ({ path: site.chosenPath })),
      saveFile: os.app.saveFile.handler(() => ({ path: site.chosenPath })),
      startDemoSite: os.app.startDemoSite.handler(({ input }) => ({ cameras: input.cameras })),
    },
    settings: {
      get: os.settings.get.handler(() => site.settings),
      put: os.settings.put.handler(({ input }) => {
        site.settings = { ...site.settings, ...(input as Partial<Settings>) };
        feeds.settings.push(site.settings);
        return site.settings;
      }),
      changed: os.settings.changed.handler(({ signal }) => feeds.settings.open(signal)),
    },
    jobs: {
      list: os.jobs.list.handler(() => site.jobs),
      cancel: os.jobs.cancel.handler(() => null),
      changed: os.jobs.changed.handler(({ signal }) => feeds.jobs.open(signal)),
    },
    discovery: {
      view: os.discovery.view.handler(() => site.discovery),
      changed: os.discovery.changed.handler(({ signal }) => feeds.discovery.open(signal)),
      probe: os.discovery.probe.handler(() => null),
      stop: os.discovery.stop.handler(() => null),
      sweep: os.discovery.sweep.handler(({ input, errors }) => {
        if (!input.range.includes("/")) throw errors.BAD_RANGE({ data: { detail: "not a range" } });
        return null;
      }),
      add: os.discovery.add.handler(({ errors }) => {
        throw errors.NO_ANSWER({ data: { detail: "nothing answered within 3 s" } });
      }),
      forget: os.discovery.forget.handler(() => null),
    },
    vault: {
      status: os.vault.status.handler(() => site.vault),
      changed: os.vault.changed.handler(({ signal }) => feeds.vault.open(signal)),
      unlock: os.vault.unlock.handler(({ input, errors }) => {
        if (input.passphrase !== "correct horse") throw errors.WRONG_PASSPHRASE();
        site.vault = { kind: "passphrase", backend: "basic_text" };
        feeds.vault.push(site.vault);
        return site.vault;
      }),
      changePassphrase: os.vault.changePassphrase.handler(({ input, errors }) => {
        if (input.current !== "correct horse") throw errors.WRONG_PASSPHRASE();
        return null;
      }),
      list: os.vault.list.handler(() => site.credentials),
      add: os.vault.add.handler(({ input }) => {
        const id = CredentialId.parse(`credential-${site.credentials.length + 1}`);
        const credential: Credential = { id, label: input.label, username: input.username };
        site.credentials = [...site.credentials, credential];
        return credential;
      }),
      remove: os.vault.remove.handler(({ input }) => {
        site.credentials = site.credentials.filter(({ id }) => id !== input.id);
        return null;
      }),
    },
    devices: {
      list: os.devices.list.handler(() => site.devices),
      changed: os.devices.changed.handler(({ signal }) => feeds.devices.open(signal)),
      adopt: os.devices.adopt.handler(() => site.outcomes),
      refresh: os.devices.refresh.handler(({ input, errors }) => {
        const device = deviceOf(input.id);
        if (device === undefined) throw errors.NOT_FOUND();
        return device;
      }),
      rename: os.devices.rename.handler(({ input, errors }) => {
        const device = deviceOf(input.id);
        if (device === undefined) throw errors.NOT_FOUND();
        return save({ ...device, name: input.name });
      }),
      renameChannel: os.devices.renameChannel.handler(({ input, errors }) => {
        const device = site.devices.find(({ channels }) => channels.some(({ id }) => id === input.id));
        if (device === undefined) throw errors.NOT_FOUND();
        const taken = site.devices
          .flatMap(({ channels }) => channels)
          .find((channel) => channel.number === input.number && channel.id !== input.id);
        if (taken !== undefined) throw errors.NUMBER_TAKEN({ data: { by: taken.name } });
        const channels = device.channels.map((channel) =>
          channel.id === input.id ? { ...channel, name: input.name, number: input.number } : channel,
        );
        return save({ ...device, channels });
      }),
      setCredential: os.devices.setCredential.handler(({ input, errors }) => {
        const device = deviceOf(input.id);
        if (device === undefined) throw errors.NOT_FOUND();
        return save({ ...device, credentialId: input.credentialId });
      }),
      refreshMany: os.devices.refreshMany.handler(({ input }) => outcomesOf(input.ids)),
      setCredentials: os.devices.setCredentials.handler(({ input }) => outcomesOf(input.ids)),
      remove: os.devices.remove.handler(({ input }) => {
        site.devices = site.devices.filter(({ id }) => id !== input.id);
        feeds.devices.push({ sequence: sequence++, kind: "removed", deviceId: input.id });
        return null;
      }),
      history: os.devices.history.handler(() => site.history),
    },
    live: {
      statuses: os.live.statuses.handler(() => site.statuses),
      changed: os.live.changed.handler(({ signal }) => feeds.statuses.open(signal)),
      reportTiles: os.live.reportTiles.handler(() => null),
      retry: os.live.retry.handler(() => null),
      saveSnapshot: os.live.saveSnapshot.handler(() => ({ path: "/tmp/snapshot.png" })),
      lastPicture: os.live.lastPicture.handler(() => null),
      keepPicture: os.live.keepPicture.handler(() => null),
    },
    ptz: {
      move: os.ptz.move.handler(() => null),
      stop: os.ptz.stop.handler(() => null),
      presets: os.ptz.presets.handler(() => [
        { token: "01", name: "Entrance" },
        { token: "1", name: "" },
      ]),
      goTo: os.ptz.goTo.handler(({ errors }) => {
        throw errors.FAILED({ data: { reason: "timeout", detail: "no answer in time" } });
      }),
      home: os.ptz.home.handler(() => null),
    },
    walls: {
      list: os.walls.list.handler(() => site.walls),
      changed: os.walls.changed.handler(({ signal }) => feeds.walls.open(signal)),
      save: os.walls.save.handler(({ errors }) => {
        throw errors.NAME_TAKEN();
      }),
      remove: os.walls.remove.handler(() => null),
    },
    windows: {
      open: os.windows.open.handler(() => null),
      setFullScreen: os.windows.setFullScreen.handler(() => null),
      fullScreen: os.windows.fullScreen.handler(() => ({ on: false })),
      state: os.windows.state.handler(() => site.window),
      keepState: os.windows.keepState.handler(({ input }) => {
        site.window = input;
        return null;
      }),
      close: os.windows.close.handler(() => null),
    },
  });
}
