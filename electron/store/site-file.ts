import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import type { OpenOptions, WriteDb } from "./db.ts";
import { applicationId } from "./migrate.ts";
import { toStoreError } from "./store-error.ts";

/** What a file turned out to be, without having changed a byte of it. */
export type SiteFile =
  | { readonly kind: "absent" }
  | { readonly kind: "sound"; readonly version: number }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "damaged"; readonly detail: string }
  /** A sound SQLite file of some other program. */
  | { readonly kind: "foreign" }
  | { readonly kind: "unreadable"; readonly detail: string };

/** Looks at a site file read-only: is it there, ours, sound, and of a version up to `currentVersion`? */
export function inspectSite(options: OpenOptions, currentVersion: number): SiteFile {
  const stat = fs.statSync(options.path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: "absent" };
  if (!stat.isFile()) return { kind: "unreadable", detail: "it is not a file" };
  if (stat.size === 0) return { kind: "damaged", detail: "the file is empty" };
  let db: Database.Database | undefined;
  try {
    db = new Database(options.path, {
      readonly: true,
      fileMustExist: true,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    });
    const id = db.pragma("application_id", { simple: true });
    const version = Number(db.pragma("user_version", { simple: true }));
    if (id !== applicationId) {
      const tables = Number(db.prepare("select count(*) from sqlite_schema").pluck().get());
      return tables === 0 ? { kind: "damaged", detail: "the file holds nothing" } : { kind: "foreign" };
    }
    if (version > currentVersion) return { kind: "newer", version };
    const check = String(db.pragma("quick_check(1)", { simple: true }));
    return check === "ok" ? { kind: "sound", version } : { kind: "damaged", detail: check.slice(0, 300) };
  } catch (error) {
    const { code, message } = toStoreError(error);
    return { kind: code === "corrupt" ? "damaged" : "unreadable", detail: message };
  } finally {
    db?.close();
  }
}

/** `20261122-050153`: sorts by time, is a valid name everywhere. */
export const fileStamp = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");

/** Moves a damaged site with its side files to a dated name beside it; nothing that exists is replaced. */
export function setAside(file: string, now: number): string {
  const { dir, name, ext } = path.parse(file);
  let target = "";
  for (let count = 1; target === "" || fs.existsSync(target); count++) {
    target = path.join(dir, `${name}-damaged-${fileStamp(now)}${count === 1 ? "" : `-${count}`}${ext}`);
  }
  for (const side of ["-wal", "-shm", ""]) {
    if (fs.existsSync(file + side)) fs.renameSync(file + side, target + side);
  }
  return target;
}

export interface Backup {
  readonly file: string;
  readonly madeAt: number;
  /** `daily`, or the version the file had before it was migrated. */
  readonly reason: string;
}

const backupName = /^site-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(daily|before-v\d+)\.sqlite3$/;

/** Copies in the folder, newest first. An absent folder holds none. */
export function listBackups(folder: string): Backup[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .flatMap((entry) => {
      const match = backupName.exec(entry);
      if (match === null) return [];
      const [, year, month, day, hour, minute, second, reason = ""] = match;
      const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      return [{ file: path.join(folder, entry), madeAt, reason }];
    })
    .sort((a, b) => b.madeAt - a.madeAt || b.file.localeCompare(a.file));
}

/** Copies the open site into the folder; the copy has its name only when it is complete and on the disk. */
export function makeBackup(db: WriteDb, folder: string, reason: string, now: number): string {
  fs.mkdirSync(folder, { recursive: true });
  const target = path.join(folder, `site-${fileStamp(now)}-${reason}.sqlite3`);
  const partial = `${target}.partial`;
  fs.rmSync(partial, { force: true });
  try {
    db.prepare("vacuum into ?").run(partial);
    const descriptor = fs.openSync(partial, "r+");
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(partial, target);
  } finally {
    fs.rmSync(partial, { force: true });
  }
  return target;
}

/** Deletes the oldest daily copies beyond `keep`, and all but three of those made before migrations. */
export function pruneBackups(folder: string, keep: number): void {
  const all = listBackups(folder);
  const dailies = all.filter(({ reason }) => reason === "daily");
  const others = all.filter(({ reason }) => reason !== "daily");
  for (const { file } of [...dailies.slice(keep), ...others.slice(3)]) fs.rmSync(file, { force: true });
}
