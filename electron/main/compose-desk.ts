import type { Core } from "./compose-core.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { SiteParts } from "./compose-site.ts";
import type { EventsService } from "./events/events-service.ts";
import { AppWindows } from "./platform/app-windows.ts";
import { monitors } from "./platform/desktop.ts";
import { MediaProcess } from "./platform/media-process.ts";
import { PtzService } from "./ptz/ptz-service.ts";
import type { RpcServer } from "./platform/rpc-server.ts";
import { StreamsService } from "./streams/streams-service.ts";
import { WindowsService } from "./windows/windows-service.ts";

/** What a person sees: the windows and the pictures in them. */
export interface DeskParts {
  readonly desk: AppWindows;
  readonly media: MediaProcess;
  readonly ptz: PtzService;
  readonly streams: StreamsService;
  readonly windows: WindowsService;
}

type WindowPort = Parameters<RpcServer["serve"]>[0];

/** The calls of one window; made after the desk, so given by name. */
export interface WindowCalls {
  serve(windowId: number, port: WindowPort): void;
  drop(windowId: number): void;
}

/** Windows, the media process and the streams between them. The streams listen; nothing is shown yet. */
export async function composeDesk(
  { clock, lifetime, log, notices, places }: Core,
  { settings, store, vault }: SiteParts,
  { devices }: DeviceParts,
  events: EventsService,
  calls: () => WindowCalls,
): Promise<DeskParts> {
  const desk = new AppWindows({
    log,
    preloadFile: places.preloadFile,
    iconFile: places.windowIconFile,
    onHello: (windowId, give) => {
      calls().serve(windowId, give("watchfloor:rpc"));
      media.attachWindow(windowId, give("watchfloor:media"));
      // A page that was loaded anew no longer knows what it moved.
      ptz.forgetWindow(windowId);
    },
  });
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
  const noteConsole = (detail: string): void => events.note([{ type: "console", detail }]);
  media.failed.subscribe(({ attempt }) => {
    notices.say("warning", "notice.media-restarted", `attempt ${attempt}`);
    noteConsole(`live pictures and recording stopped and are started again (attempt ${attempt})`);
  });
  const streams = new StreamsService({
    clock,
    log,
    store,
    media,
    settings,
    note: (facts) => events.note(facts),
    reveal: (id) => vault.reveal(id),
    snapshotFolder: places.snapshotFolder,
  });
  await streams.start();
  lifetime.add("streams", () => streams.stop());
  const ptz = new PtzService({
    clock,
    log,
    store,
    listDevices: () => devices.list(),
    reveal: (id) => vault.reveal(id),
  });
  lifetime.add("ptz", () => ptz.stopAll());
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
    onCrash: (reason) => {
      notices.say("warning", "notice.window-restarted", reason);
      noteConsole(`a window stopped and was opened again: ${reason}`);
    },
  });
  desk.closed.subscribe(({ windowId }) => {
    calls().drop(windowId);
    media.detachWindow(windowId);
    streams.forgetWindow(windowId);
    ptz.forgetWindow(windowId);
  });
  desk.crashed.subscribe(({ windowId }) => ptz.forgetWindow(windowId));
  return { desk, media, ptz, streams, windows };
}
