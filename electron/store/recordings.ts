import { z } from "zod";
import { ChannelId } from "../../shared/base/ids.ts";
import type { RecordedFile } from "../../shared/contract/media-port.ts";
import type { GapCause } from "../../shared/model/recording.ts";
import { LocationId, ownLocation, type RecordingOrigin } from "../../shared/model/storage.ts";
import { StreamRole } from "../../shared/model/stream.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

/** A stream whose recordings are meant. */
export interface RecordedStream {
  readonly channelId: ChannelId;
  readonly role: StreamRole;
}

/** A file that was begun, found or looked through. */
export interface NewRecordingFile extends RecordedStream {
  readonly path: string;
  readonly run: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly bytes: number;
  readonly isOpen: boolean;
  /** Where it lies; the console's own folder unless said. */
  readonly locationId?: LocationId;
  /** `fetched`: it came later, from what the camera had kept. `live` unless said. */
  readonly origin?: RecordingOrigin;
}

/** How far a file has come. */
export interface FileGrowth {
  readonly path: string;
  readonly endAt: number;
  readonly bytes: number;
}

export interface NewRecordingGap extends RecordedStream {
  readonly from: number;
  readonly cause: GapCause;
  readonly detail: string;
}

const FileRow = z.strictObject({
  path: z.string(),
  run: z.string(),
  startAt: z.int(),
  endAt: z.int(),
  root: z.string().nullable(),
});
/** Which file, and in which location. */
export const PlacedFile = z.strictObject({ locationId: LocationId, path: z.string() });
export type PlacedFile = z.infer<typeof PlacedFile>;
const StreamRow = z
  .strictObject({ channel_id: ChannelId, role: StreamRole })
  .transform((row) => ({ channelId: row.channel_id, role: row.role }));

/**
 * A file is in the index from here on; its run begins with it or grows, and a gap that lasted ends. A path that is
 * known already is left as it is.
 */
export function addRecordingFile(db: WriteDb, file: NewRecordingFile): void {
  const { isOpen, locationId = ownLocation, origin = "live", ...times } = file;
  const row = { ...times, open: isOpen ? 1 : 0, locationId, origin };
  db.prepare(
    `insert into recording_run (id, channel_id, role, from_at, to_at, origin)
     values (@run, @channelId, @role, @startAt, @endAt, @origin)
     on conflict (id) do update set from_at = min(from_at, excluded.from_at), to_at = max(to_at, excluded.to_at)`,
  ).run(row);
  db.prepare(
    `insert into recording_file
       (path, channel_id, role, run_id, start_at, end_at, bytes, open, location_id, origin)
     values (@path, @channelId, @role, @run, @startAt, @endAt, @bytes, @open, @locationId, @origin)
     on conflict (path) do nothing`,
  ).run(row);
  if (file.isOpen) endRecordingGap(db, file, file.startAt);
}

/** Files have grown, and are closed if told so. Those that are not in the index any more are passed over. */
export function growRecordingFiles(db: WriteDb, files: readonly FileGrowth[], isClosed: boolean): void {
  const file = db.prepare(
    `update recording_file set end_at = max(start_at, @endAt), bytes = @bytes, open = @open
     where path = @path returning run_id`,
  );
  const run = db.prepare("update recording_run set to_at = max(to_at, @endAt) where id = @run");
  for (const { path, endAt, bytes } of files) {
    const row = file.get({ path, endAt, bytes, open: isClosed ? 0 : 1 });
    if (row !== undefined) {
      const { run_id: id } = parseRow(z.strictObject({ run_id: z.string() }), "recording_file", row);
      run.run({ run: id, endAt });
    }
  }
}

/** From then on there is no recording, and why; the gap that lasted before ends there, unless it has the same cause. */
export function beginRecordingGap(db: WriteDb, gap: NewRecordingGap): void {
  const lasting = lastingGap(db, gap);
  if (lasting?.cause === gap.cause && lasting.from_at <= gap.from) return;
  endRecordingGap(db, gap, gap.from);
  db.prepare(
    `insert into recording_gap (channel_id, role, from_at, to_at, cause, detail)
     values (@channelId, @role, @from, null, @cause, @detail)`,
  ).run({ ...gap, detail: gap.detail.slice(0, 500) });
}

/**
 * The console or its media process was interrupted: streams for which no gap lasts already begin one, and those that
 * only waited for an event or an hour of the schedule do so from when the console was last known to be well.
 */
export function noteInterruption(
  db: WriteDb,
  gaps: readonly NewRecordingGap[],
  wellUntil: number | null,
): void {
  for (const gap of gaps) {
    const lasting = lastingGap(db, gap);
    if (lasting === undefined) beginRecordingGap(db, gap);
    else if (lasting.cause === "no-event" || lasting.cause === "schedule") {
      beginRecordingGap(db, { ...gap, from: Math.max(lasting.from_at, wellUntil ?? 0, gap.from) });
    }
  }
}

const LastingRow = z.strictObject({ from_at: z.int(), cause: z.string() });

function lastingGap(db: WriteDb, stream: RecordedStream): z.infer<typeof LastingRow> | undefined {
  const row = db
    .prepare(
      "select from_at, cause from recording_gap where channel_id = ? and role = ? and to_at is null limit 1",
    )
    .get(stream.channelId, stream.role);
  return row === undefined ? undefined : parseRow(LastingRow, "recording_gap", row);
}

/** Ends the gap that lasts; one that began later than that is no gap at all. */
export function endRecordingGap(db: WriteDb, { channelId, role }: RecordedStream, at: number): void {
  const where = "channel_id = ? and role = ? and to_at is null";
  db.prepare(`delete from recording_gap where ${where} and from_at >= ?`).run(channelId, role, at);
  db.prepare(`update recording_gap set to_at = ? where ${where}`).run(at, channelId, role);
}

/** Files of a stream that touch the span, oldest first, at most 10,000. */
export function listRecordingFiles(
  db: ReadDb,
  { channelId, role }: RecordedStream,
  from: number,
  to: number,
): RecordedFile[] {
  // A file is far shorter than ten minutes: those that begin earlier have ended before `from`.
  return parseRows(
    FileRow,
    "recording_file",
    db
      .prepare(
        `select f.path, f.run_id as run, f.start_at as startAt, f.end_at as endAt, l.root
         from recording_file f left join storage_location l on l.id = f.location_id
         where f.channel_id = ? and f.role = ? and f.start_at >= ? and f.start_at < ? and f.end_at > ?
         order by f.start_at limit 10000`,
      )
      .all(channelId, role, from - 600_000, to, from),
  );
}

/** Files that were being written when the console ended, at most 10,000. */
export const listOpenRecordings = (db: ReadDb): PlacedFile[] =>
  parseRows(
    PlacedFile,
    "recording_file",
    db
      .prepare(
        `select location_id as locationId, path from recording_file indexed by recording_file_open
         where open = 1 limit 10000`,
      )
      .all(),
  );

/** Files in the index within a folder, which ends with `/`, wherever they lie; at most 100,000. */
export const listRecordingsIn = (db: ReadDb, folder: string): PlacedFile[] =>
  parseRows(
    PlacedFile,
    "recording_file",
    db
      .prepare(
        `select location_id as locationId, path from recording_file
         where path >= ? and path < ? order by path limit 100000`,
      )
      .all(folder, `${folder}\u{10ffff}`),
  );

/** The first path in the index behind this one; undefined at the end. */
export function nextRecordingPath(db: ReadDb, after: string): string | undefined {
  const row = db.prepare("select path from recording_file where path > ? order by path limit 1").get(after);
  return row === undefined
    ? undefined
    : parseRow(z.strictObject({ path: z.string() }), "recording_file", row).path;
}

/** Every stream that has something recorded or a gap that lasts, with the end of its newest run; at most 4,096. */
export function listRecordedStreams(db: ReadDb): (RecordedStream & { readonly endAt: number })[] {
  const next = db.prepare(
    `select channel_id, role from recording_run where (channel_id, role) > (?, ?)
     order by channel_id, role limit 1`,
  );
  const end = db.prepare(
    "select to_at from recording_run where channel_id = ? and role = ? order by to_at desc limit 1",
  );
  const found: (RecordedStream & { readonly endAt: number })[] = [];
  let key: [string, string] = ["", ""];
  for (let row = next.get(...key); row !== undefined && found.length < 4_096; row = next.get(...key)) {
    const stream = parseRow(StreamRow, "recording_run", row);
    key = [stream.channelId, stream.role];
    const { to_at: endAt } = parseRow(z.strictObject({ to_at: z.int() }), "recording_run", end.get(...key));
    found.push({ ...stream, endAt });
  }
  return found;
}
