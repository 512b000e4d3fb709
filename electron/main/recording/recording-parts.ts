import type { Notice, NoticeMessage } from "../../../shared/contract/app.ts";
import { BookmarksService } from "./bookmarks-service.ts";
import { LocksService } from "./locks-service.ts";
import { createBookmarksHandlers, createLocksHandlers } from "./marks-handlers.ts";
import { PlaybackService } from "./playback-service.ts";
import { createRecordingHandlers } from "./recording-handlers.ts";
import { RecordingHistory } from "./recording-history.ts";
import { RecordingService, type RecordingServiceDeps } from "./recording-service.ts";
import { demoLimits, siteLimits } from "./storage-rule.ts";

/** Everything of recording, made in reading order: its service, to be started and stopped, and its calls. */
export function createRecording(
  deps: Omit<RecordingServiceDeps, "limits" | "say"> & {
    readonly isDemo: boolean;
    readonly notices: {
      say(severity: Notice["severity"], message: NoticeMessage, detail: string, quietMs: number): void;
    };
  },
) {
  const { clock, log, media, root, store, isDemo, notices } = deps;
  const service = new RecordingService({
    ...deps,
    limits: isDemo ? demoLimits : siteLimits,
    say: (severity, message, detail) => notices.say(severity, message, detail, 60_000),
  });
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
    locks,
    handlers: {
      recording: createRecordingHandlers(service, history, playback),
      bookmarks: createBookmarksHandlers(new BookmarksService({ clock, store })),
      locks: createLocksHandlers(locks),
    },
  };
}
