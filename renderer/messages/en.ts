import { enAlarmLoad } from "./en-alarm-load.ts";
import { enAlarms } from "./en-alarms.ts";
import { enDesign } from "./en-design.ts";
import { enDevices } from "./en-devices.ts";
import { enDiscovery } from "./en-discovery.ts";
import { enEventTypes } from "./en-event-types.ts";
import { enEvents } from "./en-events.ts";
import { enFailure } from "./en-failure.ts";
import { enFrame } from "./en-frame.ts";
import { enLive } from "./en-live.ts";
import { enMain } from "./en-main.ts";
import { enMotion } from "./en-motion.ts";
import { enPictures } from "./en-pictures.ts";
import { enMarks } from "./en-marks.ts";
import { enPlayer } from "./en-player.ts";
import { enPtz } from "./en-ptz.ts";
import { enRecording } from "./en-recording.ts";
import { enReview } from "./en-review.ts";
import { enSettings } from "./en-settings.ts";
import { enStorage } from "./en-storage.ts";

/** English, complete: ICU messages by key. One file a part of the interface; add a file for a new feature. */
export const en = {
  ...enAlarmLoad,
  ...enAlarms,
  ...enDesign,
  ...enDevices,
  ...enDiscovery,
  ...enEventTypes,
  ...enEvents,
  ...enFailure,
  ...enFrame,
  ...enLive,
  ...enMain,
  ...enMotion,
  ...enPictures,
  ...enMarks,
  ...enPlayer,
  ...enPtz,
  ...enRecording,
  ...enReview,
  ...enSettings,
  ...enStorage,
} as const;
