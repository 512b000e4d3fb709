import type { ChannelId } from "../../../shared/base/ids.ts";
import type { MediaReport } from "../../../shared/contract/media-port.ts";
import type { ChannelRecording, GapCause } from "../../../shared/model/recording.ts";
import type { FileGrowth } from "../../store/recordings.ts";
import type { PlannedStream } from "./recording-plan.ts";

interface Standing {
  readonly state: ChannelRecording["state"];
  readonly cause: GapCause | null;
  readonly since: number;
}

/** What is being recorded now, as the media process says, and the growth that is not yet in the index. */
export class RecordingBook {
  readonly #standings = new Map<ChannelId, Standing>();
  readonly #growth = new Map<string, FileGrowth>();
  readonly #sizes = new Map<string, number>();
  #plan: readonly PlannedStream[] = [];

  /** Channels in the order of the plan. */
  get channels(): ChannelRecording[] {
    return this.#plan.map(({ channelId, role, choice }) => ({
      channelId,
      role,
      choice,
      ...(this.#standings.get(channelId) ?? { state: "waiting" as const, cause: null, since: 0 }),
    }));
  }

  get plan(): readonly PlannedStream[] {
    return this.#plan;
  }

  /** Takes a new plan; answers the streams that are no longer wanted. */
  setPlan(plan: readonly PlannedStream[], now: number): readonly PlannedStream[] {
    this.#plan = plan;
    const known = new Set(plan.map(({ channelId }) => channelId));
    for (const channelId of this.#standings.keys())
      if (!known.has(channelId)) this.#standings.delete(channelId);
    const isOff = ({ channelId }: PlannedStream): boolean => this.#standings.get(channelId)?.state === "off";
    const stopped = plan.filter((stream) => !stream.isWanted && !isOff(stream));
    for (const { channelId } of stopped) this.#stand(channelId, "off", "off", now);
    for (const stream of plan) {
      const isNew = isOff(stream) || !this.#standings.has(stream.channelId);
      if (stream.isWanted && isNew) this.#stand(stream.channelId, "waiting", null, now);
    }
    return stopped;
  }

  /** Takes what the media process says; answers by how many bytes the disk filled. */
  hear(report: MediaReport, now: number): number {
    if (report.type === "recording-opened") this.#stand(report.channelId, "recording", null, now);
    if (report.type === "recording-gap") this.#stand(report.channelId, "waiting", report.cause, now);
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
    for (const { channelId, isWanted } of this.#plan) {
      if (isWanted) this.#stand(channelId, "waiting", cause, now);
    }
  }

  #stand(channelId: ChannelId, state: Standing["state"], cause: GapCause | null, now: number): void {
    const before = this.#standings.get(channelId);
    if (before?.state === state && before.cause === cause) return;
    this.#standings.set(channelId, { state, cause, since: now });
  }
}
