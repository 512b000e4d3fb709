import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Settings, SettingsPatch } from "../model/settings.ts";

export const AppInfo = z.strictObject({
  version: z.string(),
  runtime: z.string(),
  platform: z.string(),
  siteDatabase: z.string(),
  logFolder: z.string(),
  /** True when this run shows the simulated site. */
  demo: z.boolean(),
});
export type AppInfo = z.infer<typeof AppInfo>;

/** What the console itself may say; the message catalogue has a sentence for each, or the window does not compile. */
export const NoticeMessage = z.enum([
  "notice.backup-failed",
  "notice.demo-ended",
  "notice.disk-full",
  "notice.fault",
  "notice.locks-end",
  "notice.media-restarted",
  "notice.recording-back",
  "notice.recording-disk",
  "notice.recording-elsewhere",
  "notice.recording-failed",
  "notice.recording-locked-out",
  "notice.recording-no-space",
  "notice.store-corrupt",
  "notice.store-lost",
  "notice.store-restarted",
  "notice.store-restored",
  "notice.store-stopped",
  "notice.window-restarted",
]);
export type NoticeMessage = z.infer<typeof NoticeMessage>;

/** Something the console itself wants to say in every window: a crash survived, a disk full. */
export const Notice = z.strictObject({
  id: z.string(),
  at: z.int(),
  severity: z.enum(["info", "warning", "error"]),
  message: NoticeMessage,
  detail: z.string().max(1000),
});
export type Notice = z.infer<typeof Notice>;

/** What the status bar counts, over all windows: every camera once, by the best picture any window has of it. */
export const SiteStatus = z.strictObject({
  channels: z.int(),
  live: z.int(),
  stale: z.int(),
  lost: z.int(),
  /** Nobody watches them now, so nothing is claimed. */
  unwatched: z.int(),
});
export type SiteStatus = z.infer<typeof SiteStatus>;

export const app = {
  info: oc.output(AppInfo),
  openLogFolder: oc.output(z.strictObject({ opened: z.boolean() })),
  /** What a window's code could not handle: written to the log, never shown to others. */
  reportFault: oc
    .input(
      z.strictObject({
        message: z.string().max(2000),
        stack: z.string().max(8000),
        /** A warning is what the window got over by itself, such as a picture that cannot be decoded. */
        severity: z.enum(["error", "warning"]).optional(),
      }),
    )
    .output(z.null()),
  notices: oc.output(eventIterator(Notice)),
  /** The status bar's counts: as they are now, then whenever they change. */
  status: oc.output(eventIterator(SiteStatus)),
  /** Asks the person for a folder; null: they chose none. */
  chooseFolder: oc
    .input(z.strictObject({ title: z.string().max(200), from: z.string().max(1024) }))
    .output(z.strictObject({ path: z.string().nullable() })),
  /** Asks the person where to, and writes a file there, whole or not at all; null: they chose no place. */
  saveFile: oc
    .errors({ NOT_SAVED: { data: z.strictObject({ detail: z.string() }) } })
    .input(
      z.strictObject({
        name: z.string().regex(/^[\w .-]{1,100}\.csv$/, "a plain file name that ends in .csv"),
        text: z.string().max(32_000_000),
      }),
    )
    .output(z.strictObject({ path: z.string().nullable() })),
  /** Starts the simulated site in its own process and adopts its cameras; answers when it runs. */
  startDemoSite: oc
    .errors({ UNAVAILABLE: { data: z.strictObject({ detail: z.string() }) } })
    .input(z.strictObject({ cameras: z.int().min(1).max(64) }))
    .output(z.strictObject({ cameras: z.int() })),
};

export const settings = {
  get: oc.output(Settings),
  put: oc.input(SettingsPatch).output(Settings),
  changed: oc.output(eventIterator(Settings)),
};
