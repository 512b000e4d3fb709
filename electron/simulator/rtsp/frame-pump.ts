import type { Clock } from "../../../shared/base/clock.ts";
import type { SceneTrack } from "../scenes/scene.ts";
import { FrameSchedule } from "./frame-schedule.ts";
import { packetiseFrame, type FramePackets } from "./packetiser.ts";

/** Told the number of the newest frame that is due; asks nothing back and must not throw. */
export type DueListener = (latest: number) => void;

interface Group {
  readonly schedule: FrameSchedule;
  readonly listeners: Set<DueListener>;
  lastTold: number;
}

/** The pump looks at the clock at least this often, so that a jump of the wall clock is noticed. */
const longestSleepMs = 100;

/**
 * The one timer of all simulated cameras, and the one place where scenes are cut into packets.
 *
 * Sessions that play the same track are told together; a frame is packetised when it is first asked for and kept.
 * It sleeps only while somebody listens.
 */
export class FramePump {
  readonly #clock: Clock;
  readonly #groups = new Map<SceneTrack, Group>();
  readonly #packets = new WeakMap<SceneTrack, FramePackets[]>();
  #sleeping = new AbortController();
  #isRunning = false;

  constructor(deps: { readonly clock: Clock }) {
    this.#clock = deps.clock;
  }

  /** Number of sessions that are being told; tests use it to find leaks. */
  get listeners(): number {
    let sum = 0;
    for (const group of this.#groups.values()) sum += group.listeners.size;
    return sum;
  }

  /** Packets of a frame, by its place in the loop. Shared: copy before changing. */
  packets(track: SceneTrack, loopIndex: number): FramePackets {
    let kept = this.#packets.get(track);
    if (kept === undefined) {
      kept = [];
      this.#packets.set(track, kept);
    }
    return (kept[loopIndex] ??= packetiseFrame(track, loopIndex));
  }

  /** Tells `listener` of every frame that becomes due from now on; returns how to stop. */
  subscribe(track: SceneTrack, listener: DueListener): () => void {
    const group = this.#groups.get(track) ?? this.#newGroup(track);
    const own: DueListener = (latest) => listener(latest);
    group.listeners.add(own);
    if (!this.#isRunning) void this.#run();
    else this.#sleeping.abort();
    return () => {
      group.listeners.delete(own);
      if (group.listeners.size === 0 && this.#groups.get(track) === group) this.#groups.delete(track);
      if (this.#groups.size === 0) this.#sleeping.abort();
    };
  }

  #newGroup(track: SceneTrack): Group {
    const schedule = new FrameSchedule(track);
    const group = {
      schedule,
      listeners: new Set<DueListener>(),
      lastTold: schedule.latestDue(this.#clock.now()),
    };
    this.#groups.set(track, group);
    return group;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#groups.size > 0) {
      const nextDueAt = this.#tellAll();
      const waitMs = Math.min(longestSleepMs, Math.ceil(nextDueAt - this.#clock.now()));
      if (waitMs <= 0) continue;
      this.#sleeping = new AbortController();
      await this.#clock.sleep(waitMs, this.#sleeping.signal).catch(wokenEarly);
    }
    this.#isRunning = false;
  }

  /** Tells what has become due and gives the time of the next frame. A clock that was set back starts anew from there. */
  #tellAll(): number {
    const now = this.#clock.now();
    let nextDueAt = Infinity;
    for (const group of this.#groups.values()) {
      const latest = group.schedule.latestDue(now);
      if (latest !== group.lastTold) {
        group.lastTold = latest;
        for (const listener of group.listeners) listener(latest);
      }
      nextDueAt = Math.min(nextDueAt, group.schedule.dueAt(latest + 1));
    }
    return nextDueAt;
  }
}

/** A sleep that was cut short because the list of listeners changed is not a fault. */
function wokenEarly(): void {}
