import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../../shared/base/clock.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import { RecordingPath, type MendedFile } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { LocationId } from "../../../shared/model/storage.ts";
import { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";

export interface ReconcileDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<
    Store,
    "addRecordingFile" | "dropRecordingFile" | "growRecordingFiles" | "listRecordingsIn" | "nextRecordingPath"
  >;
  /** Looks through files in the media process; undefined: it gave no answer. */
  readonly mend: (
    root: string,
    paths: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly MendedFile[] | undefined>;
  /** Channels whose folders are ours: another database's are left alone. */
  readonly isKnown: (channelId: ChannelId) => boolean;
}

/** A storage location that is looked through. */
export interface ReconciledPlace {
  readonly id: LocationId;
  readonly folder: string;
}

/** What was found and put right. */
export interface Reconciled {
  added: number;
  missing: number;
  unreadable: number;
  strange: number;
  cutBytes: number;
}

const mendAtOnce = 20;
const pauseMs = 20;
/** A file this new may be one that is just being begun. */
const freshMs = 180_000;

/** Brings the index and the disk together, both ways, in small steps while recording already runs. */
export class Reconcile {
  readonly #deps: ReconcileDeps;

  constructor(deps: ReconcileDeps) {
    this.#deps = deps;
  }

  /** Files that were being written when the console ended: torn tails are cut, their ends become known. */
  async closeOpen(root: string, paths: readonly string[], signal: AbortSignal): Promise<void> {
    const { store, log } = this.#deps;
    for (let first = 0; first < paths.length; first += mendAtOnce) {
      const some = paths.slice(first, first + mendAtOnce);
      for (const file of (await this.#deps.mend(root, some, signal)) ?? []) {
        if (file.kind === "whole") {
          await store.growRecordingFiles([{ path: file.path, endAt: file.endAt, bytes: file.bytes }], true);
          if (file.cutBytes > 0) log.info("torn tail cut", { file: file.path, bytes: file.cutBytes });
        } else {
          log.warn("recording lost", { file: file.path, why: whyNot(file) });
          await store.dropRecordingFile(file.path);
        }
      }
    }
  }

  /**
   * Looks at every folder of a location. A root that is not there at all is left to come back: nothing is dropped.
   *
   * @param tell how much is done, 0 to 1.
   */
  async run(
    place: ReconciledPlace,
    signal: AbortSignal,
    tell: (share: number) => void = () => undefined,
  ): Promise<Reconciled> {
    const done: Reconciled = { added: 0, missing: 0, unreadable: 0, strange: 0, cutBytes: 0 };
    const { store, clock, log } = this.#deps;
    const isThere = await stat(path.join(place.folder, "recordings")).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) return done;
    const folders = new Set(await this.#foldersOnDisk(place, done));
    for (let at = await store.nextRecordingPath(""); at !== undefined && !signal.aborted;) {
      const folder = `${path.posix.dirname(at)}/`;
      folders.add(folder);
      at = await store.nextRecordingPath(`${folder}\u{10ffff}`);
    }
    let looked = 0;
    for (const folder of folders) {
      if (signal.aborted) break;
      await this.#folder(place, folder, done, signal);
      looked += 1;
      tell(looked / folders.size);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    log.info("recordings and index compared", { folders: folders.size, ...done });
    return done;
  }

  async #foldersOnDisk(place: ReconciledPlace, done: Reconciled): Promise<readonly string[]> {
    const found: string[] = [];
    for (const channel of await this.#list(place, "recordings", "folders")) {
      const id = ChannelId.safeParse(channel);
      if (!id.success || !this.#deps.isKnown(id.data)) {
        done.strange += 1;
        continue;
      }
      const days = await this.#list(place, `recordings/${channel}`, "folders");
      found.push(...days.map((day) => `recordings/${channel}/${day}/`));
    }
    return found;
  }

  async #folder(
    place: ReconciledPlace,
    folder: string,
    done: Reconciled,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, clock } = this.#deps;
    const onDisk = new Set((await this.#list(place, folder, "files")).map((name) => `${folder}${name}`));
    // After the disk: a file that is begun in between is in both, or in the index only and newer.
    const all = await store.listRecordingsIn(folder);
    const indexed = new Set(all.filter(({ locationId }) => locationId === place.id).map((file) => file.path));
    const elsewhere = new Set(
      all.filter(({ locationId }) => locationId !== place.id).map((file) => file.path),
    );
    const isFresh = (file: string): boolean => clock.now() - startOf(file) < freshMs;
    for (const file of indexed) {
      if (onDisk.has(file) || isFresh(file)) continue;
      await store.dropRecordingFile(file);
      done.missing += 1;
    }
    const unknown = [...onDisk].filter((file) => !indexed.has(file));
    // A second copy of a file that counts in another location is not touched.
    const ours = unknown.filter((file) => RecordingPath.safeParse(file).success && !elsewhere.has(file));
    done.strange += unknown.length - ours.length;
    const old = ours.filter((file) => !isFresh(file));
    for (let first = 0; first < old.length && !signal.aborted; first += mendAtOnce) {
      for (const file of (await this.#deps.mend(
        place.folder,
        old.slice(first, first + mendAtOnce),
        signal,
      )) ?? []) {
        await this.#add(place, file, done);
      }
    }
  }

  async #add(place: ReconciledPlace, file: MendedFile, done: Reconciled): Promise<void> {
    if (file.kind === "foreign") {
      done.strange += 1;
      return;
    }
    if (file.kind === "unreadable") {
      done.unreadable += 1;
      this.#deps.log.warn("file among the recordings cannot be read", { file: file.path, why: file.detail });
      return;
    }
    const [, channel = "", , name = ""] = file.path.split("/");
    const { path: found, startAt, endAt, bytes } = file;
    await this.#deps.store.addRecordingFile({
      path: found,
      channelId: ChannelId.parse(channel),
      role: StreamRole.parse(name.replace(/^\d+-|\.mp4$/g, "")),
      run: `found-${channel}-${name}`.slice(0, 128),
      startAt,
      endAt,
      bytes,
      isOpen: false,
      locationId: place.id,
    });
    done.added += 1;
    done.cutBytes += file.cutBytes;
  }

  /** Links are passed over: what they lead to is not below the root. */
  async #list(place: ReconciledPlace, folder: string, kind: "files" | "folders"): Promise<readonly string[]> {
    try {
      const entries = await readdir(path.join(place.folder, folder), { withFileTypes: true });
      return entries
        .filter((entry) => (kind === "files" ? entry.isFile() : entry.isDirectory()))
        .map(({ name }) => name);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "ENOENT" || code === "ENOTDIR") return [];
      throw error;
    }
  }
}

const whyNot = (file: Exclude<MendedFile, { kind: "whole" }>): string =>
  file.kind === "foreign" ? "it carries the mark of another site or camera" : file.detail;

const startOf = (file: string): number => Number(/(\d+)-[a-z]+\.mp4$/.exec(file)?.[1] ?? 0);
