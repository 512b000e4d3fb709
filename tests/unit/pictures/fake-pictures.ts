import { ChannelId, PlaybackId } from "../../../shared/base/ids.ts";
import type { KeyConfig } from "../../../shared/contract/key-list.ts";
import type { Playback } from "../../../shared/contract/recording.ts";
import type { KeySourceDeps, KeySpan } from "../../../renderer/pictures/key-source.ts";

export const gate = ChannelId.parse("gate");
export const avc: KeyConfig = { codec: "avc1.4d401f", description: "AU1AHw==", width: 1280, height: 720 };

/** Recordings of one channel: a keyframe every two seconds within the spans, each of one byte. */
export class FakeRecordings implements KeySourceDeps {
  readonly spans: { from: number; to: number }[];
  readonly opened: KeySpan[] = [];
  readonly sampled: number[] = [];
  released = 0;
  /** What a sample answers instead. */
  status = 200;
  /** The next opening waits for it. */
  gate: Promise<unknown> = Promise.resolve();
  config: KeyConfig | null = avc;
  #lose: (() => void)[] = [];

  constructor(spans: { from: number; to: number }[]) {
    this.spans = spans;
  }

  /** What a source of keyframes is given. */
  get deps(): KeySourceDeps {
    return { link: this.link, allow: this.allow, release: this.release };
  }

  /** The media process starts again. */
  lose(): void {
    for (const lost of this.#lose.splice(0)) lost();
  }

  readonly allow = async (span: KeySpan): Promise<Playback> => {
    this.opened.push(span);
    await this.gate;
    const { channelId, role, from, to } = span;
    return { id: PlaybackId.parse(`p${this.opened.length}`), tracks: [{ channelId, role, from, to }] };
  };

  readonly release = (): void => {
    this.released += 1;
  };

  readonly link: KeySourceDeps["link"] = {
    openPlayback: (_order, onLost) => {
      this.#lose.push(onLost);
      const span = this.opened.at(-1);
      const keys = this.#keysIn(span?.from ?? 0, span?.to ?? 0);
      return {
        get: async (path) => {
          if (path === "pictures.json") {
            const json = JSON.stringify({ configs: [this.config], keys });
            return { status: 200, contentType: "", bytes: new TextEncoder().encode(json) };
          }
          const [at] = keys[Number(/\d+/.exec(path)?.[0])] ?? [];
          this.sampled.push(at ?? -1);
          return { status: this.status, contentType: "", bytes: new Uint8Array([1]) };
        },
        close: () => undefined,
      };
    },
  };

  #keysIn(from: number, to: number): [number, number, number][] {
    const keys: [number, number, number][] = [];
    for (const span of this.spans) {
      for (let at = span.from; at < span.to; at += 2_000) {
        const standsMs = Math.min(2_000, span.to - at);
        if (at + standsMs > from && at < to) keys.push([at, standsMs, 0]);
      }
    }
    return keys;
  }
}
