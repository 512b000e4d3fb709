import { z } from "zod";
import { DeviceId } from "../../shared/base/ids.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRows } from "./rows.ts";

/** SHA-256 of a device's certificate, lower-case hex. */
export const DeviceCertificate = z.strictObject({
  deviceId: DeviceId,
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DeviceCertificate = z.infer<typeof DeviceCertificate>;

/** Trusts this certificate for the device from now on, instead of any before. */
export function saveDeviceCertificate(db: WriteDb, id: DeviceId, fingerprint: string, at: number): void {
  db.prepare(
    `insert into device_certificate (device_id, fingerprint, accepted_at) values (?, ?, ?)
     on conflict (device_id) do update set fingerprint = excluded.fingerprint, accepted_at = excluded.accepted_at`,
  ).run(id, fingerprint, at);
}

/** Every trusted certificate; at most one a device. */
export const listDeviceCertificates = (db: ReadDb): DeviceCertificate[] =>
  parseRows(
    DeviceCertificate,
    "device_certificate",
    db
      .prepare(
        "select device_id as deviceId, fingerprint from device_certificate order by device_id limit 10000",
      )
      .all(),
  );
