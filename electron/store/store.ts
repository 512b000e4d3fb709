import { appendConsoleEvents, expireConsoleEvents, listConsoleEvents } from "./console-events.ts";
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
import { getPicture, keepPicture } from "./pictures.ts";
import { readSettings, writeSettings } from "./settings.ts";
import { getWall, listWalls, removeWall, saveWall } from "./walls.ts";
import { listWindowPlaces, removeWindowPlace, saveWindowPlace } from "./windows.ts";

/** What the reader thread answers; nothing here changes the site. */
export const readFunctions = {
  findChannelByNumber,
  findDeviceByIdentity,
  getCredential,
  getDevice,
  getDeviceOfChannel,
  getPicture,
  getVaultLock,
  getWall,
  listClockReadings,
  listConnections,
  listConsoleEvents,
  listCredentials,
  listDeviceCertificates,
  listDevices,
  listDevicesByCredential,
  listHistory,
  listWalls,
  listWindowPlaces,
  readSettings,
} as const;

/** What the writer thread does, each call one transaction. */
export const writeFunctions = {
  appendClockReading,
  appendConnection,
  appendConsoleEvents,
  expireConsoleEvents,
  keepPicture,
  removeCredential,
  removeDevice,
  removeWall,
  removeWindowPlace,
  renameChannel,
  renameDevice,
  replaceVaultLock,
  saveAdoption,
  saveCredential,
  saveDeviceCertificate,
  saveVaultLock,
  saveWall,
  saveWindowPlace,
  setDeviceAddress,
  setDeviceCredential,
  setDeviceState,
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
