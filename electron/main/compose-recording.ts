import type { Core } from "./compose-core.ts";
import type { DeskParts } from "./compose-desk.ts";
import type { DeviceParts } from "./compose-devices.ts";
import type { EventParts } from "./compose-events.ts";
import type { SiteParts } from "./compose-site.ts";
import { followEvents } from "./recording/event-triggers.ts";
import { createRecording } from "./recording/recording-parts.ts";

/** Recording with its calls. */
export type RecordingParts = ReturnType<typeof createRecording>;

/** What is kept of the pictures: files, their index, playback, bookmarks and locks. Nothing is written yet. */
export function composeRecording(
  { clock, flags, log, notices, places }: Core,
  { jobs, settings, store }: SiteParts,
  { devices }: DeviceParts,
  { media }: DeskParts,
  events: EventParts,
): RecordingParts {
  const parts = createRecording({
    clock,
    log,
    store,
    media,
    settings,
    notices,
    devices: () => devices.list(),
    root: places.userData,
    isDemo: flags.demo,
    note: (facts) => events.service.note(facts),
    runJob: (title, options, work) => jobs.run(title, options, work),
  });
  devices.changed.subscribe(() => parts.service.devicesChanged());
  followEvents(
    events.service.recorded,
    () => devices.list(),
    (trigger) => parts.service.triggered(trigger),
  );
  return parts;
}
