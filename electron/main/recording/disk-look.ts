import { mkdir, open, readFile, stat, statfs, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Clock } from "../../../shared/base/clock.ts";
import type { DiskTrouble, LocationId } from "../../../shared/model/storage.ts";

/** What a look at a disk found. */
export type DiskLook =
  | { readonly kind: "well"; readonly freeBytes: number }
  | { readonly kind: "trouble"; readonly trouble: DiskTrouble; readonly detail: string };

/** A folder that is looked at. */
export interface LookedAtPlace {
  readonly id: LocationId;
  readonly folder: string;
  /** The console's own folder is made when it is missing; another may be a disk that is not there. */
  readonly isOwn: boolean;
}

/** Lies in each added folder: without it the disk that should be mounted there is not. */
const markName = "watchfloor-storage.json";
const Mark = z.object({ site: z.string(), location: z.int() });
const probeName = ".watchfloor-probe";
const probeBytes = 4_096;
const limitMs = 5_000;

const trouble = (kind: DiskTrouble, detail: string): DiskLook => ({ kind: "trouble", trouble: kind, detail });

/** Looks whether a folder is there, is the right one, and takes a file now. Never throws for a disk. */
export async function lookAtDisk(place: LookedAtPlace, site: string, clock: Clock): Promise<DiskLook> {
  const over = new AbortController();
  const late = clock.sleep(limitMs, over.signal).then(
    () => trouble("slow", `the disk did not take a small file within ${limitMs / 1000} s`),
    () => trouble("failed", "the look was given up"),
  );
  const look = lookNow(place, site).catch((error: unknown) => troubleOf(error));
  const found = await Promise.race([look, late]);
  over.abort(new Error("looked"));
  return found;
}

async function lookNow({ folder, isOwn, id }: LookedAtPlace, site: string): Promise<DiskLook> {
  if (isOwn) await mkdir(folder, { recursive: true });
  else {
    const found = await readMark(folder);
    if (found === undefined) return trouble("gone", "the disk is gone: its folder is not there or is empty");
    if (found.site !== site || found.location !== id)
      return trouble("gone", "another disk lies in its place");
  }
  if (!(await stat(folder)).isDirectory()) return trouble("gone", "its folder is not a folder");
  const { bavail, bsize } = await statfs(folder);
  await probe(folder);
  return { kind: "well", freeBytes: bavail * bsize };
}

async function probe(folder: string): Promise<void> {
  const file = path.join(folder, probeName);
  const handle = await open(file, "w");
  try {
    await handle.write(Buffer.alloc(probeBytes, 1));
    await handle.datasync();
  } finally {
    await handle.close();
    await unlink(file);
  }
}

async function readMark(folder: string): Promise<z.infer<typeof Mark> | undefined> {
  try {
    const text = await readFile(path.join(folder, markName), "utf8");
    const parsed = Mark.safeParse(JSON.parse(text.slice(0, 4_096)));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    const isGone = error instanceof SyntaxError || codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
    if (isGone) return undefined;
    throw error;
  }
}

/** Whether a folder can be a location of this site: it is there, takes files, and is no other site's. */
export async function checkNewFolder(folder: string, site: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return "it is not a folder";
    const mark = await readMark(folder);
    if (mark !== undefined && mark.site !== site) return "it holds the recordings of another site";
    await probe(folder);
    return undefined;
  } catch (error) {
    const found = troubleOf(error);
    return found.kind === "trouble" ? found.detail : undefined;
  }
}

/** Marks a folder as this site's location. */
export const markFolder = (folder: string, site: string, location: LocationId): Promise<void> =>
  writeFile(path.join(folder, markName), `${JSON.stringify({ site, location })}\n`);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function troubleOf(error: unknown): DiskLook {
  const code = codeOf(error);
  const known: Readonly<Record<string, readonly [DiskTrouble, string]>> = {
    EROFS: ["read-only", "the disk is read-only"],
    EACCES: ["no-permission", "no permission to write there"],
    EPERM: ["no-permission", "no permission to write there"],
    ENOSPC: ["full", "the disk is full"],
    EDQUOT: ["full", "the disk quota of this user is used up"],
    ENOENT: ["gone", "the folder is not there"],
    ENOTDIR: ["gone", "the folder is not a folder"],
    EEXIST: ["gone", "the folder is not a folder"],
    ENODEV: ["gone", "the disk is gone"],
    ENXIO: ["gone", "the disk is gone"],
    EIO: ["failed", "the disk reports an input/output error"],
  };
  const [kind, words] =
    known[code] ?? (["failed", `the disk cannot be used (${code || "unknown"})`] as const);
  return trouble(kind, words);
}
