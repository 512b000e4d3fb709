import type { Clock } from "../../../shared/base/clock.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { Device } from "../../../shared/model/device.ts";
import { pausedBy, type GapCause } from "../../../shared/model/recording.ts";
import type { Store } from "../../store/store.ts";
import type { PlannedStream } from "./recording-plan.ts";

export interface RecordingIndexDeps {
  readonly clock: Clock;
  readonly store: Pick<
    Store,
    | "addRecordingClock"
    | "addRecordingFile"
    | "beginRecordingGap"
    | "listRecordedStreams"
    | "noteInterruption"
    | "readRecordingBeat"
  >;
  readonly devices: () => readonly Device[];
}

type Opened = Extract<MediaReport, { type: "recording-opened" }>;

/** Writes down what is recorded since when and by which clocks, and why nothing is. */
export class RecordingIndex {
  readonly #deps: RecordingIndexDeps;

  constructor(deps: RecordingIndexDeps) {
    this.#deps = deps;
  }

  /** A file was begun. */
  async opened(report: Opened): Promise<void> {
    const { store, devices } = this.#deps;
    const { path, channelId, role, run, startAt, delayMs, deviceMs, locationId } = report;
    const owner = devices().find(({ channels }) => channels.some(({ id }) => id === channelId));
    const ledgerMs = owner?.clockOffsetMs ?? null;
    await store.addRecordingFile({
      path,
      channelId,
      role,
      run,
      startAt,
      endAt: startAt,
      bytes: 0,
      isOpen: true,
      locationId,
    });
    await store.addRecordingClock({ channelId, role, run, at: startAt }, { delayMs, deviceMs, ledgerMs });
  }

  /** A gap begins now for these streams, as far as anything of them was ever recorded. */
  async begins(cause: GapCause, detail: string, streams: readonly PlannedStream[]): Promise<void> {
    const { store, clock } = this.#deps;
    if (streams.length === 0) return;
    const recorded = new Set((await store.listRecordedStreams()).map(({ channelId }) => channelId));
    for (const { channelId, role } of streams) {
      if (!recorded.has(channelId)) continue;
      await store.beginRecordingGap({ channelId, role, from: clock.now(), cause, detail });
    }
  }

  /** These streams are not to be recorded from now on, `by` whom if they were paused. */
  async rests(streams: readonly PlannedStream[], by: string | undefined): Promise<void> {
    const restsBy = (cause: GapCause): readonly PlannedStream[] =>
      streams.filter(({ task }) => task.kind === "rest" && task.cause === cause);
    await this.begins("off", by === undefined ? "" : pausedBy(by), restsBy("off"));
    await this.begins("schedule", "", restsBy("schedule"));
  }

  /** The media process is there, for the first time or again: from when it was last well on nothing was recorded. */
  async interrupted(): Promise<void> {
    const { store } = this.#deps;
    const streams = await store.listRecordedStreams();
    const gaps = streams.map(({ endAt, ...stream }) => ({
      ...stream,
      from: endAt,
      cause: "console-off" as const,
      detail: "the console did not record",
    }));
    await store.noteInterruption(gaps, await store.readRecordingBeat());
  }

  /** The console stops; what a person paused stays paused. */
  async consoleStops(plan: readonly PlannedStream[]): Promise<void> {
    const running = plan.filter(({ task }) => task.kind !== "rest" || task.cause === "schedule");
    await this.begins("console-off", "the console did not run", running);
  }
}
