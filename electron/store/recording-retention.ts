import { z } from "zod";
import { ChannelId } from "../../shared/base/ids.ts";
import type { GapCause } from "../../shared/model/recording.ts";
import { StreamRole } from "../../shared/model/stream.ts";
import type { WriteDb, ReadDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const Doomed = z
  .strictObject({
    id: z.int(),
    path: z.string(),
    channel_id: ChannelId,
    role: StreamRole,
    run_id: z.string(),
    start_at: z.int(),
    end_at: z.int(),
    bytes: z.int(),
  })
  .transform(({ channel_id: channelId, run_id: run, start_at: startAt, end_at: endAt, ...row }) => ({
    ...row,
    channelId,
    run,
    startAt,
    endAt,
  }));
type Doomed = z.infer<typeof Doomed>;

/** What retention may take in one step. */
export interface RetentionStep {
  /** Which locks hold. */
  readonly now: number;
  /** Files that ended before this go, however much room there is. */
  readonly endedBefore: number;
  /** So many bytes are to go beyond those by age, oldest first. */
  readonly excessBytes: number;
  readonly limit: number;
}

const columns = "f.id, f.path, f.channel_id, f.role, f.run_id, f.start_at, f.end_at, f.bytes";

/**
 * Takes the oldest files that no lock holds out of the index, and leaves a gap with the cause `retention`. Answers
 * their paths, to be deleted from the disk and then forgotten with `forgetDoomed`: a crash in between forgets none.
 */
export function expireRecordings(
  db: WriteDb,
  step: RetentionStep,
): { readonly paths: readonly string[]; readonly bytes: number } {
  const rows = parseRows(
    Doomed,
    "recording_file",
    db
      .prepare(
        `select ${columns} from recording_file f where f.open = 0 and not exists (
           select 1 from evidence_lock_channel c join evidence_lock l on l.id = c.lock_id
           where c.channel_id = f.channel_id and l.lifted_at is null and (l.until_at is null or l.until_at > @now)
             and l.from_at < f.end_at and l.to_at > f.start_at)
         order by f.start_at, f.id limit @limit`,
      )
      .all({ now: step.now, limit: step.limit }),
  );
  let bytes = 0;
  const paths: string[] = [];
  for (const file of rows) {
    if (file.endAt >= step.endedBefore && bytes >= step.excessBytes) break;
    takeOut(db, file, "retention");
    db.prepare("insert into recording_doomed (path) values (?) on conflict do nothing").run(file.path);
    bytes += file.bytes;
    paths.push(file.path);
  }
  return { paths, bytes };
}

/** A file is gone from the disk, or cannot be read: it leaves the index, and a gap `damaged` stays. */
export function dropRecordingFile(db: WriteDb, path: string): void {
  const row = db.prepare(`select ${columns} from recording_file f where f.path = ?`).get(path);
  if (row !== undefined) takeOut(db, parseRow(Doomed, "recording_file", row), "damaged");
}

/** Paths that are to be deleted from the disk. */
export const listDoomed = (db: ReadDb, limit: number): string[] =>
  parseRows(
    z.strictObject({ path: z.string() }),
    "recording_doomed",
    db.prepare("select path from recording_doomed order by path limit ?").all(limit),
  ).map(({ path }) => path);

/** They are gone from the disk. */
export function forgetDoomed(db: WriteDb, paths: readonly string[]): void {
  const remove = db.prepare("delete from recording_doomed where path = ?");
  for (const path of paths) remove.run(path);
}

/** Shortens, splits or ends the file's run, and says why nothing is there any more. */
function takeOut(db: WriteDb, file: Doomed, cause: GapCause): void {
  db.prepare("delete from recording_file where id = ?").run(file.id);
  const edge = (order: "asc" | "desc", than: "<" | ">"): number | undefined => {
    const column = order === "desc" ? "end_at" : "start_at";
    const row = db
      .prepare(
        `select ${column} as at from recording_file where run_id = ? and start_at ${than} ? order by start_at ${order} limit 1`,
      )
      .get(file.run, file.startAt);
    return row === undefined
      ? undefined
      : parseRow(z.strictObject({ at: z.int() }), "recording_file", row).at;
  };
  const endBefore = edge("desc", "<");
  const startAfter = edge("asc", ">");
  if (endBefore === undefined && startAfter === undefined) {
    db.prepare("delete from recording_run where id = ?").run(file.run);
  } else if (endBefore === undefined) {
    db.prepare("update recording_run set from_at = ? where id = ?").run(startAfter, file.run);
  } else if (startAfter === undefined) {
    db.prepare("update recording_run set to_at = ? where id = ?").run(endBefore, file.run);
  } else splitRun(db, file, endBefore, startAfter);
  noteGap(db, file, cause);
}

function splitRun(db: WriteDb, file: Doomed, endBefore: number, startAfter: number): void {
  // The part before the file gets another name: the part behind may still be growing under its own.
  const earlier = `${file.run.slice(0, 40)}-${file.id}`;
  db.prepare(
    `insert into recording_run (id, channel_id, role, from_at, to_at)
     select ?, channel_id, role, from_at, ? from recording_run where id = ?`,
  ).run(earlier, endBefore, file.run);
  db.prepare("update recording_file set run_id = ? where run_id = ? and start_at < ?").run(
    earlier,
    file.run,
    file.startAt,
  );
  db.prepare("update recording_run set from_at = ? where id = ?").run(startAfter, file.run);
}

/** Files that follow each other leave one gap. */
function noteGap(db: WriteDb, file: Doomed, cause: GapCause): void {
  const { channelId, role, startAt, endAt } = file;
  const before = db
    .prepare(
      `select id, to_at, cause from recording_gap where channel_id = ? and role = ? and from_at <= ?
       order by from_at desc limit 1`,
    )
    .get(channelId, role, startAt);
  const GapEnd = z.strictObject({ id: z.int(), to_at: z.int().nullable(), cause: z.string() });
  const last = before === undefined ? undefined : parseRow(GapEnd, "recording_gap", before);
  const touches = last?.cause === cause && last.to_at !== null && startAt - last.to_at <= 2_000;
  if (touches) db.prepare("update recording_gap set to_at = max(to_at, ?) where id = ?").run(endAt, last.id);
  else {
    db.prepare(
      "insert into recording_gap (channel_id, role, from_at, to_at, cause, detail) values (?, ?, ?, ?, ?, '')",
    ).run(channelId, role, startAt, endAt, cause);
  }
}
