import { z } from "zod";
import { groupBy } from "../../shared/base/group-by.ts";
import type { ChannelId, CredentialId, DeviceId } from "../../shared/base/ids.ts";
import { Channel } from "../../shared/model/channel.ts";
import { Device, type DeviceIdentity } from "../../shared/model/device.ts";
import type { ReadDb } from "./db.ts";
import { Flag, parseRow, parseRows } from "./rows.ts";

const text = z.string();
const time = z.int();

const DeviceRow = z
  .strictObject({
    id: text,
    name: text,
    mac: text.nullable(),
    serial: text.nullable(),
    maker: text,
    model: text,
    hardware_id: text,
    firmware: text,
    endpoint_reference: text.nullable(),
    host: text,
    port: z.int(),
    tls: Flag,
    path: text,
    login: text,
    credential_id: text.nullable(),
    state: z.enum(["adopted", "degraded", "unreachable", "retired"]),
    state_since_at: time,
    state_reason: text.nullable(),
    state_detail: text.nullable(),
    state_retry_at: time.nullable(),
    has_events: Flag,
    clock_offset_ms: z.int().nullable(),
    adopted_at: time,
    last_seen_at: time,
  })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    identity: {
      mac: row.mac,
      serial: row.serial,
      maker: row.maker,
      model: row.model,
      hardwareId: row.hardware_id,
      firmware: row.firmware,
      endpointReference: row.endpoint_reference,
    },
    address: { host: row.host, port: row.port, tls: row.tls, path: row.path },
    login: row.login,
    credentialId: row.credential_id,
    state: stateOf(row),
    hasEvents: row.has_events,
    clockOffsetMs: row.clock_offset_ms,
    adoptedAt: row.adopted_at,
    lastSeenAt: row.last_seen_at,
  }));

interface StateColumns {
  readonly state: Device["state"]["kind"];
  readonly state_since_at: number;
  readonly state_reason: string | null;
  readonly state_detail: string | null;
  readonly state_retry_at: number | null;
}

function stateOf(row: StateColumns): Record<string, unknown> {
  const since = row.state_since_at;
  const why = { reason: row.state_reason, detail: row.state_detail };
  switch (row.state) {
    case "adopted":
    case "retired":
      return { kind: row.state, since };
    case "degraded":
      return { kind: row.state, since, ...why };
    case "unreachable":
      return { kind: row.state, since, ...why, retryAt: row.state_retry_at };
  }
}

const ServiceRow = z.strictObject({ device_id: text, name: text, path: text, version: text });

const ChannelRow = z.strictObject({
  id: text,
  device_id: text,
  number: z.int(),
  name: text,
  source_token: text,
  ptz: Flag,
});

const StreamRow = z
  .strictObject({
    channel_id: text,
    position: z.int(),
    role: text,
    profile_token: text,
    profile_name: text,
    codec: text,
    width: z.int(),
    height: z.int(),
    fps: z.number(),
    bitrate_kbps: z.number(),
    gov_length: z.int(),
    audio_codec: text.nullable(),
    uri: text,
  })
  .transform((row) => ({
    channelId: row.channel_id,
    stream: {
      role: row.role,
      profileToken: row.profile_token,
      profileName: row.profile_name,
      codec: row.codec,
      width: row.width,
      height: row.height,
      fps: row.fps,
      bitrateKbps: row.bitrate_kbps,
      govLength: row.gov_length,
      audioCodec: row.audio_codec,
      uri: row.uri,
    },
  }));

/** Reads whole devices for the ids that `chosen` (a select of device ids) yields. */
function assemble(db: ReadDb, chosen: string, ...args: readonly (string | number)[]): Device[] {
  const rowsOf = (sql: string): unknown[] => db.prepare(sql).all(...args);
  const devices = parseRows(
    DeviceRow,
    "device",
    rowsOf(`select * from device where id in (${chosen}) order by name, id`),
  );
  if (devices.length === 0) return [];
  const services = groupBy(
    parseRows(
      ServiceRow,
      "device_service",
      rowsOf(`select * from device_service where device_id in (${chosen}) order by name`),
    ),
    (row) => row.device_id,
  );
  const channels = groupBy(
    parseRows(
      ChannelRow,
      "channel",
      rowsOf(`select * from channel where device_id in (${chosen}) order by number`),
    ),
    (row) => row.device_id,
  );
  const streams = groupBy(
    parseRows(
      StreamRow,
      "stream",
      rowsOf(
        `select * from stream where channel_id in (select id from channel where device_id in (${chosen})) order by channel_id, position`,
      ),
    ),
    (row) => row.channelId,
  );
  return devices.map((device) =>
    parseRow(Device, "device", {
      ...device,
      services: (services.get(device.id) ?? []).map(({ name, path, version }) => ({ name, path, version })),
      channels: (channels.get(device.id) ?? []).map((row) => ({
        id: row.id,
        deviceId: row.device_id,
        number: row.number,
        name: row.name,
        sourceToken: row.source_token,
        ptz: row.ptz,
        streams: (streams.get(row.id) ?? []).map(({ stream }) => stream),
      })),
    }),
  );
}

/** A site is at most this many devices; a list never asks for more. */
export const mostDevices = 10_000;

/** Every stored device with its services, channels and streams, by name. */
export const listDevices = (db: ReadDb): Device[] =>
  assemble(db, "select id from device order by id limit ?", mostDevices);

/** One device, or undefined when there is none with this id. */
export const getDevice = (db: ReadDb, id: DeviceId): Device | undefined =>
  assemble(db, "select id from device where id = ?", id).at(0);

/** The device a channel belongs to, or undefined. */
export const getDeviceOfChannel = (db: ReadDb, id: ChannelId): Device | undefined =>
  assemble(db, "select device_id from channel where id = ?", id).at(0);

/** The channel an operator calls by its number, or undefined. */
export function findChannelByNumber(db: ReadDb, number: number): Channel | undefined {
  const id = z
    .string()
    .optional()
    .parse(db.prepare("select device_id from channel where number = ?").pluck().get(number));
  if (id === undefined) return undefined;
  return assemble(db, "select ?", id)
    .at(0)
    ?.channels.find((channel) => channel.number === number);
}

/** Devices that use this login. */
export const listDevicesByCredential = (db: ReadDb, id: CredentialId): Device[] =>
  assemble(db, "select id from device where credential_id = ? order by id limit 10000", id);

/** What a stored device and one that answered have in common. */
export interface IdentityMatch {
  readonly device: Device;
  readonly by: "endpoint" | "serial" | "mac";
  /** They share one mark but differ in all others that both have: a clone, or a swapped board. A finding. */
  readonly isConflict: boolean;
}

type Mark = "endpointReference" | "serial" | "mac";

function agreement(a: DeviceIdentity, b: DeviceIdentity, mark: Mark): "same" | "different" | "unknown" {
  if (a[mark] === null || b[mark] === null || a[mark] === "" || b[mark] === "") return "unknown";
  const isSame = a[mark] === b[mark] && (mark !== "serial" || a.maker === b.maker);
  return isSame ? "same" : "different";
}

/**
 * Who this is, by endpoint reference, else serial and maker, else MAC; never by address.
 * Undefined: nobody known.
 */
export function findDeviceByIdentity(db: ReadDb, identity: DeviceIdentity): IdentityMatch | undefined {
  const queries: readonly (readonly [IdentityMatch["by"], Mark, string, readonly (string | null)[]])[] = [
    ["endpoint", "endpointReference", "endpoint_reference = ?", [identity.endpointReference]],
    ["serial", "serial", "serial = ? and maker = ?", [identity.serial, identity.maker]],
    ["mac", "mac", "mac = ?", [identity.mac]],
  ];
  let conflict: IdentityMatch | undefined;
  for (const [by, mark, where, args] of queries) {
    const values = args.filter((value) => value !== null && value !== "");
    if (values.length < args.length) continue;
    const chosen = `select id from device where ${where} order by adopted_at, id limit 8`;
    for (const device of assemble(db, chosen, ...values.map(String))) {
      const others = (["endpointReference", "serial", "mac"] as const)
        .filter((other) => other !== mark)
        .map((other) => agreement(device.identity, identity, other));
      const isConflict = others.includes("different") && !others.includes("same");
      const match = { device, by, isConflict };
      if (!isConflict) return match;
      conflict ??= match;
    }
  }
  return conflict;
}
