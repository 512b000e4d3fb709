import type { Migration } from "./migration.ts";

/** The certificate by which a device that speaks TLS is recognised again. */
export const deviceCertificates: Migration = {
  version: 2,
  name: "device certificates",
  sql: `
create table device_certificate (
  device_id text primary key references device (id) on delete cascade,
  fingerprint text not null check (length(fingerprint) = 64),
  accepted_at integer not null
) strict;
`,
};
