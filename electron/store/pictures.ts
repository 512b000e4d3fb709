import { z } from "zod";
import type { ChannelId } from "../../shared/base/ids.ts";
import type { ReadDb, WriteDb } from "./db.ts";
import { parseRow } from "./rows.ts";

/** The last good picture of a channel. */
export const LastPicture = z.strictObject({
  capturedAt: z.int(),
  jpeg: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type LastPicture = z.infer<typeof LastPicture>;

/** Keeps a picture unless a newer one is there. False: there is no such channel, or it was older. */
export const keepPicture = (db: WriteDb, id: ChannelId, picture: LastPicture): boolean =>
  db
    .prepare(
      `insert into last_picture (channel_id, captured_at, jpeg)
       select id, @capturedAt, @jpeg from channel where id = @id
       on conflict (channel_id) do update set captured_at = excluded.captured_at, jpeg = excluded.jpeg
         where excluded.captured_at > captured_at`,
    )
    .run({ id, capturedAt: picture.capturedAt, jpeg: Buffer.from(picture.jpeg) }).changes > 0;

/** The last picture known of a channel, or undefined. */
export function getPicture(db: ReadDb, id: ChannelId): LastPicture | undefined {
  const row = db
    .prepare("select captured_at as capturedAt, jpeg from last_picture where channel_id = ?")
    .get(id);
  return row === undefined ? undefined : parseRow(LastPicture, "last_picture", row);
}
