import { safeStorage } from "electron";
import type { Keychain } from "../access/vault-service.ts";

/** Backends under which safeStorage only hides: a key that is in every copy of Chromium, or none at all. */
const hidingOnly: ReadonlySet<string> = new Set(["basic_text", "unknown"]);

function backendName(): string {
  if (process.platform === "linux") return safeStorage.getSelectedStorageBackend();
  return process.platform === "darwin" ? "keychain" : "dpapi";
}

/** The system's keychain through safeStorage. Ask after the application is ready. */
export function findKeychain(): Keychain {
  const backend = backendName();
  return {
    backend,
    isProtecting: safeStorage.isEncryptionAvailable() && !hidingOnly.has(backend),
    seal: (text) => new Uint8Array(safeStorage.encryptString(text)),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  };
}
