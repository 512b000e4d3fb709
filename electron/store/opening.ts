import fs from "node:fs";
import path from "node:path";
import { openWriter, type OpenOptions, type WriteDb } from "./db.ts";
import { migrate } from "./migrate.ts";
import { currentVersion, migrations } from "./migrations/index.ts";
import { inspectSite, listBackups, makeBackup, pruneBackups, setAside } from "./site-file.ts";
import { toStoreError } from "./store-error.ts";

/** A file that could not be read was set aside, and this is what the console goes on with. */
export interface Recovery {
  readonly damagedFile: string;
  /** The copy that was restored; null: there was none, the site is empty. */
  readonly restoredFrom: string | null;
  readonly detail: string;
}

export type OpeningWarning = "disk-full" | "backup-failed";
export type RefusalReason = "newer-version" | "not-a-site" | "not-writable" | "disk-full" | "failed";

/** What opening the site came to. When refused, nothing was changed. */
export type OpeningReport =
  | {
      readonly kind: "opened";
      readonly isNew: boolean;
      /** Version before migrations ran; null: none ran. */
      readonly migratedFrom: number | null;
      readonly backup: string | null;
      readonly recovery: Recovery | null;
      readonly warnings: readonly OpeningWarning[];
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  | Damage;

/** The site cannot be read and a person was to be asked; nothing was changed. */
export interface Damage {
  readonly kind: "damaged";
  readonly detail: string;
  /** The newest sound copy; null: there is none. */
  readonly copy: { readonly file: string; readonly madeAt: number } | null;
}

/** What to do with a damaged site: tell and change nothing, go on with its newest copy (or empty), or empty. */
export type OnDamage = "tell" | "restore" | "start-empty";

export interface OpeningOptions extends OpenOptions {
  readonly backups: { readonly folder: string; readonly keep: number };
  readonly now: number;
  /** `restore` when left out. */
  readonly onDamage?: OnDamage;
}

type Opening =
  | { readonly report: Extract<OpeningReport, { kind: "opened" }>; readonly db: WriteDb }
  | { readonly report: Exclude<OpeningReport, { kind: "opened" }>; readonly db?: undefined };

const refused = (reason: RefusalReason, detail: string): Opening => ({
  report: { kind: "refused", reason, detail },
});

const dailyAfterMs = 20 * 3_600_000;

/**
 * Opens the site for writing: checks it, sets a damaged file aside and restores the best copy, copies it
 * before it is migrated and once a day.
 *
 * Never throws: what cannot be opened is refused with a reason. Nothing that exists is overwritten.
 */
export function openSite(options: OpeningOptions): Opening {
  let db: WriteDb | undefined;
  try {
    fs.mkdirSync(path.dirname(options.path), { recursive: true });
    const { recovery, refusal, isNew } = prepareFile(options);
    if (refusal !== undefined) return refusal;
    db = openWriter(options);
    const { migratedFrom, backup: copied } = bringUpToDate(db, options, isNew);
    const warnings: OpeningWarning[] = [];
    if (!canWrite(db)) warnings.push("disk-full");
    const backup = copied ?? dailyBackup(db, options, warnings);
    return { db, report: { kind: "opened", isNew, migratedFrom, backup, recovery, warnings } };
  } catch (error) {
    db?.close();
    const { code, message } = toStoreError(error);
    if (code === "disk-full") return refused("disk-full", message);
    return refused(code === "read-only" ? "not-writable" : "failed", message);
  }
}

interface Prepared {
  readonly isNew: boolean;
  readonly recovery: Recovery | null;
  readonly refusal?: Opening;
}

function prepareFile(options: OpeningOptions): Prepared {
  const file = inspectSite(options, currentVersion);
  switch (file.kind) {
    case "absent":
      return { isNew: true, recovery: null };
    case "sound":
      fs.accessSync(options.path, fs.constants.W_OK);
      return { isNew: false, recovery: null };
    case "newer": {
      const detail = `its version is ${file.version}, this console knows ${currentVersion}`;
      return { isNew: false, recovery: null, refusal: refused("newer-version", detail) };
    }
    case "foreign":
      return { isNew: false, recovery: null, refusal: refused("not-a-site", options.path) };
    case "unreadable":
      return { isNew: false, recovery: null, refusal: refused("not-writable", file.detail) };
    case "damaged":
      return recover(options, file.detail);
  }
}

function recover(options: OpeningOptions, detail: string): Prepared {
  const { onDamage = "restore" } = options;
  const sound = listBackups(options.backups.folder).find(
    ({ file }) =>
      inspectSite({ path: file, nativeBinding: options.nativeBinding }, currentVersion).kind === "sound",
  );
  const isLeftover = sound === undefined && fs.statSync(options.path).size === 0;
  if (isLeftover) return { isNew: true, recovery: null };
  if (onDamage === "tell") {
    const copy = sound === undefined ? null : { file: sound.file, madeAt: sound.madeAt };
    return { isNew: false, recovery: null, refusal: { report: { kind: "damaged", detail, copy } } };
  }
  const best = onDamage === "restore" ? sound : undefined;
  const restoring = `${options.path}.restoring`;
  if (best !== undefined) fs.copyFileSync(best.file, restoring);
  const damagedFile = setAside(options.path, options.now);
  if (best !== undefined) fs.renameSync(restoring, options.path);
  const recovery = { damagedFile, restoredFrom: best?.file ?? null, detail };
  return { isNew: best === undefined, recovery };
}

function bringUpToDate(
  db: WriteDb,
  options: OpeningOptions,
  isNew: boolean,
): { migratedFrom: number | null; backup: string | null } {
  const from = Number(db.pragma("user_version", { simple: true }));
  if (from === currentVersion) return { migratedFrom: null, backup: null };
  const { folder } = options.backups;
  const backup = isNew ? null : makeBackup(db, folder, `before-v${currentVersion}`, options.now);
  migrate(db, migrations, options.now);
  return { migratedFrom: isNew ? null : from, backup };
}

/** Pictures are worth more than a full disk: the console starts, and says that nothing can be kept. */
function canWrite(db: WriteDb): boolean {
  try {
    db.transaction(() => db.pragma(`user_version = ${currentVersion}`)).immediate();
    return true;
  } catch (error) {
    if (toStoreError(error).code === "disk-full") return false;
    throw error;
  }
}

function dailyBackup(db: WriteDb, options: OpeningOptions, warnings: OpeningWarning[]): string | null {
  const { folder, keep } = options.backups;
  const newest = listBackups(folder).at(0);
  if (newest !== undefined && options.now - newest.madeAt < dailyAfterMs && newest.madeAt <= options.now) {
    return null;
  }
  try {
    const backup = makeBackup(db, folder, "daily", options.now);
    pruneBackups(folder, keep);
    return backup;
  } catch (error) {
    const isFull = toStoreError(error).code === "disk-full";
    if (!warnings.includes("disk-full")) warnings.push(isFull ? "disk-full" : "backup-failed");
    return null;
  }
}
