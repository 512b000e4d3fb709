import type { Clock } from "../../../shared/base/clock.ts";
import type { MediaReport, PlacedOrder, RecordingOrder } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Source } from "../source.ts";
import { DiskGate } from "./disk-gate.ts";
import { StreamRecorder } from "./stream-recorder.ts";
import { WriteBudget } from "./write-budget.ts";

export interface RecorderDeps {
  readonly clock: Clock;
  readonly logFor: (order: RecordingOrder) => Log;
  readonly report: (report: MediaReport) => void;
  readonly sourceOf: (channelId: string, role: string) => Source;
}

interface Entry {
  readonly root: string;
  readonly recorder: StreamRecorder;
  readonly source: Source;
}

/** What may be held in memory for events: of one stream (a minute at 8 Mbit/s), and of all together. */
const mostHeldBytes = 64 * 1024 * 1024;
const allHeldBytes = 1024 * 1024 * 1024;

const keyOf = ({ channelId, role }: RecordingOrder): string => `${channelId} ${role}`;

/** What all streams together may hold while the disk does not keep up. */
const maxWaitingBytes = 256 * 1024 * 1024;

/** Records the streams that main names, each supervised by its source, each below the root it is given. */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #ending = new Set<Promise<void>>();
  readonly #gates = new Map<string, DiskGate>();
  readonly #budget = new WriteBudget(maxWaitingBytes);

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
  }

  /** What is recorded or held from now on; a stream that is already recorded goes on untouched. */
  record(site: string, streams: readonly PlacedOrder[]): void {
    const wanted = new Map(streams.map((order) => [keyOf(order), order.root]));
    for (const [key, { root }] of this.#entries) if (wanted.get(key) !== root) this.#end(key);
    const holding = streams.filter(({ holdMs }) => holdMs > 0).length;
    const maxHeldBytes = Math.min(mostHeldBytes, Math.floor(allHeldBytes / Math.max(1, holding)));
    for (const order of streams) {
      const known = this.#entries.get(keyOf(order));
      if (known !== undefined) {
        known.recorder.order(order, maxHeldBytes);
        continue;
      }
      const { clock, logFor, report, sourceOf } = this.#deps;
      const recorder = new StreamRecorder({
        clock,
        log: logFor(order),
        site,
        order,
        maxHeldBytes,
        report,
        budget: this.#budget,
        gate: this.#gateOf(order.root),
      });
      const source = sourceOf(order.channelId, order.role);
      this.#entries.set(keyOf(order), { root: order.root, recorder, source });
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

  #gateOf(root: string): DiskGate {
    const gate = this.#gates.get(root) ?? new DiskGate();
    this.#gates.set(root, gate);
    return gate;
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
