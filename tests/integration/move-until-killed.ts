/* Run as a process by storage-mover.test.ts: moves recordings and dies by SIGKILL at the given step. */
import path from "node:path";
import { diskMoveFiles, type MoveFiles } from "../../electron/main/recording/move-files.ts";
import { StorageMover } from "../../electron/main/recording/storage-mover.ts";
import { openWriter } from "../../electron/store/db.ts";
import { readFunctions, writeFunctions, type Store } from "../../electron/store/store.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { LocationId } from "../../shared/model/storage.ts";

const [, , folder = "", dieAt = ""] = process.argv;
const db = openWriter({ path: path.join(folder, "site.sqlite3"), nativeBinding: undefined });
let steps = 0;
/** Each step of disk and index, before and after which the process may die. */
const counted =
  <Args extends readonly unknown[], Value>(run: (...args: Args) => Promise<Value>) =>
  async (...args: Args): Promise<Value> => {
    if (steps === Number(dieAt)) process.kill(process.pid, "SIGKILL");
    steps += 1;
    return run(...args);
  };
const store: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
for (const [name, run] of Object.entries({ ...readFunctions, ...writeFunctions })) {
  store[name] = counted(async (...args: readonly unknown[]) =>
    db.transaction(() => (run as (...all: unknown[]) => unknown)(db, ...args))(),
  );
}
const files: MoveFiles = {
  copy: counted(diskMoveFiles.copy),
  hashOfCopy: counted(diskMoveFiles.hashOfCopy),
  place: counted(diskMoveFiles.place),
  remove: counted(diskMoveFiles.remove),
  removeCopy: counted(diskMoveFiles.removeCopy),
};
const nothing = (): void => undefined;
const mover = new StorageMover({
  clock: systemClock,
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  store: store as unknown as Store,
  files,
  rootOf: (id) => path.join(folder, `place-${id}`),
});
const job = { step: nothing, progress: nothing };
await mover.recover();
await mover.run(
  { fromId: LocationId.parse(1), toId: LocationId.parse(2) },
  job,
  new AbortController().signal,
);
process.stdout.write(String(steps));
