import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { OutsideRootError } from "../../../electron/drivers/recording-file/inside-root.ts";
import { DiskGate } from "../../../electron/media/recording/disk-gate.ts";
import { FileWriter, SlowDiskError } from "../../../electron/media/recording/file-writer.ts";
import { diskTrouble } from "../../../electron/media/recording/recording-names.ts";
import { WriteBudget } from "../../../electron/media/recording/write-budget.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { waitUntil } from "../../fixtures/wait-until.ts";

const folders: string[] = [];
afterEach(() => {
  for (const one of folders.splice(0)) fs.rmSync(one, { recursive: true, force: true });
});

/** A disk whose writes wait until it is let go. */
class HangingGate extends DiskGate {
  #go: () => void = () => undefined;
  readonly #waits = new Promise<void>((resolve) => {
    this.#go = resolve;
  });
  hasBegun = false;

  override async run<T>(work: () => Promise<T>): Promise<T> {
    this.hasBegun = true;
    await this.#waits;
    return super.run(work);
  }
  letGo(): void {
    this.#go();
  }
}

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "watchfloor-writer-"));
  folders.push(folder);
  return folder;
}

function writing(gate: DiskGate, budget = new WriteBudget(1e9), folder = newFolder()) {
  const clock = new FakeClock();
  const failures: unknown[] = [];
  const written: number[] = [];
  const name = "recordings/gate/2026-09-21/1-main.mp4";
  const writer = new FileWriter({
    root: folder,
    nameOf: () => name,
    heldBytes: 0,
    clock,
    budget,
    gate,
    onWritten: ({ bytes }) => written.push(bytes),
    onFailed: (error) => failures.push(error),
  });
  return { writer, clock, failures, written, file: path.join(folder, name), budget };
}

test("a write that hangs is given up on after ten seconds, said once, and holds no memory when it returns", async () => {
  const gate = new HangingGate();
  const { writer, clock, failures, budget, written } = writing(gate);
  writer.append([Buffer.alloc(1_000)], 1);
  await waitUntil("the write began", () => gate.hasBegun);
  writer.append([Buffer.alloc(500)], 2);
  await clock.advance(9_000);
  writer.giveUpWhenLate();
  expect(failures).toEqual([]);
  await clock.advance(2_000);
  writer.giveUpWhenLate();
  writer.giveUpWhenLate();
  expect(failures).toHaveLength(1);
  expect(failures[0]).toBeInstanceOf(SlowDiskError);
  // What waited behind it is let go at once, what the disk holds when it comes back.
  expect(budget.usedBytes).toBe(1_000);
  await writer.close(Buffer.alloc(10), 3);
  gate.letGo();
  await waitUntil("the memory is free", () => budget.usedBytes === 0);
  expect(failures).toHaveLength(1);
  expect(written.length).toBeLessThanOrEqual(1);
});

test("a disk that does not keep up costs no more memory than the budget of all writers", async () => {
  const gate = new HangingGate();
  const { writer, failures, budget } = writing(gate, new WriteBudget(10_000));
  for (let n = 0; n < 100; n += 1) writer.append([Buffer.alloc(1_000)], n);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toBeInstanceOf(SlowDiskError);
  expect(budget.usedBytes).toBeLessThanOrEqual(10_000);
  gate.letGo();
  await waitUntil("the memory is free", () => budget.usedBytes === 0);
});

test("no more than two writes of a disk are under way, and all get their turn", async () => {
  const gate = new DiskGate();
  let running = 0;
  let most = 0;
  const done = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      gate.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return n;
      }),
    ),
  );
  expect(done).toHaveLength(20);
  expect(most).toBe(2);
});

/** Links that need no permission on Windows either. */
const link = (target: string, at: string): void => {
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.symlinkSync(target, at, "junction");
};

test.each(["recordings", "recordings/gate", "recordings/gate/2026-09-21"])(
  "nothing is written, and no folder made, behind a link at %s that leads out of the root",
  async (place) => {
    const root = newFolder();
    const outside = newFolder();
    link(outside, path.join(root, place));
    const { writer, failures, written, budget } = writing(new DiskGate(), undefined, root);
    writer.append([Buffer.from("picture")], 1);
    await waitUntil("it is said", () => failures.length === 1);
    expect(failures[0]).toBeInstanceOf(OutsideRootError);
    expect(diskTrouble(failures[0])).toEqual({
      cause: "disk-error",
      detail: "the path leads out of the folder for recordings",
    });
    await writer.close(undefined, 1);
    expect(written).toEqual([]);
    expect(budget.usedBytes).toBe(0);
    expect(fs.readdirSync(outside)).toEqual([]);
  },
);

test("a link that stays inside the root, and a root that is a link itself, are written through", async () => {
  const disk = newFolder();
  const root = path.join(newFolder(), "root");
  link(disk, root);
  fs.mkdirSync(path.join(disk, "elsewhere"));
  link(path.join(disk, "elsewhere"), path.join(root, "recordings", "gate"));
  const { writer, failures, file } = writing(new DiskGate(), undefined, root);
  writer.append([Buffer.from("picture")], 1);
  await writer.close(undefined, 1);
  expect(failures).toEqual([]);
  expect(fs.readFileSync(file, "utf8")).toBe("picture");
  expect(fs.readdirSync(path.join(disk, "elsewhere"))).toEqual(["2026-09-21"]);
});
