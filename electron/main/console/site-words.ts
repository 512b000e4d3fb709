import type { Damage, OnDamage, OpeningReport } from "../../store/opening.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { StoreError } from "../../store/store-error.ts";
import type { PersonQuestion } from "../platform/desktop.ts";
import type { NoticesService } from "./notices-service.ts";

type Opened = Extract<OpeningReport, { kind: "opened" }>;
type NotOpened = Exclude<OpeningReport, { kind: "opened" }>;

/** Why the console cannot start on this site, for a person, before there is any window to say it in. */
export function refusalWords(report: NotOpened, siteFile: string): { title: string; text: string } {
  const unchanged = `Nothing was changed. The site is in\n${siteFile}\n(${report.detail})`;
  if (report.kind === "damaged") return { title: "The site database is damaged", text: unchanged };
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

/** What a person can do about a damaged site. */
export type DamageChoice = Exclude<OnDamage, "tell"> | "quit";

/** Asks what becomes of a damaged site. Nothing was changed yet; closing the dialog changes nothing either. */
export async function askAboutDamage(
  { copy, detail }: Damage,
  siteFile: string,
  ask: (question: PersonQuestion) => Promise<number>,
): Promise<DamageChoice> {
  const kept = `In either case the damaged file is kept beside it under another name.\n\n${siteFile}\n(${detail})`;
  const restore: readonly (readonly [string, DamageChoice])[] =
    copy === null ? [] : [[`Restore the copy of ${localTime(copy.madeAt)}`, "restore"]];
  const choices = [...restore, ["Start with an empty site", "start-empty"], ["Quit", "quit"]] as const;
  const text =
    copy === null
      ? `There is no copy of it to restore. ${kept}`
      : `What changed after that copy was made would be lost. ${kept}`;
  const answer = await ask({
    title: "The site database is damaged",
    text,
    buttons: choices.map(([button]) => button),
    defaultButton: copy === null ? choices.length - 1 : 0,
    cancelButton: choices.length - 1,
  });
  return choices[answer]?.[1] ?? "quit";
}

/** `2026-11-22 06:12` by this computer's clock: the site's own time zone cannot be read here. */
const localTime = (at: number): string =>
  `${new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short" }).format(at)}`;

/** Says in every window what opening the site had to do; answers the same in lines for the log. */
export function sayOpening({ recovery, warnings }: Opened, notices: NoticesService): readonly string[] {
  const lines: string[] = [];
  if (recovery !== null) {
    const copy =
      recovery.restoredFrom === null ? "It starts empty" : `Restored from ${recovery.restoredFrom}`;
    const detail = `${recovery.detail}. ${copy}; the damaged file is kept as ${recovery.damagedFile}.`;
    const message = recovery.restoredFrom === null ? "notice.store-lost" : "notice.store-restored";
    notices.say("error", message, detail);
    lines.push(`The site database was damaged: ${detail}`);
  }
  if (warnings.includes("disk-full"))
    notices.say("error", "notice.disk-full", "Nothing can be kept until there is room.");
  if (warnings.includes("backup-failed"))
    notices.say("warning", "notice.backup-failed", "Today's copy of the site could not be made.");
  return lines;
}

/** A store call that failed while the console runs: logged, and said where a person can do something. */
export function sayFailure(error: StoreError, notices: NoticesService, log: Log): void {
  log.error("store call failed", { code: error.code, why: error.message });
  if (error.code === "disk-full") notices.say("error", "notice.disk-full", error.message, 60_000);
  if (error.code === "corrupt") notices.say("error", "notice.store-corrupt", error.message, 60_000);
}
