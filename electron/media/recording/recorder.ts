import type { Clock } from "../../../shared/base/clock.ts";
import type { MediaReport, RecordingOrder } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Source } from "../source.ts";
import { StreamRecorder } from "./stream-recorder.ts";

export interface RecorderDeps {
  readonly clock: Clock;
  readonly logFor: (order: RecordingOrder) => Log;
  readonly report: (report: MediaReport) => void;
  readonly sourceOf: (channelId: string, role: string) => Source;
}

interface Entry {
  readonly recorder: StreamRecorder;
  readonly source: Source;
}

const keyOf = ({ channelId, role }: RecordingOrder): string => `${channelId} ${role}`;

/** Records the streams that main names, each supervised by its source, all below one root. */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #ending = new Set<Promise<void>>();
  #root = "";

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
  }

  /** What is recorded from now on; a stream that is already recorded goes on untouched. */
  record(root: string, streams: readonly RecordingOrder[]): void {
    const wanted = new Set(streams.map(keyOf));
    for (const key of this.#entries.keys()) if (!wanted.has(key) || root !== this.#root) this.#end(key);
    this.#root = root;
    for (const order of streams) {
      if (this.#entries.has(keyOf(order))) continue;
      const { clock, logFor, report, sourceOf } = this.#deps;
      const recorder = new StreamRecorder({ clock, log: logFor(order), root, order, report });
      const source = sourceOf(order.channelId, order.role);
      this.#entries.set(keyOf(order), { recorder, source });
      source.add(recorder);
    }
  }

  /** Once a second. */
  tick(): void {
    const files = [...this.#entries.values()].flatMap(({ recorder }) => recorder.tick());
    if (files.length > 0) this.#deps.report({ type: "recording-grown", files });
  }

  /** Closes every file; resolves when all are on the disk. */
  async stop(): Promise<void> {
    for (const key of this.#entries.keys()) this.#end(key);
    await Promise.all(this.#ending);
  }

  #end(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    entry.source.remove(entry.recorder);
    const done = entry.recorder.stop();
    this.#ending.add(done);
    void done.finally(() => this.#ending.delete(done));
  }
}
