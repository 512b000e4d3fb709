import { alarms } from "./alarms.ts";
import { app, settings } from "./app.ts";
import { devices, vault } from "./devices.ts";
import { discovery } from "./discovery.ts";
import { events } from "./events.ts";
import { jobs } from "./jobs.ts";
import { live, walls, windows } from "./live.ts";
import { bookmarks, locks } from "./marks.ts";
import { motion } from "./motion.ts";
import { ptz } from "./ptz.ts";
import { recording } from "./recording.ts";
import { storage } from "./storage.ts";

/** Everything a window may ask of the main process: the only place calls are described. */
export const contract = {
  app,
  settings,
  jobs,
  discovery,
  vault,
  devices,
  events,
  live,
  ptz,
  walls,
  windows,
  recording,
  bookmarks,
  locks,
  storage,
  motion,
  alarms,
};
export type Contract = typeof contract;
