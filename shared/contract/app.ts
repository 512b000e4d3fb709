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

/** Something the console itself wants to say in every window: a crash survived, a disk full. */
export const Notice = z.strictObject({
  id: z.string(),
  at: z.int(),
  severity: z.enum(["info", "warning", "error"]),
  /** Message-catalogue key. */
  message: z.string(),
  detail: z.string().max(1000),
});
export type Notice = z.infer<typeof Notice>;

/** The site clock and what the status bar counts. */
export const SiteStatus = z.strictObject({
  channels: z.int(),
  live: z.int(),
  stale: z.int(),
  lost: z.int(),
  jobsRunning: z.int(),
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
