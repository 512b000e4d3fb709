import { z } from "zod";
import { ChannelId } from "../../shared/base/ids.ts";
import { LocationId } from "../../shared/model/storage.ts";
import { StreamRole } from "../../shared/model/stream.ts";
import type { ReadDb } from "./db.ts";
import { parseRow, parseRows } from "./rows.ts";

const Held = z
  .strictObject({
    id: z.int(),
    path: z.string(),
    channel_id: ChannelId,
    role: StreamRole,
    run_id: z.string(),
    start_at: z.int(),
    end_at: z.int(),
    bytes: z.int(),
    location_id: LocationId,
  })
  .transform(
    ({
      channel_id: channelId,
      run_id: run,
      start_at: startAt,
      end_at: endAt,
      location_id: locationId,
      ...row
    }) => ({ ...row, channelId, run, startAt, endAt, locationId }),
  );
/** A file of the index with everything that taking it out needs. */
export type HeldFile = z.infer<typeof Held>;

const columns = "id, path, channel_id, role, run_id, start_at, end_at, bytes, location_id";

/** The file of this path; undefined when it is not in the index. */
export function getHeldFile(db: ReadDb, path: string): HeldFile | undefined {
  const row = db.prepare(`select ${columns} from recording_file where path = ?`).get(path);
  return row === undefined ? undefined : parseRow(Held, "recording_file", row);
}

/** Which files are meant, and which locks hold. */
export interface FreeFilesQuery {
  readonly now: number;
  readonly locationId?: LocationId;
  readonly channelIds?: readonly ChannelId[];
  readonly limit: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const ends: Span = { from: -8_640_000_000_000_000, to: 8_640_000_000_000_000 };
/** Rows read of each channel at once: the oldest of all are among the oldest of each. */
const perChannel = 8;

/**
 * The oldest closed files that no lock holds, in order of time, some at a time; none: there is none. Reads a few
 * rows a channel, and steps over a locked span at once, however many files it holds.
 */
export function oldestFreeFiles(db: ReadDb, query: FreeFilesQuery): HeldFile[] {
  const found: HeldFile[] = [];
  // Beyond the last row read of a channel that has more, another channel's row may not be the next in time.
  let horizon = ends.to;
  for (const place of placesOf(db, query)) {
    const rows: HeldFile[] = [];
    for (const span of freeSpans(db, place.channelId, query.now)) {
      if (rows.length >= perChannel) break;
      rows.push(...filesIn(db, place, span, perChannel - rows.length));
    }
    if (rows.length >= perChannel) horizon = Math.min(horizon, rows.at(-1)?.startAt ?? ends.to);
    found.push(...rows);
  }
  return found
    .filter(({ startAt }) => startAt <= horizon)
    .sort((a, b) => a.startAt - b.startAt || a.id - b.id)
    .slice(0, query.limit);
}

const Place = z.strictObject({ locationId: LocationId, channelId: ChannelId });

function placesOf(db: ReadDb, { locationId, channelIds }: FreeFilesQuery): z.infer<typeof Place>[] {
  const columnsOf = "select location_id as locationId, channel_id as channelId from recording_usage";
  const rows =
    locationId === undefined
      ? db.prepare(`${columnsOf} where files > 0`).all()
      : db.prepare(`${columnsOf} where location_id = ? and files > 0`).all(locationId);
  const wanted = channelIds === undefined ? undefined : new Set(channelIds);
  return parseRows(Place, "recording_usage", rows).filter(
    ({ channelId }) => wanted === undefined || wanted.has(channelId),
  );
}

const Hold = z.strictObject({ from: z.int(), to: z.int() });

/** The spans of a channel that no lock touches, in order. */
function freeSpans(db: ReadDb, channelId: ChannelId, now: number): Span[] {
  const holds = parseRows(
    Hold,
    "evidence_lock",
    db
      .prepare(
        `select l.from_at as "from", l.to_at as "to" from evidence_lock_channel c
         join evidence_lock l on l.id = c.lock_id
         where c.channel_id = ? and l.lifted_at is null and (l.until_at is null or l.until_at > ?)
         order by l.from_at`,
      )
      .all(channelId, now),
  );
  const free: Span[] = [];
  let at = ends.from;
  for (const hold of holds) {
    if (hold.from > at) free.push({ from: at, to: hold.from });
    at = Math.max(at, hold.to);
  }
  return [...free, { from: at, to: ends.to }];
}

const filesIn = (db: ReadDb, place: z.infer<typeof Place>, { from, to }: Span, limit: number): HeldFile[] =>
  parseRows(
    Held,
    "recording_file",
    db
      .prepare(
        `select ${columns} from recording_file
         where location_id = @locationId and channel_id = @channelId and start_at >= @from and start_at <= @to
           and end_at <= @to and open = 0
         order by start_at limit @limit`,
      )
      .all({ ...place, from, to, limit }),
  );
