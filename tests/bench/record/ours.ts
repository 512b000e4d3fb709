/**
 * Our side of the record benchmark: the media process recording what it is given. With an index path it keeps the
 * index too and tells each picture it took and each row that is confirmed, so that a kill shows what was lost.
 */
import Database from "better-sqlite3";
import { MediaProcess } from "../../../electron/media/media-process.ts";
import type { WriteDb } from "../../../electron/store/db.ts";
import { migrate } from "../../../electron/store/migrate.ts";
import { migrations } from "../../../electron/store/migrations/index.ts";
import { writeFunctions } from "../../../electron/store/store.ts";
import { systemClock } from "../../../shared/base/clock.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";

const [root = "", indexPath = "", ...uris] = process.argv.slice(2);
const recording = new Set<string>();
const lost = new Map<string, number>();
let runs = 0;
const tell = (message: object): void => void process.send?.(message);

function openIndex(): WriteDb {
  const db = new Database(indexPath) as unknown as WriteDb;
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = full");
  migrate(db, migrations, 0);
  return db;
}
const index = indexPath === "" ? undefined : openIndex();

function hear(report: MediaReport): void {
  if (report.type === "source" && report.status.kind === "playing") {
    lost.set(report.channelId, report.status.lostPackets + report.status.malformedPackets);
  }
  if (report.type === "recording-opened") {
    if (!recording.has(report.channelId)) runs += 1;
    recording.add(report.channelId);
    if (index !== undefined) {
      const { type: _, delayMs: _d, deviceMs: _o, locationId: _l, ...file } = report;
      const row = { ...file, endAt: report.startAt, bytes: 0, isOpen: true };
      writeFunctions.addRecordingFile(index, row);
    }
  }
  if (report.type === "recording-gap") runs += 1;
  if (report.type === "recording-closed") tell({ closed: report.path });
  if (report.type === "recording-grown" && index !== undefined) {
    writeFunctions.growRecordingFiles(index, report.files, false);
    tell({ confirmed: report.files });
  }
}

const media = new MediaProcess({ clock: systemClock, report: hear });
media.start();
if (index !== undefined) {
  const port = {
    close: (): void => undefined,
    post: (message: { readonly type: string }): void => {
      if (message.type !== "fragment" || !("frames" in message) || !("subscription" in message)) return;
      tell({ taken: message });
    },
  };
  media.receive({ type: "attach-window", windowId: 1 }, port);
}
const streams = uris.map((uri, number) => {
  const channelId = `camera-${number}`;
  const login = { username: null, password: null, transport: "tcp", clockOffsetMs: 0 };
  media.receive({ type: "configure", source: { channelId, role: "main", uri, ...login } });
  return { channelId, role: "main", locationId: 1, root };
});
media.receive({ type: "record", site: "0".repeat(32), streams });
if (index !== undefined) {
  for (const [subscription, { channelId }] of streams.entries()) {
    const open = { type: "open", subscription, channelId, role: "main", mode: "low-latency", audio: false };
    media.receiveFromWindow(1, open);
  }
}
process.on("message", (message) => {
  if (message === "stop") void media.stop().then(() => process.exit(0));
  else tell({ recording: recording.size, runs, lost: [...lost.values()].reduce((sum, one) => sum + one, 0) });
});
process.on("disconnect", () => process.exit(0));
