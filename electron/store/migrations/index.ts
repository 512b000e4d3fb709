import { firstSite } from "./0001-first-site.ts";
import { deviceCertificates } from "./0002-device-certificates.ts";
import { recordings } from "./0003-recordings.ts";
import { coverageAndHistory } from "./0004-coverage-and-history.ts";
import { storageLocations } from "./0005-storage-locations.ts";
import { events } from "./0006-events.ts";
import { recordingRules } from "./0007-recording-rules.ts";
import { alarms } from "./0008-alarms.ts";
import { alarmLoad } from "./0009-alarm-load.ts";
import type { Migration } from "./migration.ts";

/** Every migration, oldest first, versions strictly increasing by one. */
export const migrations: readonly Migration[] = [
  firstSite,
  deviceCertificates,
  recordings,
  coverageAndHistory,
  storageLocations,
  events,
  recordingRules,
  alarms,
  alarmLoad,
];

/** The version this console reads and writes. */
export const currentVersion = migrations.length;
