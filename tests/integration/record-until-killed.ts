/* Run as a process by recording.test.ts: records one stream and prints each picture's time as soon as it came. */
import { DiskGate } from "../../electron/media/recording/disk-gate.ts";
import { StreamRecorder } from "../../electron/media/recording/stream-recorder.ts";
import { WriteBudget } from "../../electron/media/recording/write-budget.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { ChannelId } from "../../shared/base/ids.ts";
import { ownLocation } from "../../shared/model/storage.ts";
import { exampleEpoch, picture } from "../fixtures/example-recording.ts";

const [, , root = ""] = process.argv;
const nothing = (): void => undefined;
const recorder = new StreamRecorder({
  clock: systemClock,
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  site: "0".repeat(32),
  budget: new WriteBudget(1e9),
  gate: new DiskGate(),
  order: {
    channelId: ChannelId.parse("gate"),
    role: "main",
    locationId: ownLocation,
    root,
    isWriting: true,
    from: null,
    holdMs: 0,
  },
  maxHeldBytes: 0,
  report: (report) => {
    if (report.type === "recording-grown") throw new Error("not by itself");
  },
});
recorder.onEpoch(exampleEpoch);
const startedAt = Date.now();
const everyS = 0.04;
for (let index = 0; ; index += 1) {
  const dueMs = index * everyS * 1_000;
  await systemClock.sleep(Math.max(0, dueMs - (Date.now() - startedAt)));
  const fragment = picture(index, { everyS, capturedAt: startedAt, gop: 25, bytes: 8_000 });
  recorder.onFragment(fragment, false);
  if (index % 25 === 0) recorder.tick();
  process.stdout.write(`${Math.round(fragment.capturedAt + everyS * 1_000)}\n`);
}
