import { listAlarmDefinitions, removeAlarmDefinition, saveAlarmDefinition } from "./alarm-definitions.ts";
import { listRecentAlarms, readAlarmLoad } from "./alarm-load.ts";
import {
  getAlarm,
  listAlarmEntries,
  listClosedAlarms,
  listOpenAlarms,
  nextAlarmNumber,
  saveAlarms,
} from "./alarms.ts";
import { getBookmark, listBookmarks, removeBookmark, restoreBookmark, saveBookmark } from "./bookmarks.ts";
import {
  getCredential,
  getVaultLock,
  listCredentials,
  removeCredential,
  replaceVaultLock,
  saveCredential,
  saveVaultLock,
} from "./credentials.ts";
import { saveAdoption } from "./device-adoption.ts";
import { listDeviceCertificates, saveDeviceCertificate } from "./device-certificates.ts";
import {
  removeDevice,
  renameChannel,
  renameDevice,
  setDeviceAddress,
  setDeviceCredential,
  setDeviceState,
  touchDevice,
} from "./device-changes.ts";
import {
  appendClockReading,
  appendConnection,
  listClockReadings,
  listConnections,
  listHistory,
} from "./device-history.ts";
import {
  findChannelByNumber,
  findDeviceByIdentity,
  getDevice,
  getDeviceOfChannel,
  listDevices,
  listDevicesByCredential,
} from "./devices.ts";
import { eventHistogram, eventMarks } from "./event-marks.ts";
import { getEvent, listEvents } from "./event-pages.ts";
import {
  listEventTopics,
  listEventViews,
  removeEventView,
  saveEventView,
  setEventTopicType,
} from "./event-topics.ts";
import { appendEvents, expireEvents } from "./events.ts";
import { addLock, liftLock, listLocks, prolongLock } from "./evidence-locks.ts";
import { listMarkDeeds } from "./mark-history.ts";
import { listBookmarkTags, listEndingLocks, searchBookmarks, searchLocks } from "./mark-search.ts";
import { getPicture, keepPicture } from "./pictures.ts";
import {
  dropRecordingFile,
  expireRecordingGaps,
  expireRecordings,
  forgetDoomed,
  listDoomed,
} from "./recording-retention.ts";
import { readCalendar } from "./recording-calendar.ts";
import { findNeighbour } from "./timeline-neighbour.ts";
import { readTimelines } from "./recording-timeline.ts";
import { addRecordingClock, readRecordedClock } from "./recording-clocks.ts";
import {
  beatRecording,
  endRecordingRequest,
  listRecordingRequests,
  listRecordingRules,
  readRecordingBeat,
  requestRecording,
  setRecordingRule,
} from "./recording-rules.ts";
import {
  addRecordingFile,
  beginRecordingGap,
  endRecordingGap,
  growRecordingFiles,
  listOpenRecordings,
  listRecordedStreams,
  listRecordingFiles,
  listRecordingsIn,
  nextRecordingPath,
  noteInterruption,
} from "./recordings.ts";
import { listRecordingGroups, removeRecordingGroup, saveRecordingGroup } from "./recording-groups.ts";
import { listRecordingUsage, readRecordingTotal } from "./recording-usage.ts";
import {
  addStorageLocation,
  listStorageLocations,
  orderStorageLocations,
  readSiteMark,
  removeStorageLocation,
  saveStorageLocation,
} from "./storage-locations.ts";
import {
  beginStorageCopy,
  beginStorageMove,
  endStorageMove,
  forgetStorageCopy,
  listMovableFiles,
  listStorageCopies,
  listStorageMoves,
  switchStorageCopy,
} from "./storage-moves.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { getWall, listWalls, removeWall, saveWall } from "./walls.ts";
import { listWindowPlaces, removeWindowPlace, saveWindowPlace } from "./windows.ts";

/** What the reader thread answers; nothing here changes the site. */
export const readFunctions = {
  eventHistogram,
  eventMarks,
  findChannelByNumber,
  findDeviceByIdentity,
  findNeighbour,
  getAlarm,
  getBookmark,
  getCredential,
  getDevice,
  getDeviceOfChannel,
  getEvent,
  getPicture,
  getVaultLock,
  getWall,
  listAlarmDefinitions,
  listAlarmEntries,
  listBookmarks,
  listBookmarkTags,
  listClockReadings,
  listClosedAlarms,
  listConnections,
  listCredentials,
  listDeviceCertificates,
  listDevices,
  listDevicesByCredential,
  listDoomed,
  listEndingLocks,
  listEvents,
  listEventTopics,
  listEventViews,
  listHistory,
  listLocks,
  listMarkDeeds,
  listMovableFiles,
  listOpenAlarms,
  listOpenRecordings,
  listRecentAlarms,
  listRecordedStreams,
  listRecordingFiles,
  listRecordingGroups,
  listRecordingRequests,
  listRecordingRules,
  listRecordingsIn,
  listRecordingUsage,
  listStorageCopies,
  listStorageLocations,
  listStorageMoves,
  listWalls,
  listWindowPlaces,
  nextAlarmNumber,
  nextRecordingPath,
  readAlarmLoad,
  readCalendar,
  readRecordedClock,
  readRecordingBeat,
  readRecordingTotal,
  readSettings,
  readSiteMark,
  readTimelines,
  searchBookmarks,
  searchLocks,
} as const;

/** What the writer thread does, each call one transaction. */
export const writeFunctions = {
  addLock,
  addRecordingClock,
  addRecordingFile,
  addStorageLocation,
  appendClockReading,
  appendConnection,
  appendEvents,
  beatRecording,
  beginRecordingGap,
  beginStorageCopy,
  beginStorageMove,
  dropRecordingFile,
  endRecordingGap,
  endRecordingRequest,
  endStorageMove,
  expireEvents,
  expireRecordingGaps,
  expireRecordings,
  forgetDoomed,
  forgetStorageCopy,
  growRecordingFiles,
  keepPicture,
  liftLock,
  noteInterruption,
  orderStorageLocations,
  prolongLock,
  removeAlarmDefinition,
  removeBookmark,
  removeCredential,
  removeDevice,
  removeEventView,
  removeRecordingGroup,
  removeStorageLocation,
  removeWall,
  removeWindowPlace,
  renameChannel,
  renameDevice,
  replaceVaultLock,
  requestRecording,
  restoreBookmark,
  saveAdoption,
  saveAlarmDefinition,
  saveAlarms,
  saveBookmark,
  saveCredential,
  saveDeviceCertificate,
  saveEventView,
  saveRecordingGroup,
  saveStorageLocation,
  saveVaultLock,
  saveWall,
  saveWindowPlace,
  setDeviceAddress,
  setDeviceCredential,
  setDeviceState,
  setEventTopicType,
  setRecordingRule,
  switchStorageCopy,
  touchDevice,
  writeSettings,
} as const;

type Registry = typeof readFunctions & typeof writeFunctions;

/**
 * The store as the rest of main sees it: every function of the registry without its connection, async.
 *
 * A write resolves when it is on the disk. Rejects with `StoreError` only. Services that need a part of it
 * ask for that part: `Pick<Store, "listWalls" | "saveWall">`.
 */
export type Store = {
  readonly [Name in keyof Registry]: Registry[Name] extends (db: never, ...args: infer Args) => infer Value
    ? (...args: Args) => Promise<Value>
    : never;
};
