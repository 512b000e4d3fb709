/* Run as a process by durability.test.ts: writes facts one by one and prints the number of each that was confirmed. */
import { exampleEvent } from "./example-event.ts";
import { StoreClient } from "../../electron/store/client.ts";

const [, , folder = ""] = process.argv;
const nothing = (): void => undefined;
const client = new StoreClient({
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  workerFile: new URL("../../electron/store/worker.ts", import.meta.url),
  path: `${folder}/site.sqlite3`,
  nativeBinding: undefined,
  backups: { folder: `${folder}/backups`, keep: 2 },
  onFailure: (error) => console.error(error.message),
});
await client.open();
for (let n = 1; ; n++) {
  const detail = `fact ${n} ${"x".repeat(n % 400)}`;
  const fact = exampleEvent({ occurredAt: n, detail });
  // Two writes at a time, so that a kill finds some of them half done.
  await Promise.all([
    client.store.appendEvents([fact]),
    client.store.writeSettings({ siteName: `n${n}` }, n),
  ]);
  process.stdout.write(`${n}\n`);
}
