import { randomBytes } from "node:crypto";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { VaultLock } from "../../store/credentials.ts";
import { deriveKey, scryptCost, seal, unseal } from "./sealing.ts";

const proofText = "watchfloor vault";
const proofContext = "vault";

/** A lock for a new passphrase, and the key behind it. */
export async function newLock(
  passphrase: string,
): Promise<{ readonly lock: VaultLock; readonly key: Uint8Array }> {
  const derivation = { salt: new Uint8Array(randomBytes(16)), ...scryptCost };
  const key = await deriveKey(passphrase, derivation);
  return { key, lock: { ...derivation, proof: seal(key, proofText, proofContext) } };
}

/** The key, if this is the lock's passphrase. */
export async function opensLock(
  passphrase: string,
  lock: VaultLock,
): Promise<Result<Uint8Array, "wrong-passphrase">> {
  const key = await deriveKey(passphrase, lock);
  const proof = unseal(key, lock.proof, proofContext);
  return proof.ok && proof.value === proofText ? ok(key) : fail("wrong-passphrase");
}
