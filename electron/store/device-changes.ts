import type { ChannelId, CredentialId, DeviceId } from "../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../shared/base/result.ts";
import type { Device, DeviceAddress, DeviceState, LoginKind } from "../../shared/model/device.ts";
import type { WriteDb } from "./db.ts";
import { findChannelByNumber, getDevice, getDeviceOfChannel } from "./devices.ts";
import { flag } from "./rows.ts";

/** Gives a device another name. Undefined: there is no such device. */
export function renameDevice(db: WriteDb, id: DeviceId, name: string): Device | undefined {
  db.prepare("update device set name = ? where id = ?").run(name, id);
  return getDevice(db, id);
}

export type RenameChannelFailure =
  | { readonly kind: "not-found" }
  /** Another channel has this call number; `by` is its name. */
  | { readonly kind: "number-taken"; readonly by: string };

/** Gives a channel another name and call number, which is unique on the site. */
export function renameChannel(
  db: WriteDb,
  id: ChannelId,
  name: string,
  number: number,
): Result<Device, RenameChannelFailure> {
  const holder = findChannelByNumber(db, number);
  if (holder !== undefined && holder.id !== id) return fail({ kind: "number-taken", by: holder.name });
  db.prepare("update channel set name = ?, number = ? where id = ?").run(name, number, id);
  const device = getDeviceOfChannel(db, id);
  return device === undefined ? fail({ kind: "not-found" }) : ok(device);
}

/** Where the device stands now; `lastSeenAt` only when it was heard. Undefined: there is no such device. */
export function setDeviceState(
  db: WriteDb,
  id: DeviceId,
  state: DeviceState,
  lastSeenAt?: number,
): Device | undefined {
  db.prepare(
    `update device set state = @kind, state_since_at = @since, state_reason = @reason, state_detail = @detail,
       state_retry_at = @retryAt, last_seen_at = coalesce(@lastSeenAt, last_seen_at) where id = @id`,
  ).run({
    id,
    lastSeenAt: lastSeenAt ?? null,
    kind: state.kind,
    since: state.since,
    reason: "reason" in state ? state.reason : null,
    detail: "detail" in state ? state.detail : null,
    retryAt: "retryAt" in state ? state.retryAt : null,
  });
  return getDevice(db, id);
}

/** The device was heard. */
export function touchDevice(db: WriteDb, id: DeviceId, at: number): void {
  db.prepare("update device set last_seen_at = max(last_seen_at, ?) where id = ?").run(at, id);
}

/** The same device under another address. Undefined: there is no such device. */
export function setDeviceAddress(db: WriteDb, id: DeviceId, address: DeviceAddress): Device | undefined {
  db.prepare("update device set host = ?, port = ?, tls = ?, path = ? where id = ?").run(
    address.host,
    address.port,
    flag(address.tls),
    address.path,
    id,
  );
  return getDevice(db, id);
}

/** The login the device is used with from now on. Undefined: there is no such device. */
export function setDeviceCredential(
  db: WriteDb,
  id: DeviceId,
  credentialId: CredentialId | null,
  login?: LoginKind,
): Device | undefined {
  db.prepare("update device set credential_id = ?, login = coalesce(?, login) where id = ?").run(
    credentialId,
    login ?? null,
    id,
  );
  return getDevice(db, id);
}

/** Removes a device with its channels, streams, history and last pictures. False: there was none. */
export const removeDevice = (db: WriteDb, id: DeviceId): boolean =>
  db.prepare("delete from device where id = ?").run(id).changes > 0;
