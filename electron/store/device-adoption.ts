import type { ChannelId, CredentialId, DeviceId } from "../../shared/base/ids.ts";
import type { Channel } from "../../shared/model/channel.ts";
import type { Device } from "../../shared/model/device.ts";
import type { WriteDb } from "./db.ts";
import { findDeviceByIdentity, getDevice } from "./devices.ts";
import { appendConnection } from "./device-history.ts";
import { flag } from "./rows.ts";
import { StoreError } from "./store-error.ts";

/** One video source as adopting found it. */
export type AdoptedChannel = Pick<Channel, "sourceToken" | "ptz" | "streams"> & { readonly name: string };

/** Everything that adopting a device learnt. */
export type Adoption = Pick<
  Device,
  "identity" | "address" | "login" | "credentialId" | "services" | "hasEvents" | "clockOffsetMs"
> & {
  readonly at: number;
  /** Used only when the device is new; a stored device keeps the name a person gave it. */
  readonly name: string;
  readonly channels: readonly AdoptedChannel[];
  /** What was odd about it, in plain words: goes to its history. */
  readonly remarks?: readonly string[];
  /** Ids for what turns out to be new: one for the device and one a channel, in order. */
  readonly newDeviceId: DeviceId;
  readonly newChannelIds: readonly ChannelId[];
  /** Refreshing a device that is known: it is that one, whatever else its identity says now. */
  readonly knownAs?: DeviceId;
};

/** `added`: new to the site. `returned`: known, perhaps under another address. `conflict`: two claim one identity. */
export type AdoptionResult =
  | { readonly kind: "added"; readonly device: Device }
  | { readonly kind: "returned"; readonly device: Device; readonly before: Device }
  | { readonly kind: "conflict"; readonly with: Device };

/**
 * Stores an adopted device in one transaction: a new one, or the known one under its new address.
 *
 * Names and call numbers that exist stay. Channels are matched by source token; one that vanished is removed.
 * New channels get the lowest free call numbers. The connection history tells what changed.
 */
export function saveAdoption(db: WriteDb, adoption: Adoption): AdoptionResult {
  const known = adoption.knownAs === undefined ? undefined : getDevice(db, adoption.knownAs);
  const match = known === undefined ? findDeviceByIdentity(db, adoption.identity) : undefined;
  if (match?.isConflict === true) return { kind: "conflict", with: match.device };
  const before = known ?? match?.device;
  const id = before?.id ?? adoption.newDeviceId;
  saveDeviceRow(db, id, adoption, before);
  saveServices(db, id, adoption.services);
  saveChannels(db, id, adoption, before?.channels ?? []);
  for (const entry of whatHappened(adoption, before)) appendConnection(db, id, { at: adoption.at, ...entry });
  const device = getDevice(db, id);
  if (device === undefined) throw new StoreError("internal", "an adopted device is not there");
  return before === undefined ? { kind: "added", device } : { kind: "returned", device, before };
}

function saveDeviceRow(db: WriteDb, id: DeviceId, adoption: Adoption, before: Device | undefined): void {
  const { identity, address } = adoption;
  db.prepare(
    `insert into device (id, name, mac, serial, maker, model, hardware_id, firmware, endpoint_reference,
       host, port, tls, path, login, credential_id, state, state_since_at, has_events, clock_offset_ms,
       adopted_at, last_seen_at)
     values (@id, @name, @mac, @serial, @maker, @model, @hardwareId, @firmware, @endpointReference,
       @host, @port, @tls, @path, @login, @credentialId, 'adopted', @at, @hasEvents, @clockOffsetMs, @at, @at)
     on conflict (id) do update set mac = excluded.mac, serial = excluded.serial, maker = excluded.maker,
       model = excluded.model, hardware_id = excluded.hardware_id, firmware = excluded.firmware,
       endpoint_reference = excluded.endpoint_reference, host = excluded.host, port = excluded.port,
       tls = excluded.tls, path = excluded.path, login = excluded.login, credential_id = excluded.credential_id,
       state = 'adopted', state_since_at = excluded.state_since_at, state_reason = null, state_detail = null,
       state_retry_at = null, has_events = excluded.has_events,
       clock_offset_ms = coalesce(excluded.clock_offset_ms, clock_offset_ms), last_seen_at = excluded.last_seen_at`,
  ).run({
    ...identity,
    ...address,
    tls: flag(address.tls),
    id,
    name: before?.name ?? adoption.name,
    login: adoption.login,
    credentialId: adoption.credentialId satisfies CredentialId | null,
    at: adoption.at,
    hasEvents: flag(adoption.hasEvents),
    clockOffsetMs: adoption.clockOffsetMs,
    // An answer without it does not make a device forget who it is.
    mac: identity.mac ?? before?.identity.mac ?? null,
    serial: identity.serial ?? before?.identity.serial ?? null,
    endpointReference: identity.endpointReference ?? before?.identity.endpointReference ?? null,
  });
}

function saveServices(db: WriteDb, id: DeviceId, services: Device["services"]): void {
  db.prepare("delete from device_service where device_id = ?").run(id);
  const insert = db.prepare(
    "insert or replace into device_service (device_id, name, path, version) values (?, ?, ?, ?)",
  );
  for (const { name, path, version } of services) insert.run(id, name, path, version);
}

function saveChannels(db: WriteDb, id: DeviceId, adoption: Adoption, before: readonly Channel[]): void {
  const tokens = new Set(adoption.channels.map((channel) => channel.sourceToken));
  const drop = db.prepare("delete from channel where id = ?");
  for (const old of before) if (!tokens.has(old.sourceToken)) drop.run(old.id);
  const numbers = freeNumbers(db);
  const insert = db.prepare(
    "insert into channel (id, device_id, number, name, source_token, ptz) values (?, ?, ?, ?, ?, ?)",
  );
  const update = db.prepare("update channel set ptz = ? where id = ?");
  for (const [index, channel] of adoption.channels.entries()) {
    const old = before.find(({ sourceToken }) => sourceToken === channel.sourceToken);
    const channelId = old?.id ?? adoption.newChannelIds[index];
    if (channelId === undefined) throw new StoreError("internal", "a new channel came without an id");
    if (old !== undefined) update.run(flag(channel.ptz), old.id);
    else
      insert.run(channelId, id, numbers.next().value, channel.name, channel.sourceToken, flag(channel.ptz));
    saveStreams(db, channelId, channel.streams);
  }
}

function* freeNumbers(db: WriteDb): Generator<number, never> {
  const isTaken = db.prepare("select 1 from channel where number = ?");
  for (let number = 1; ; number++) if (isTaken.get(number) === undefined) yield number;
}

function saveStreams(db: WriteDb, channelId: ChannelId, streams: Channel["streams"]): void {
  db.prepare("delete from stream where channel_id = ?").run(channelId);
  const insert = db.prepare(
    `insert into stream (channel_id, position, role, profile_token, profile_name, codec, width, height, fps,
       bitrate_kbps, gov_length, audio_codec, uri)
     values (@channelId, @position, @role, @profileToken, @profileName, @codec, @width, @height, @fps,
       @bitrateKbps, @govLength, @audioCodec, @uri)`,
  );
  for (const [position, stream] of streams.entries()) insert.run({ ...stream, channelId, position });
}

function whatHappened(
  adoption: Adoption,
  before: Device | undefined,
): { kind: "adopted" | "connected" | "address-changed" | "firmware-changed"; detail: string }[] {
  const { address, identity } = adoption;
  const at = `${address.host}:${address.port}`;
  const told = [at, ...(adoption.remarks ?? [])].join("; ").slice(0, 500);
  if (before === undefined) return [{ kind: "adopted", detail: told }];
  const entries: ReturnType<typeof whatHappened> = [{ kind: "connected", detail: at }];
  const old = before.address;
  if (old.host !== address.host || old.port !== address.port) {
    entries.push({ kind: "address-changed", detail: `${old.host}:${old.port} → ${at}` });
  }
  if (before.identity.firmware !== identity.firmware) {
    const detail = `${before.identity.firmware} → ${identity.firmware}`.slice(0, 500);
    entries.push({ kind: "firmware-changed", detail });
  }
  return entries;
}
