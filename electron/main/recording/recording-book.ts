import type { ChannelId } from "../../../shared/base/ids.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { ChannelRecording, GapCause } from "../../../shared/model/recording.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { FileGrowth } from "../../store/recordings.ts";
import type { PlannedStream } from "./recording-plan.ts";

interface Standing {
  readonly state: ChannelRecording["state"];
  readonly cause: GapCause | null;
  readonly since: number;
}

interface Stream {
  readonly channelId: ChannelId;
  readonly role: StreamRole;
}

const keyOf = ({ channelId, role }: Stream): string => `${channelId} ${role}`;
/** Of two streams of a channel the worse one is shown. */
const rank: Readonly<Record<Standing["state"], number>> = { waiting: 0, recording: 1, armed: 2, off: 3 };
const unknown: Standing = { state: "waiting", cause: null, since: 0 };

/** What is being recorded now, as the media process says, and the growth that is not yet in the index. */
export class RecordingBook {
  readonly #standings = new Map<string, Standing>();
  readonly #growth = new Map<string, FileGrowth>();
  readonly #sizes = new Map<string, number>();
  #plan: readonly PlannedStream[] = [];

  /** Channels in the order of the plan. */
  get channels(): ChannelRecording[] {
    return this.#plan
      .filter(({ isFirst }) => isFirst)
      .map(({ channelId, role, choice, rule, request }) => {
        const standings = this.#plan
          .filter((stream) => stream.channelId === channelId)
          .map((stream) => this.#standings.get(keyOf(stream)) ?? unknown)
          .sort((a, b) => rank[a.state] - rank[b.state]);
        return { channelId, role, choice, mode: rule.mode, request, ...(standings[0] ?? unknown) };
      });
  }

  get plan(): readonly PlannedStream[] {
    return this.#plan;
  }

  /** Takes a new plan; answers the streams that rest from now on, or for another cause than before. */
  setPlan(plan: readonly PlannedStream[], now: number): readonly PlannedStream[] {
    this.#plan = plan;
    const known = new Set(plan.map(keyOf));
    for (const key of this.#standings.keys()) if (!known.has(key)) this.#standings.delete(key);
    const resting: PlannedStream[] = [];
    for (const stream of plan) {
      const before = this.#standings.get(keyOf(stream));
      if (stream.task.kind !== "rest") {
        if (before === undefined || before.state === "off") this.#stand(stream, "waiting", null, now);
      } else if (before?.state !== "off" || before.cause !== stream.task.cause) {
        this.#stand(stream, "off", stream.task.cause, now);
        resting.push(stream);
      }
    }
    return resting;
  }

  /** Takes what the media process says; answers by how many bytes the disk filled. */
  hear(report: MediaReport, now: number): number {
    if (report.type === "recording-opened") this.#stand(report, "recording", null, now);
    if (report.type === "recording-gap") {
      const { cause } = report;
      if (cause === "no-event") this.#stand(report, "armed", null, now);
      else this.#stand(report, "waiting", cause, now);
    }
    if (report.type === "recording-closed") this.#growth.delete(report.path);
    if (report.type !== "recording-grown") return 0;
    let bytes = 0;
    for (const file of report.files) {
      bytes += file.bytes - (this.#sizes.get(file.path) ?? 0);
      this.#sizes.set(file.path, file.bytes);
      this.#growth.set(file.path, file);
    }
    return bytes;
  }

  /** A file is closed: how many bytes it got since it was last heard of. */
  closed({ path, bytes }: FileGrowth): number {
    const before = this.#sizes.get(path) ?? 0;
    this.#sizes.delete(path);
    return bytes - before;
  }

  /** The growth since the last call. */
  takeGrowth(): readonly FileGrowth[] {
    const growth = [...this.#growth.values()];
    this.#growth.clear();
    return growth;
  }

  /** Nothing is recorded any more, for this reason. */
  allWait(cause: GapCause | null, now: number): void {
    this.#sizes.clear();
    this.wait(
      this.#plan.filter(({ task }) => task.kind !== "rest"),
      cause,
      now,
    );
  }

  /** These are not recorded any more, for this reason. */
  wait(streams: readonly PlannedStream[], cause: GapCause | null, now: number): void {
    for (const stream of streams) this.#stand(stream, "waiting", cause, now);
  }

  #stand(stream: Stream, state: Standing["state"], cause: GapCause | null, now: number): void {
    const before = this.#standings.get(keyOf(stream));
    if (before?.state === state && before.cause === cause) return;
    this.#standings.set(keyOf(stream), { state, cause, since: now });
  }
}
