import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreClient } from "../../electron/store/client.ts";
import { exampleAdoption } from "./example-device.ts";

const workerFile = new URL("../../electron/store/worker.ts", import.meta.url);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
let folder = "";
let client: StoreClient;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wf-store-"));
  client = new StoreClient({
    log: silent,
    workerFile,
    path: path.join(folder, "site.sqlite3"),
    nativeBinding: undefined,
    backups: { folder: path.join(folder, "backups"), keep: 7 },
    onFailure: () => undefined,
  });
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
