import type { ChannelId } from "../../shared/base/ids.ts";
import type { Playback } from "../../shared/contract/recording.ts";
import { KeyList, type KeyConfig } from "../../shared/contract/key-list.ts";
import type { StreamRole } from "../../shared/model/stream.ts";
import type { MediaLink } from "../player/media-link.ts";
import { PictureError } from "./picture-work.ts";

/** One keyframe of a recorded span. */
export interface Key {
  /** Its place in the list, which is its name at the media process. */
  readonly index: number;
  /** UTC ms. */
  readonly at: number;
  /** It stands until then: the next keyframe, or the end of what is recorded. */
  readonly until: number;
  /** Null: what describes it is damaged. */
  readonly config: KeyConfig | null;
}

export interface KeySpan {
  readonly channelId: ChannelId;
  /** The stream wanted; when it is not recorded, the one that is. */
  readonly role: StreamRole;
  readonly from: number;
  readonly to: number;
}

export interface KeySourceDeps {
  readonly link: Pick<MediaLink, "openPlayback">;
  /** Asks main for the span. */
  readonly allow: (span: KeySpan) => Promise<Playback>;
  readonly release: (playback: Playback) => void;
}

/** The recordings cannot be reached at the moment. */
export class RecordingsGoneError extends Error {
  override readonly name = "RecordingsGoneError";
}

/** The keyframes of one channel's recorded span, open at the media process until `close`. */
export class KeySource {
  readonly keys: readonly Key[];
  readonly #get: ReturnType<MediaLink["openPlayback"]>["get"];
  readonly #close: () => void;
  #isLost = false;

  private constructor(
    keys: readonly Key[],
    get: ReturnType<MediaLink["openPlayback"]>["get"],
    close: () => void,
  ) {
    this.keys = keys;
    this.#get = get;
    this.#close = close;
  }

  /** The media process started again meanwhile: it has to be opened anew. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /**
   * @throws RecordingsGoneError when the media process does not answer, whatever `allow` throws, the signal's reason.
   */
  static async open(deps: KeySourceDeps, span: KeySpan, signal: AbortSignal): Promise<KeySource> {
    const playback = await deps.allow(span);
    let source: KeySource | undefined;
    const order = { playback: playback.id, channelId: span.channelId };
    const opened = deps.link.openPlayback(order, () => {
      if (source !== undefined) source.#isLost = true;
    });
    const close = (): void => {
      opened.close();
      deps.release(playback);
    };
    try {
      signal.throwIfAborted();
      const answer = await opened.get("pictures.json", signal);
      if (answer.status !== 200 || answer.bytes === null) {
        throw new RecordingsGoneError("the recordings do not answer; they may be starting again");
      }
      const list = KeyList.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
      source = new KeySource(keysOf(list), opened.get, close);
      return source;
    } catch (error) {
      close();
      throw error;
    }
  }

  /** The newest keyframe at or before an instant, if its picture still stood then. */
  at(instant: number): Key | undefined {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[middle]?.at ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    const found = this.keys[low - 1];
    return found !== undefined && instant <= found.until ? found : undefined;
  }

  /** The bytes of a keyframe as a decoder takes them. Throws `PictureError` when they are gone. */
  async sample(key: Key, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { status, bytes } = await this.#get(`sample-${key.index}.bin`, signal);
    if (status === 404) throw new PictureError({ kind: "broken", detail: "the recording is gone" });
    if (status !== 200 || bytes === null) throw new RecordingsGoneError("the recordings do not answer");
    // A copy when it is part of something larger: a decoder's worker is given the memory itself.
    const { buffer, byteLength } = bytes;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
    return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
  }

  close(): void {
    this.#close();
  }
}

const keysOf = ({ configs, keys }: KeyList): readonly Key[] =>
  keys.map(([at, standsMs, config], index) => ({
    index,
    at,
    until: at + standsMs,
    config: configs[config] ?? null,
  }));
