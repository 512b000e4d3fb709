import type { NoticeMessage } from "../../shared/contract/app.ts";
import type { JobTitle } from "../../shared/model/job.ts";

/** Sentences whose keys come from the main process: a title or notice without a sentence does not compile. */
export const enMain = {
  "job.adopt": "Adopting cameras",
  "job.export-events": "Exporting events",
  "job.compare-recordings": "Comparing recordings with the index",
  "job.move-recordings": "Moving recordings",
  "job.login": "Changing logins",
  "job.motion": "Searching for motion",
  "job.refresh": "Reading cameras again",
  "job.sweep": "Sweeping an address range",
  "notice.media-restarted": "The picture service stopped and was started again",
  "notice.recording-disk": "Recordings cannot be written",
  "notice.recording-back": "Recordings go to their usual location again",
  "notice.recording-elsewhere": "Recordings go to another location",
  "notice.recording-locked-out": "Recording has stopped: only locked recordings are left",
  "notice.recording-failed": "Recording has stopped: the disk cannot be used",
  "notice.recording-no-space": "Recording has stopped: the disk has no room",
  "notice.window-restarted": "A window stopped and was opened again",
  "notice.store-corrupt": "The site database is damaged",
  "notice.store-restored": "The site database was damaged and a copy was restored",
  "notice.store-restarted": "The site database stopped and was opened again",
  "notice.store-stopped":
    "The site database cannot be used: changes are not kept until the console is started again",
  "notice.store-lost": "The site database was damaged: this one is empty",
  "notice.backup-failed": "Today's copy of the site could not be made",
  "notice.locks-end": "Locks on recordings end within three days",
  "notice.fault": "Something went wrong inside the console",
  "notice.demo-ended": "The simulated site ended",
  "notice.disk-full": "The disk is full",
} as const satisfies Record<JobTitle | NoticeMessage, string>;
