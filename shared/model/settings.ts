import { z } from "zod";
import { defaultRecordingRule, RecordingRule } from "./recording-rule.ts";

/** A change to some settings; unknown keys are refused. */
export const SettingsPatch = z
  .strictObject({
    siteName: z.string().trim().min(1).max(64),
    /** IANA name; empty: the computer's own. */
    timeZone: z.string().max(64),
    /** Where snapshots go; empty: the user's pictures folder. */
    snapshotFolder: z.string().max(1024),
    /** Feed of tiles set to `auto`. */
    liveMode: z.enum(["low-latency", "standard"]),
    rtspTransport: z.enum(["tcp", "udp"]),
    /** Listen for Hello and Bye while the console runs. */
    listenForHello: z.boolean(),
    /** Include the loopback interface in discovery (the demo site lives there). */
    discoverLoopback: z.boolean(),
    recordingMode: RecordingRule.shape.mode,
    recordingStreams: RecordingRule.shape.streams,
    recordingPreRollS: RecordingRule.shape.preRollS,
    recordingPostRollS: RecordingRule.shape.postRollS,
    recordingTriggers: RecordingRule.shape.triggers,
    recordingSchedule: RecordingRule.shape.schedule,
    /** Recordings are deleted when they are older, unless a lock holds them. */
    recordingKeepDays: z.int().min(1).max(3_650),
    reduceMotion: z.enum(["system", "always"]),
  })
  .partial();
export type SettingsPatch = z.infer<typeof SettingsPatch>;

/** Site and desk settings, each with a value. */
export const Settings = SettingsPatch.required();
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = {
  siteName: "My site",
  timeZone: "",
  snapshotFolder: "",
  liveMode: "low-latency",
  rtspTransport: "tcp",
  listenForHello: true,
  discoverLoopback: false,
  recordingMode: defaultRecordingRule.mode,
  recordingStreams: defaultRecordingRule.streams,
  recordingPreRollS: defaultRecordingRule.preRollS,
  recordingPostRollS: defaultRecordingRule.postRollS,
  recordingTriggers: defaultRecordingRule.triggers,
  recordingSchedule: defaultRecordingRule.schedule,
  recordingKeepDays: 30,
  reduceMotion: "system",
};

/** The site's own rule of recording, which holds where a channel has none. */
export const siteRecordingRule = (settings: Settings): RecordingRule => ({
  mode: settings.recordingMode,
  streams: settings.recordingStreams,
  preRollS: settings.recordingPreRollS,
  postRollS: settings.recordingPostRollS,
  triggers: settings.recordingTriggers,
  schedule: settings.recordingSchedule,
});
