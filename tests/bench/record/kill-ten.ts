import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { indexRecording, mendRecording } from "../../../electron/drivers/recording-file/open-recording.ts";

/** What ten kills cost. */
export interface Kills {
  /** Per kill, the worst camera: from the end of what is in its files to the end of the last picture taken. */
  readonly lostMs: readonly number[];
  /** Files that could not be read to their end after mending. */
  readonly torn: number;
  /** Rows that were confirmed and are not in the index, or say less than was confirmed. */
  readonly missingRows: number;
}

interface Confirmed {
  readonly path: string;
  readonly endAt: number;
}

/** Pictures taken before a file can begin do not count: a kill before the first one is no kill of a recording. */
const afterMs = 2_500;

/** Kills a recorder with its index ten times, two at once, each at another phase of its batches. */
export async function killTen(
  uris: readonly string[],
  root: string,
  start: (name: string, args: readonly string[]) => ChildProcess,
): Promise<Kills> {
  const results: Kills[] = [];
  for (let first = 0; first < 10; first += 2) {
    const two = [first, first + 1].map((number) => killOne(uris, root, start, afterMs + number * 53));
    results.push(...(await Promise.all(two)));
  }
  return {
    lostMs: results.flatMap(({ lostMs }) => lostMs),
    torn: results.reduce((sum, { torn }) => sum + torn, 0),
    missingRows: results.reduce((sum, { missingRows }) => sum + missingRows, 0),
  };
}

async function killOne(
  uris: readonly string[],
  root: string,
  start: (name: string, args: readonly string[]) => ChildProcess,
  killAfterMs: number,
): Promise<Kills> {
  const folder = mkdtempSync(path.join(root, "kill-"));
  const indexPath = path.join(folder, "index.sqlite");
  const child = start("record/ours.ts", [folder, indexPath, ...uris]);
  const lastAt = new Map<string, number>();
  const confirmed = new Map<string, number>();
  let firstMs: number | undefined;
  let isDue: (() => void) | undefined;
  child.on("message", (message: { taken?: unknown; confirmed?: readonly Confirmed[] }) => {
    for (const { path: file, endAt } of message.confirmed ?? []) confirmed.set(file, endAt);
    if (message.taken === undefined) return;
    const { subscription, frames } = message.taken as {
      readonly subscription: number;
      readonly frames: readonly { readonly capturedAt: number }[];
    };
    lastAt.set(`camera-${subscription}`, frames.at(-1)?.capturedAt ?? 0);
    if (lastAt.size < uris.length) return;
    firstMs ??= performance.now();
    if (performance.now() - firstMs >= killAfterMs && confirmed.size >= uris.length) isDue?.();
  });
  await new Promise<void>((resolve) => (isDue = resolve));
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  return judge(folder, indexPath, lastAt, confirmed);
}

async function judge(
  folder: string,
  indexPath: string,
  lastAt: ReadonlyMap<string, number>,
  confirmed: ReadonlyMap<string, number>,
): Promise<Kills> {
  const files = readdirSync(path.join(folder, "recordings"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mp4"))
    .map((name) => `recordings/${name}`.replaceAll("\\", "/"));
  const endAt = new Map<string, number>();
  let torn = 0;
  for (const file of files) {
    const whole = path.join(folder, file);
    const mended = await mendRecording(whole);
    if (mended === "foreign") throw new Error(`${file} is not known as ours`);
    const { scan } = mended;
    if (statSync(whole).size !== scan.endOffset || (await indexRecording(whole)).endAt !== scan.endAt)
      torn += 1;
    const channel = file.split("/")[1] ?? "";
    endAt.set(channel, Math.max(endAt.get(channel) ?? 0, scan.endAt));
  }
  const db = new Database(indexPath, { readonly: true });
  const row = db.prepare("select end_at from recording_file where path = ?").pluck();
  const missingRows = [...confirmed].filter(([file, end]) => Number(row.get(file) ?? -1) < end).length;
  db.close();
  const frameMs = 1_000 / 15;
  const lost = [...lastAt].map(([channel, at]) => at + frameMs - (endAt.get(channel) ?? 0));
  return { lostMs: [Math.max(...lost)], torn, missingRows };
}
