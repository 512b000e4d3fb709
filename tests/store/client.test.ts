import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreClient, type StoreClientDeps } from "../../electron/store/client.ts";
import { waitUntil } from "../fixtures/wait-until.ts";
import { exampleAdoption } from "./example-device.ts";

const workerFile = new URL("../../electron/store/worker.ts", import.meta.url);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const newClient = (change: Partial<StoreClientDeps>): StoreClient =>
  new StoreClient({
    log: silent,
    workerFile,
    path: path.join(folder, "site.sqlite3"),
    nativeBinding: undefined,
    backups: { folder: path.join(folder, "backups"), keep: 7 },
    onFailure: () => undefined,
    ...change,
  });
let folder = "";
let client: StoreClient;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wf-store-"));
  client = newClient({});
});
afterEach(async () => {
  await client.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test("what one thread wrote the other reads at once", async () => {
  expect(await client.open()).toMatchObject({ kind: "opened", isNew: true, warnings: [] });
  await client.store.saveAdoption(exampleAdoption("a"));
  expect(await client.store.listDevices()).toHaveLength(1);
});

test("a function that fails leaves nothing of its transaction and says why with a code", async () => {
  await client.open();
  const broken = exampleAdoption("a", { newChannelIds: [] });
  await expect(client.store.saveAdoption(broken)).rejects.toMatchObject({
    name: "StoreError",
    code: "internal",
  });
  expect(await client.store.listDevices()).toEqual([]);
});

test("calls before opening and after closing are refused as closed", async () => {
  await expect(client.store.listDevices()).rejects.toMatchObject({ code: "closed" });
  await client.open();
  await client.close();
  await expect(client.store.listDevices()).rejects.toMatchObject({ code: "closed" });
});

test("a thread that ends by itself runs again: what it owed is rejected, what comes later is answered", async () => {
  await client.close();
  const fates: string[] = [];
  client = newClient({
    workerFile: new URL("../fixtures/mortal-store-worker.ts", import.meta.url),
    onThreadEnd: (fate) => fates.push(fate),
  });
  await client.open();
  await client.store.saveAdoption(exampleAdoption("a"));
  await expect(client.store.listWalls()).rejects.toMatchObject({ code: "closed" });
  await waitUntil("the thread runs again", () => fates.length > 0);
  expect(fates).toEqual(["restarted"]);
  expect(await client.store.listDevices()).toHaveLength(1);
});

test("a thread that ends again and again is left alone, and it is said", async () => {
  await client.close();
  const fates: string[] = [];
  client = newClient({
    workerFile: new URL("../fixtures/mortal-store-worker.ts", import.meta.url),
    onThreadEnd: (fate) => fates.push(fate),
  });
  await client.open();
  for (let ends = 1; ends <= 4; ends += 1) {
    await client.store.listWalls().catch(() => undefined);
    await waitUntil("the end was said", () => fates.length === ends);
  }
  expect(fates).toEqual(["restarted", "restarted", "restarted", "stopped"]);
  await expect(client.store.listDevices()).rejects.toMatchObject({ code: "closed" });
});

test("a damaged site is told with its newest copy and left as it is until somebody has chosen", async () => {
  await client.open();
  await client.store.saveAdoption(exampleAdoption("a"));
  await client.close();
  client = newClient({});
  const later = await client.open();
  await client.close();
  expect(later.kind).toBe("opened");
  const file = path.join(folder, "site.sqlite3");
  fs.writeFileSync(file, "not a database at all, but long enough to be one".repeat(200));
  const damaged = fs.readFileSync(file);

  client = newClient({});
  const told = await client.open("tell");
  expect(told).toMatchObject({ kind: "damaged", copy: { madeAt: expect.any(Number) } });
  expect(fs.readFileSync(file)).toEqual(damaged);

  const empty = await client.open("start-empty");
  expect(empty).toMatchObject({ kind: "opened", isNew: true, recovery: { restoredFrom: null } });
  expect(await client.store.listDevices()).toEqual([]);
  if (empty.kind !== "opened" || empty.recovery === null) throw new Error("not recovered");
  expect(fs.readFileSync(empty.recovery.damagedFile)).toEqual(damaged);
});
