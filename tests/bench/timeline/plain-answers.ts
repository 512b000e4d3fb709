import Database from "better-sqlite3";
import type { Screen } from "./screens.ts";

/** Answers screens by one plain statement a lane over the files and one over the events; how long each took, ms. */
export function plainAnswers(path: string, screens: readonly Screen[], now: number): readonly number[] {
  const db = new Database(path, { readonly: true });
  const files = db
    .prepare(
      `select start_at, end_at from recording_file
       where channel_id = ? and role = 'main' and start_at >= ? and start_at < ? order by start_at`,
    )
    .raw();
  const gaps = db
    .prepare(
      `select from_at, coalesce(to_at, ?), cause from recording_gap
       where channel_id = ? and role = 'main' and from_at < ? and coalesce(to_at, ?) > ? order by from_at`,
    )
    .raw();
  const events = db
    .prepare(
      `select type, occurred_at / ? as step, count(*) from event
       where channel_id = ? and occurred_at >= ? and occurred_at < ? group by 1, 2`,
    )
    .raw();
  try {
    return screens.map(({ channels, from, to, resolutionMs }) => {
      const start = performance.now();
      for (const channelId of channels) {
        const spans: [number, number][] = [];
        for (const row of files.iterate(channelId, from - 600_000, to) as Iterable<[number, number]>) {
          const last = spans.at(-1);
          if (last !== undefined && row[0] - last[1] <= resolutionMs) last[1] = row[1];
          else spans.push(row);
        }
        gaps.all(now, channelId, to, now, from);
        events.all(resolutionMs, channelId, from, to);
      }
      return performance.now() - start;
    });
  } finally {
    db.close();
  }
}
