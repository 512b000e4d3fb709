import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StoreClient } from "../../electron/store/client.ts";
import type { StoreError } from "../../electron/store/store-error.ts";
import { exampleAdoption } from "./example-device.ts";
import { ChannelId } from "../../shared/base/ids.ts";

// Real processes and every write on the disk: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let folder = "";
const clients: StoreClient[] = [];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "wf-durable-"));
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function storeIn(place: string, onFailure: (error: StoreError) => void = () => undefined): StoreClient {
  const nothing = (): void => undefined;
  const client = new StoreClient({
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    workerFile: new URL("../../electron/store/worker.ts", import.meta.url),
    path: path.join(place, "site.sqlite3"),
    nativeBinding: undefined,
    backups: { folder: path.join(place, "backups"), keep: 2 },
    onFailure,
  });
  clients.push(client);
  return client;
}

/** Starts the writing process, kills it without warning after so many confirmed facts, answers the last one. */
const allEvents = { from: null, to: null, deviceIds: [], channelIds: [], types: [], text: "" };

async function writeAndKill(confirmed: number): Promise<number> {
  const script = new URL("./write-until-killed.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let last = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last >= confirmed) child.kill("SIGKILL");
  }
  return last;
}

test("a process killed while it writes loses nothing that was confirmed, three times over", async () => {
  for (const confirmed of [1, 40, 173]) {
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
    const last = await writeAndKill(confirmed);
    expect(last).toBeGreaterThanOrEqual(confirmed);
    const client = storeIn(folder);
    expect(await client.open()).toMatchObject({ kind: "opened", isNew: false, recovery: null });
    const { items } = await client.store.listEvents(allEvents, last + 10);
    const kept = new Set(items.map(({ occurredAt }) => occurredAt));
    for (let n = 1; n <= last; n++) expect(kept.has(n)).toBe(true);
    const { siteName } = (await client.store.readSettings()).settings;
    expect(Number(siteName.slice(1))).toBeGreaterThanOrEqual(last);
    await client.close();
  }
});

/** A place of 3 MB, to be filled; undefined where this user may not mount one. */
function smallDisk(): { place: string; remove: () => void } | undefined {
  const place = path.join(folder, "small");
  fs.mkdirSync(place);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "none", place], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  return { place, remove: () => void execFileSync("umount", ["-l", place]) };
}

test("on a full disk writing fails by name, nothing stored is lost, and it goes on when there is room", async (context) => {
  const disk = smallDisk();
  if (disk === undefined) return context.skip("only root can make a small disk");
  try {
    const heard: string[] = [];
    const client = storeIn(disk.place, ({ code }) => heard.push(code));
    await client.open();
    await client.store.saveAdoption(exampleAdoption("a"));
    const filler = path.join(disk.place, "filler");
    fs.writeFileSync(filler, "");
    const handle = fs.openSync(filler, "a");
    expect(() => {
      for (;;) fs.writeSync(handle, Buffer.alloc(4096));
    }).toThrow("ENOSPC");
    fs.closeSync(handle);

    const picture = { capturedAt: 1, jpeg: new Uint8Array(200_000) };
    await expect(client.store.keepPicture(ChannelId.parse("channel-a"), picture)).rejects.toMatchObject({
      code: "disk-full",
    });
    expect(heard).toEqual(["disk-full"]);
    expect(await client.store.listDevices()).toHaveLength(1);
    await client.close();

    const again = storeIn(disk.place);
    expect(await again.open()).toMatchObject({ kind: "opened", isNew: false, warnings: ["disk-full"] });
    expect((await again.store.listDevices()).map(({ name }) => name)).toEqual(["Camera a"]);

    fs.rmSync(filler);
    expect(await again.store.keepPicture(ChannelId.parse("channel-a"), picture)).toBe(true);
    await again.close();
  } finally {
    for (const client of clients.splice(0)) await client.close();
    disk.remove();
  }
});

test("a new site on a full disk is refused with that reason", async (context) => {
  const disk = smallDisk();
  if (disk === undefined) return context.skip("only root can make a small disk");
  try {
    const handle = fs.openSync(path.join(disk.place, "filler"), "a");
    expect(() => {
      for (;;) fs.writeSync(handle, Buffer.alloc(4096));
    }).toThrow("ENOSPC");
    fs.closeSync(handle);
    expect(await storeIn(disk.place).open()).toMatchObject({ kind: "refused", reason: "disk-full" });
  } finally {
    disk.remove();
  }
});
