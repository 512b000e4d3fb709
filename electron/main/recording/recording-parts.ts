import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import { BookmarksService } from "./bookmarks-service.ts";
import { LocksService } from "./locks-service.ts";
import { createBookmarksHandlers, createLocksHandlers } from "./marks-handlers.ts";
import { PlaybackService } from "./playback-service.ts";
import { createRecordingHandlers } from "./recording-handlers.ts";
import { RecordingHistory } from "./recording-history.ts";
import { RecordingService, type RecordingServiceDeps } from "./recording-service.ts";
import { createStorageHandlers } from "./storage-handlers.ts";
import { demoLimits, siteLimits } from "./storage-rule.ts";
import { StorageService, type StorageServiceDeps } from "./storage-service.ts";
import { StorageSetup } from "./storage-setup.ts";

/** Everything of recording, made in reading order: its service, to be started and stopped, and its calls. */
export function createRecording(
  deps: Omit<RecordingServiceDeps, "storage" | "say"> & {
    readonly isDemo: boolean;
    /** The console's own folder. */
    readonly root: string;
    readonly note: StorageServiceDeps["note"];
    readonly notices: {
      say(severity: Notice["severity"], message: NoticeMessage, detail: string, quietMs: number): void;
    };
  },
) {
  const { clock, log, media, root, store, isDemo, notices } = deps;
  const say: StorageServiceDeps["say"] = (severity, message, detail) =>
    notices.say(severity, message, detail, 60_000);
  const storage = new StorageService({ ...deps, limits: isDemo ? demoLimits : siteLimits, say });
  const service = new RecordingService({ ...deps, storage, say });
  const setup = new StorageSetup({ ...deps, storage });
  const settle = (): Promise<void> => service.settle();
  const roleOf = service.roleOf.bind(service);
  const history = new RecordingHistory({ clock, store, roleOf, settle });
  const locks = new LocksService({
    clock,
    log,
    store,
    warn: (detail) => notices.say("warning", "notice.locks-end", detail, 0),
  });
  const playback = new PlaybackService({ clock, media, root, store, settle });
  return {
    service,
    setup,
    locks,
    handlers: {
      storage: createStorageHandlers(storage, setup),
      recording: createRecordingHandlers(service, history, playback),
      bookmarks: createBookmarksHandlers(new BookmarksService({ clock, store })),
      locks: createLocksHandlers(locks),
    },
  };
}
