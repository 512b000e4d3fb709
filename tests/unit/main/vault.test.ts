import { afterEach, beforeEach, expect, test } from "vitest";
import fc from "fast-check";
import { systemClock } from "../../../shared/base/clock.ts";
import { CredentialId } from "../../../shared/base/ids.ts";
import { deriveKey, scryptCost, seal, unseal } from "../../../electron/main/access/sealing.ts";
import { VaultService, type Keychain } from "../../../electron/main/access/vault-service.ts";
import { openMemoryStore } from "../../store/open-memory-store.ts";

let site: ReturnType<typeof openMemoryStore>;
const lines: string[] = [];
const write = (message: string, fields?: object): void => void lines.push(message + JSON.stringify(fields));
const log = { debug: write, info: write, warn: write, error: write };
beforeEach(() => {
  site = openMemoryStore();
  lines.length = 0;
});
afterEach(() => site.close());

/** A keychain like a real one: what it seals only it opens. */
function keychain(backend: string): Keychain {
  const key = new Uint8Array(32).fill(7);
  const open = (sealed: Uint8Array): string => {
    const opened = unseal(key, sealed, "keychain");
    if (!opened.ok) throw new Error("not mine");
    return opened.value;
  };
  return {
    backend,
    isProtecting: backend !== "basic_text",
    seal: (text) => seal(key, text, "keychain"),
    open,
  };
}

async function vault(backend: string, isDemo = false): Promise<VaultService> {
  const service = new VaultService({
    clock: systemClock,
    log,
    keychain: keychain(backend),
    isDemo,
    store: site.store,
  });
  await service.start();
  return service;
}

const login = { label: "Cameras", username: "admin", password: "canary-7f3a" };
const everything = (): string => site.db.serialize().toString("latin1") + lines.join("\n");

test("with a protecting keychain a login is stored at once and revealed again in the next run", async () => {
  const first = await vault("gnome_libsecret");
  expect(first.status).toEqual({ kind: "keychain", backend: "gnome_libsecret" });
  const added = await first.add(login);
  if (!added.ok) throw new Error(added.error);
  const next = await vault("gnome_libsecret");
  expect(await next.reveal(added.value.id)).toEqual({
    ok: true,
    value: { username: "admin", password: "canary-7f3a" },
  });
});

test("where the system only hides nothing is stored before a passphrase is given", async () => {
  const service = await vault("basic_text");
  expect(service.status).toEqual({ kind: "passphrase-needed", isNew: true, backend: "basic_text" });
  expect(await service.add(login)).toEqual({ ok: false, error: "locked" });
  expect(await service.list()).toEqual([]);
  await service.unlock("correct horse");
  expect(service.status.kind).toBe("passphrase");
  expect((await service.add(login)).ok).toBe(true);
});

test("a passphrase is asked once a run, and a wrong one opens nothing", async () => {
  const first = await vault("basic_text");
  await first.unlock("correct horse");
  const added = await first.add(login);
  if (!added.ok) throw new Error(added.error);
  const next = await vault("basic_text");
  expect(next.status).toMatchObject({ kind: "passphrase-needed", isNew: false });
  expect(await next.reveal(added.value.id)).toEqual({ ok: false, error: "locked" });
  expect(await next.unlock("wrong horse")).toEqual({ ok: false, error: "wrong-passphrase" });
  expect(await next.reveal(added.value.id)).toEqual({ ok: false, error: "locked" });
  expect((await next.unlock("correct horse")).ok).toBe(true);
  expect(await next.reveal(added.value.id)).toMatchObject({ ok: true, value: { password: "canary-7f3a" } });
});

test("every window hears that the vault was unlocked", async () => {
  const service = await vault("basic_text");
  const heard: string[] = [];
  service.changed.subscribe(({ kind }) => heard.push(kind));
  await service.unlock("correct horse");
  expect(heard).toEqual(["passphrase"]);
});

test("a password is neither in the site file nor in the log, whichever way it is sealed", async () => {
  for (const [backend, isDemo] of [
    ["gnome_libsecret", false],
    ["basic_text", false],
    ["basic_text", true],
  ] as const) {
    const service = await vault(backend, isDemo);
    if (service.isLocked) await service.unlock("canary-passphrase");
    const added = await service.add(login);
    if (!added.ok) throw new Error(added.error);
    await service.reveal(added.value.id);
  }
  expect(await site.store.listCredentials()).toHaveLength(3);
  expect(everything()).toContain("Cameras");
  expect(everything()).not.toContain("canary");
});

test("a demo asks nothing, and its logins die with the run until it stores them again under their id", async () => {
  const id = CredentialId.parse("demo-login");
  const first = await vault("basic_text", true);
  expect(first.isLocked).toBe(false);
  await first.add(login, id);
  const next = await vault("basic_text", true);
  expect(await next.reveal(id)).toEqual({ ok: false, error: "unreadable" });
  await next.add(login, id);
  expect(await next.list()).toHaveLength(1);
  expect(await next.reveal(id)).toMatchObject({ ok: true });
});

test("a login sealed for one row does not open in another", async () => {
  const service = await vault("basic_text");
  await service.unlock("correct horse");
  const [a, b] = [await service.add(login), await service.add({ ...login, password: "other" })];
  if (!a.ok || !b.ok) throw new Error("locked");
  site.db
    .prepare("update credential set sealed = (select sealed from credential where id = ?) where id = ?")
    .run(a.value.id, b.value.id);
  expect(await service.reveal(b.value.id)).toEqual({ ok: false, error: "unreadable" });
});

test("a login of a keychain that is gone is unreadable, not a crash", async () => {
  const added = await (await vault("gnome_libsecret")).add(login);
  if (!added.ok) throw new Error(added.error);
  const later = await vault("basic_text");
  expect(await later.reveal(added.value.id)).toEqual({ ok: false, error: "unreadable" });
});

test("any text survives sealing, and any changed byte is noticed", async () => {
  const key = await deriveKey("passphrase", { salt: new Uint8Array(16), ...scryptCost });
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, context, at, flip) => {
        const sealed = seal(key, text, context);
        expect(unseal(key, sealed, context)).toEqual({ ok: true, value: text });
        const changed = Uint8Array.from(sealed);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ flip;
        expect(unseal(key, changed, context).ok).toBe(false);
      },
    ),
  );
});

test("no bytes make opening throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(unseal(new Uint8Array(32), bytes, "c")).toEqual({ ok: false, error: "wrong-key" });
    }),
  );
});

test("a changed passphrase opens every login in the next run, and the old one none", async () => {
  const first = await vault("basic_text");
  await first.unlock("correct horse");
  const added = await first.add(login);
  if (!added.ok) throw new Error(added.error);
  expect(await first.changePassphrase("wrong horse", "battery staple")).toEqual({
    ok: false,
    error: "wrong-passphrase",
  });
  expect((await first.changePassphrase("correct horse", "battery staple")).ok).toBe(true);
  expect((await first.reveal(added.value.id)).ok).toBe(true);
  const next = await vault("basic_text");
  expect((await next.unlock("correct horse")).ok).toBe(false);
  expect((await next.unlock("battery staple")).ok).toBe(true);
  expect(await next.reveal(added.value.id)).toEqual({
    ok: true,
    value: { username: "admin", password: "canary-7f3a" },
  });
  expect(everything()).not.toContain("canary-7f3a");
});

test("there is no passphrase to change under a keychain, in a demo or while locked", async () => {
  for (const service of [
    await vault("gnome_libsecret"),
    await vault("basic_text", true),
    await vault("basic_text"),
  ]) {
    expect(await service.changePassphrase("x", "battery staple")).toEqual({
      ok: false,
      error: "no-passphrase",
    });
  }
});
