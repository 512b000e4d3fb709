import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { csvLine } from "../../../shared/base/csv.ts";
import type { Event, EventCursor, EventQuery } from "../../../shared/model/event.ts";
import type { Store } from "../../store/store.ts";

const heading = [
  "id",
  "occurred (UTC)",
  "received (UTC)",
  "device time (UTC)",
  "clock offset (ms)",
  "place",
  "type",
  "state",
  "detail",
  "topic",
  "source",
  "device",
  "channel",
  "items",
];

/** An event as a line of a CSV file; formulas in it are made text. */
export function eventCsvLine(event: Event): string {
  const time = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());
  const items = event.items.map(({ name, value }) => `${name}=${value}`).join("; ");
  return csvLine([
    String(event.id),
    time(event.occurredAt),
    time(event.receivedAt),
    time(event.deviceAt),
    event.offsetMs === null ? "" : String(event.offsetMs),
    event.place,
    event.type,
    event.state ?? "",
    event.detail,
    event.topic,
    event.source,
    event.deviceId ?? "",
    event.channelId ?? "",
    items,
  ]);
}

const pageSize = 500;

/**
 * Writes everything the query finds, newest first, to a file: whole, or not at all. Answers how many.
 * Reads a page at a time, so that ten million events need no more memory than five hundred.
 */
export async function exportEvents(
  store: Pick<Store, "listEvents">,
  order: { readonly query: EventQuery; readonly format: "csv" | "jsonl"; readonly file: string },
  told: (count: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const { query, format, file } = order;
  const partial = `${file}.${randomUUID().slice(0, 8)}.partial`;
  let count = 0;
  try {
    const handle = await open(partial, "wx");
    try {
      if (format === "csv") await handle.writeFile(`\uFEFF${csvLine(heading)}\r\n`);
      let before: EventCursor | undefined;
      do {
        signal.throwIfAborted();
        const page = await store.listEvents(query, pageSize, before);
        const lines = page.items.map((event) =>
          format === "csv" ? `${eventCsvLine(event)}\r\n` : `${JSON.stringify(event)}\n`,
        );
        await handle.writeFile(lines.join(""));
        count += page.items.length;
        before = page.next;
        told(count);
      } while (before !== undefined);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
    return count;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
