import path from "node:path";
import type { ChannelId, PlaybackId } from "../../../shared/base/ids.ts";
import type { MediaCommand, MediaReport, RecordedFile } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { HlsResponse } from "../../drivers/hls/hls-origin.ts";
import { indexRecording } from "../../drivers/recording-file/open-recording.ts";
import { RecordingFileError } from "../../drivers/recording-file/recording-file-error.ts";
import { PlaybackReader } from "./playback-reader.ts";
import { cutTrack, type IndexedFile } from "./recorded-track.ts";

export interface PlaybacksDeps {
  readonly log: Log;
  readonly report: (report: MediaReport) => void;
}

type Order = Extract<MediaCommand, { type: "open-playback" }>;

interface Held {
  readonly windowId: number;
  readonly readers: ReadonlyMap<ChannelId, PlaybackReader>;
}

/** Files looked through at once. */
const atOnce = 8;
/** A window that forgets to close loses its oldest one. */
const maxPerWindow = 8;

/** What main has allowed windows to play. */
export class Playbacks {
  readonly #deps: PlaybacksDeps;
  readonly #held = new Map<PlaybackId, Held>();

  constructor(deps: PlaybacksDeps) {
    this.#deps = deps;
  }

  /** Looks through the files and says what can be shown; files that cannot be read are left out and logged. */
  async open(order: Order): Promise<void> {
    const readers = new Map<ChannelId, PlaybackReader>();
    const tracks: { channelId: ChannelId; from: number | null; to: number | null }[] = [];
    for (const { channelId, files } of order.tracks) {
      const track = cutTrack(await this.#index(order.root, files), order);
      readers.set(channelId, new PlaybackReader(order.root, track));
      tracks.push({ channelId, from: track.from, to: track.to });
    }
    this.#held.set(order.playback, { windowId: order.windowId, readers });
    const own = [...this.#held].filter(([, held]) => held.windowId === order.windowId);
    for (const [id] of own.slice(0, -maxPerWindow)) this.#held.delete(id);
    this.#deps.report({ type: "playback", playback: order.playback, tracks });
  }

  close(playback: PlaybackId): void {
    this.#held.delete(playback);
  }

  /** A window is gone. */
  forgetWindow(windowId: number): void {
    for (const [id, held] of this.#held) if (held.windowId === windowId) this.#held.delete(id);
  }

  /** 404 for a playback that is not this window's. */
  async get(
    windowId: number,
    playback: PlaybackId,
    channelId: ChannelId,
    name: string,
  ): Promise<HlsResponse> {
    const held = this.#held.get(playback);
    const reader = held?.windowId === windowId ? held.readers.get(channelId) : undefined;
    return reader?.get(name) ?? { status: 404, contentType: "text/plain", bytes: undefined };
  }

  async #index(root: string, files: readonly RecordedFile[]): Promise<readonly IndexedFile[]> {
    const found: (IndexedFile | undefined)[] = [];
    for (let first = 0; first < files.length; first += atOnce) {
      const some = files.slice(first, first + atOnce);
      found.push(...(await Promise.all(some.map((file) => this.#indexOne(root, file)))));
    }
    return found.filter((one) => one !== undefined);
  }

  async #indexOne(root: string, file: RecordedFile): Promise<IndexedFile | undefined> {
    try {
      return { file, scan: await indexRecording(path.join(file.root ?? root, file.path)) };
    } catch (error) {
      const isExpected = error instanceof RecordingFileError || (error instanceof Error && "code" in error);
      if (!isExpected) throw error;
      this.#deps.log.warn("recorded file left out of playback", { file: file.path, why: error.message });
      return undefined;
    }
  }
}
