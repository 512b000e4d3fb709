import path from "node:path";
import { app } from "electron";
import type { AppInfo } from "../../../shared/contract/app.ts";

/** Where the parts of the built application and of this user's site are. */
export interface Places {
  readonly userData: string;
  readonly logFolder: string;
  readonly siteFile: string;
  readonly backupFolder: string;
  /** Where snapshots go unless the settings name a folder. */
  readonly snapshotFolder: string;
  readonly preloadFile: string;
  readonly pagesFolder: string;
  readonly storeWorkerFile: string;
  readonly mediaFile: string;
  readonly simulatorFile: string;
  readonly scenesFolder: string;
  readonly windowIconFile: string;
  /** The compiled better-sqlite3 for a runtime that cannot load the package's own; set by the start scripts. */
  readonly sqliteBinding: string | undefined;
}

/** Everything is relative to the built `out` folder, in a checkout as in a package. */
export function findPlaces(): Places {
  const out = path.join(app.getAppPath(), "out");
  const userData = app.getPath("userData");
  const binding = process.env["WATCHFLOOR_SQLITE_BINDING"];
  return {
    userData,
    logFolder: path.join(userData, "logs"),
    siteFile: path.join(userData, "site.sqlite3"),
    backupFolder: path.join(userData, "backups"),
    snapshotFolder: path.join(app.getPath("pictures"), "Watchfloor"),
    preloadFile: path.join(out, "preload", "index.cjs"),
    pagesFolder: path.join(out, "renderer"),
    storeWorkerFile: path.join(out, "main", "store-worker.js"),
    mediaFile: path.join(out, "main", "media.js"),
    simulatorFile: path.join(out, "main", "simulator.js"),
    scenesFolder: path.join(app.getAppPath(), "resources", "scenes"),
    windowIconFile: path.join(app.getAppPath(), "resources", "icons", "window.png"),
    sqliteBinding: binding === undefined || binding === "" ? undefined : binding,
  };
}

/** Names and versions of what runs, for the settings page, the log and reports. */
export interface Build {
  readonly version: string;
  readonly runtime: string;
  readonly platform: string;
  /** False in a checkout: then warnings are printed to the terminal as well. */
  readonly isPackaged: boolean;
}

const describeRuntime = (): string =>
  `Electron ${process.versions.electron ?? "?"}, Chromium ${process.versions["chrome"] ?? "?"}, Node ${process.versions.node}`;

export const describeBuild = (): Build => ({
  version: app.getVersion(),
  runtime: describeRuntime(),
  platform: `${process.platform} ${process.arch}`,
  isPackaged: app.isPackaged,
});

/** What the settings page says of this run. */
export const describeConsole = (build: Build, places: Places, demo: boolean): AppInfo => ({
  version: build.version,
  runtime: build.runtime,
  platform: build.platform,
  siteDatabase: places.siteFile,
  logFolder: places.logFolder,
  demo,
});
