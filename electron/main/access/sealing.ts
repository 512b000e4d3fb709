import { createCipheriv, createDecipheriv, randomBytes, scrypt, type ScryptOptions } from "node:crypto";
import { fail, ok, type Result } from "../../../shared/base/result.ts";

const nonceBytes = 12;
const tagBytes = 16;
export const keyBytes = 32;

/** How a passphrase becomes a key: scrypt (RFC 7914) with 64 MB of memory, about 0.2 s. */
export const scryptCost = { cost: 65_536, blockSize: 8, parallelism: 1 } as const;

export interface KeyDerivation {
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

/** Derives the vault's key; runs beside the event loop. */
export function deriveKey(passphrase: string, by: KeyDerivation): Promise<Buffer> {
  const options: ScryptOptions = {
    cost: by.cost,
    blockSize: by.blockSize,
    parallelization: by.parallelism,
    maxmem: 256 * by.cost * by.blockSize,
  };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFKC"), by.salt, keyBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/**
 * Locks a text with AES-256-GCM: nonce, tag, ciphertext.
 *
 * @param context is bound in: a sealed text opens only under the same context, so that rows cannot be swapped.
 */
export function seal(key: Uint8Array, text: string, context: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context, "utf8"));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** Opens what `seal` locked. Fails when the key or the context is another, or a byte was changed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, context: string): Result<string, "wrong-key"> {
  if (sealed.length < nonceBytes + tagBytes) return fail("wrong-key");
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const body = [decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()];
    return ok(Buffer.concat(body).toString("utf8"));
  } catch {
    // GCM says only that it does not fit, and that is all there is to say.
    return fail("wrong-key");
  }
}
