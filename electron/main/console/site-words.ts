import type { Log } from "../../../shared/model/log.ts";
import type { OpeningReport } from "../../store/opening.ts";
import type { StoreError } from "../../store/store-error.ts";
import type { NoticesService } from "./notices-service.ts";

type Opened = Extract<OpeningReport, { kind: "opened" }>;
type Refused = Extract<OpeningReport, { kind: "refused" }>;

/** Why the console cannot start on this site, for a person, before there is any window to say it in. */
export function refusalWords(report: Refused, siteFile: string): { title: string; text: string } {
  const unchanged = `Nothing was changed. The site is in\n${siteFile}\n(${report.detail})`;
  switch (report.reason) {
    case "newer-version":
      return {
        title: "This site belongs to a newer Watchfloor",
        text: `Start the newer version, or move the site away to begin with an empty one.\n\n${unchanged}`,
      };
    case "not-a-site":
      return {
        title: "The site file is not a Watchfloor site",
        text: `Another program's database is in its place. Move it away and start again.\n\n${unchanged}`,
      };
    case "not-writable":
      return {
        title: "The site cannot be opened",
        text: `The file or its folder may not be read or written by you. Correct the permissions and start again.\n\n${unchanged}`,
      };
    case "disk-full":
      return {
        title: "The disk is full",
        text: `There is no room to open the site. Free some space and start again.\n\n${unchanged}`,
      };
    case "failed":
      return { title: "The site cannot be opened", text: unchanged };
  }
}

/** Says in every window what opening the site had to do: restore a copy, go on with a full disk. */
export function sayOpening(report: Opened, notices: NoticesService): void {
  const { recovery, warnings } = report;
  if (recovery !== null && recovery.restoredFrom !== null) {
    const detail = `${recovery.detail}. Restored from ${recovery.restoredFrom}; the damaged file is kept as ${recovery.damagedFile}.`;
    notices.say("error", "notice.store-restored", detail);
  }
  if (recovery !== null && recovery.restoredFrom === null) {
    const detail = `${recovery.detail}. There was no copy to restore; the damaged file is kept as ${recovery.damagedFile}.`;
    notices.say("error", "notice.store-lost", detail);
  }
  if (warnings.includes("disk-full"))
    notices.say("error", "notice.disk-full", "Nothing can be kept until there is room.");
  if (warnings.includes("backup-failed"))
    notices.say("warning", "notice.backup-failed", "Today's copy of the site could not be made.");
}

/** A store call that failed while the console runs: logged, and said where a person can do something. */
export function sayFailure(error: StoreError, notices: NoticesService, log: Log): void {
  log.error("store call failed", { code: error.code, why: error.message });
  if (error.code === "disk-full") notices.say("error", "notice.disk-full", error.message, 60_000);
  if (error.code === "corrupt") notices.say("error", "notice.store-corrupt", error.message, 60_000);
}
