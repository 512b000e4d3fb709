import { z } from "zod";
import { ChannelId } from "../../shared/base/ids.ts";
import { defaultRecordingRule, RecordingRule } from "../../shared/model/recording-rule.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

/** How a channel is recorded, against the site's setting. */
export interface ChannelRule {
  readonly channelId: ChannelId;
  readonly rule: RecordingRule;
}

const RuleRow = z.strictObject({ channel_id: ChannelId, rule: z.string() }).transform((row) => ({
  channelId: row.channel_id,
  rule: readRule(JSON.parse(row.rule)),
}));

/** What an older version did not know is as it is without a setting; a rule that cannot be read is that whole. */
function readRule(stored: unknown): RecordingRule {
  const known = typeof stored === "object" && stored !== null ? stored : {};
  const parsed = RecordingRule.safeParse({ ...defaultRecordingRule, ...known });
  return parsed.success ? parsed.data : defaultRecordingRule;
}

/** Channels whose recording differs from the site's setting. */
export const listRecordingRules = (db: ReadDb): ChannelRule[] =>
  parseRows(
    RuleRow,
    "recording_rule",
    db.prepare("select channel_id, rule from recording_rule limit 100000").all(),
  );

/** Sets a channel's own rule; null gives it back to the site's setting. False: there is no such channel. */
export function setRecordingRule(db: WriteDb, channelId: ChannelId, rule: RecordingRule | null): boolean {
  if (db.prepare("select 1 from channel where id = ?").get(channelId) === undefined) return false;
  if (rule === null) db.prepare("delete from recording_rule where channel_id = ?").run(channelId);
  else {
    db.prepare(
      `insert into recording_rule (channel_id, rule) values (?, ?)
       on conflict (channel_id) do update set rule = excluded.rule`,
    ).run(channelId, JSON.stringify(rule));
  }
  return true;
}

const RequestRow = z
  .strictObject({ channel_id: ChannelId, from_at: z.int(), until_at: z.int(), by_name: z.string() })
  .transform((row) => ({
    channelId: row.channel_id,
    from: row.from_at,
    until: row.until_at,
    by: row.by_name,
  }));
/** A person asked for a channel to be recorded. */
export type RecordingRequest = z.infer<typeof RequestRow>;

/** Requests that hold at that instant, at most 4,096. */
export const listRecordingRequests = (db: ReadDb, now: number): RecordingRequest[] =>
  parseRows(
    RequestRow,
    "recording_request",
    db
      .prepare(
        `select channel_id, from_at, until_at, by_name from recording_request where until_at > ?
         order by until_at, id limit 4096`,
      )
      .all(now),
  );

/** A channel is to be recorded until then; one that is already gets the new end, and is `by`'s from now on. */
export function requestRecording(db: WriteDb, request: RecordingRequest): void {
  endRequests(db, request.channelId, request.from, request.by);
  db.prepare(
    "insert into recording_request (channel_id, from_at, until_at, by_name) values (@channelId, @from, @until, @by)",
  ).run({ ...request, by: request.by.slice(0, 64) });
}

/** Ends what was asked for a channel. */
export function endRecordingRequest(db: WriteDb, channelId: ChannelId, at: number, by: string): void {
  endRequests(db, channelId, at, by);
}

function endRequests(db: WriteDb, channelId: ChannelId, at: number, by: string): void {
  db.prepare(
    `update recording_request set until_at = max(from_at, ?), stopped_by = ?
     where until_at > ? and channel_id = ?`,
  ).run(at, by.slice(0, 64), at, channelId);
}

/** The console recorded as it should until then. */
export function beatRecording(db: WriteDb, at: number): void {
  db.prepare("insert into recording_beat values (1, ?) on conflict (id) do update set at = excluded.at").run(
    at,
  );
}

/** Until when the console is known to have recorded as it should; null: never. */
export function readRecordingBeat(db: ReadDb): number | null {
  const row = db.prepare("select at from recording_beat where id = 1").get();
  return row === undefined ? null : parseRow(z.strictObject({ at: z.int() }), "recording_beat", row).at;
}
