import { z } from "zod";
import { CredentialId } from "../../shared/base/ids.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

/** What opens a sealed password: the system's keychain, the user's passphrase, or this demo run. */
export const SealKind = z.enum(["keychain", "passphrase", "demo"]);
export type SealKind = z.infer<typeof SealKind>;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A stored login; `sealed` is opaque to the store. */
export const SealedCredential = z.strictObject({
  id: CredentialId,
  label: z.string(),
  username: z.string(),
  sealed: bytes,
  seal: SealKind,
  createdAt: z.int(),
});
export type SealedCredential = z.infer<typeof SealedCredential>;

const columns = "id, label, username, sealed, seal, created_at as createdAt";

/** Stores a login, or replaces the one with its id. */
export function saveCredential(db: WriteDb, credential: SealedCredential): void {
  db.prepare(
    `insert into credential (id, label, username, sealed, seal, created_at)
     values (@id, @label, @username, @sealed, @seal, @createdAt)
     on conflict (id) do update set label = excluded.label, username = excluded.username,
       sealed = excluded.sealed, seal = excluded.seal`,
  ).run({ ...credential, sealed: Buffer.from(credential.sealed) });
}

/** Every login by label; at most 1,000. */
export const listCredentials = (db: ReadDb): SealedCredential[] =>
  parseRows(
    SealedCredential,
    "credential",
    db.prepare(`select ${columns} from credential order by label, id limit 1000`).all(),
  );

/** One login, or undefined. */
export function getCredential(db: ReadDb, id: CredentialId): SealedCredential | undefined {
  const row = db.prepare(`select ${columns} from credential where id = ?`).get(id);
  return row === undefined ? undefined : parseRow(SealedCredential, "credential", row);
}

/** Removes a login; devices that used it have none then. False: there was none. */
export const removeCredential = (db: WriteDb, id: CredentialId): boolean =>
  db.prepare("delete from credential where id = ?").run(id).changes > 0;

/** How a passphrase becomes a key (scrypt, RFC 7914), and a sealed known text to check one by. */
export const VaultLock = z.strictObject({
  salt: bytes,
  cost: z.int().min(16_384),
  blockSize: z.int().min(8),
  parallelism: z.int().min(1),
  proof: bytes,
});
export type VaultLock = z.infer<typeof VaultLock>;

/** The vault's lock, or undefined when no passphrase was ever set. */
export function getVaultLock(db: ReadDb): VaultLock | undefined {
  const row = db
    .prepare("select salt, cost, block_size as blockSize, parallelism, proof from vault_lock where id = 1")
    .get();
  return row === undefined ? undefined : parseRow(VaultLock, "vault_lock", row);
}

/** Sets the vault's lock once. False: there is one already, and it stays. */
export function saveVaultLock(db: WriteDb, lock: VaultLock): boolean {
  const { changes } = db
    .prepare(
      `insert into vault_lock (id, salt, cost, block_size, parallelism, proof)
       values (1, @salt, @cost, @blockSize, @parallelism, @proof) on conflict (id) do nothing`,
    )
    .run({ ...lock, salt: Buffer.from(lock.salt), proof: Buffer.from(lock.proof) });
  return changes > 0;
}

/** Puts another lock in place together with every login sealed under it: all of it or nothing. */
export function replaceVaultLock(
  db: WriteDb,
  lock: VaultLock,
  resealed: readonly { readonly id: CredentialId; readonly sealed: Uint8Array }[],
): void {
  db.prepare("delete from vault_lock where id = 1").run();
  saveVaultLock(db, lock);
  const update = db.prepare("update credential set sealed = ? where id = ? and seal = 'passphrase'");
  for (const { id, sealed } of resealed) update.run(Buffer.from(sealed), id);
}
