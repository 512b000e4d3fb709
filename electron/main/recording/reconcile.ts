import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../../shared/base/clock.ts";
import { ChannelId } from "../../../shared/base/ids.ts";
import { RecordingPath, type MendedFile } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import { StreamRole } from "../../../shared/model/stream.ts";
import type { Store } from "../../store/store.ts";

export interface ReconcileDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly root: string;
  readonly store: Pick<
    Store,
    "addRecordingFile" | "dropRecordingFile" | "growRecordingFiles" | "listRecordingsIn" | "nextRecordingPath"
  >;
  /** Looks through files in the media process; undefined: it gave no answer. */
  readonly mend: (
    paths: readonly string[],
    signal: AbortSignal,
  ) => Promise<readonly MendedFile[] | undefined>;
  /** Channels whose folders are ours: another database's are left alone. */
  readonly isKnown: (channelId: ChannelId) => boolean;
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
  async closeOpen(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const { store, log } = this.#deps;
    for (let first = 0; first < paths.length; first += mendAtOnce) {
      const some = paths.slice(first, first + mendAtOnce);
      for (const file of (await this.#deps.mend(some, signal)) ?? []) {
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

  /** Looks at every folder. A storage root that is not there at all is left to come back: nothing is dropped. */
  async run(signal: AbortSignal): Promise<Reconciled> {
    const done: Reconciled = { added: 0, missing: 0, unreadable: 0, strange: 0, cutBytes: 0 };
    const { store, clock, root, log } = this.#deps;
    const isThere = await stat(path.join(root, "recordings")).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) return done;
    const folders = new Set(await this.#foldersOnDisk(done));
    for (let at = await store.nextRecordingPath(""); at !== undefined && !signal.aborted;) {
      const folder = `${path.posix.dirname(at)}/`;
      folders.add(folder);
      at = await store.nextRecordingPath(`${folder}\u{10ffff}`);
    }
    for (const folder of folders) {
      if (signal.aborted) break;
      await this.#folder(folder, done, signal);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    log.info("recordings and index compared", { folders: folders.size, ...done });
    return done;
  }

  async #foldersOnDisk(done: Reconciled): Promise<readonly string[]> {
    const found: string[] = [];
    for (const channel of await this.#list("recordings")) {
      const id = ChannelId.safeParse(channel);
      if (!id.success || !this.#deps.isKnown(id.data)) {
        done.strange += 1;
        continue;
      }
      const days = await this.#list(`recordings/${channel}`);
      found.push(...days.map((day) => `recordings/${channel}/${day}/`));
    }
    return found;
  }

  async #folder(folder: string, done: Reconciled, signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#deps;
    const onDisk = new Set((await this.#list(folder)).map((name) => `${folder}${name}`));
    // After the disk: a file that is begun in between is in both, or in the index only and newer.
    const indexed = new Set((await store.listRecordingsIn(folder)).map((file) => file.path));
    const isFresh = (file: string): boolean => clock.now() - startOf(file) < freshMs;
    for (const file of indexed) {
      if (onDisk.has(file) || isFresh(file)) continue;
      await store.dropRecordingFile(file);
      done.missing += 1;
    }
    const unknown = [...onDisk].filter((file) => !indexed.has(file));
    const ours = unknown.filter((file) => RecordingPath.safeParse(file).success);
    done.strange += unknown.length - ours.length;
    const old = ours.filter((file) => !isFresh(file));
    for (let first = 0; first < old.length && !signal.aborted; first += mendAtOnce) {
      for (const file of (await this.#deps.mend(old.slice(first, first + mendAtOnce), signal)) ?? []) {
        await this.#add(file, done);
      }
    }
  }

  async #add(file: MendedFile, done: Reconciled): Promise<void> {
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
    });
    done.added += 1;
    done.cutBytes += file.cutBytes;
  }

  async #list(folder: string): Promise<readonly string[]> {
    try {
      return await readdir(path.join(this.#deps.root, folder));
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
