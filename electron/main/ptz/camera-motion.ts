import type { Clock } from "../../../shared/base/clock.ts";
import { ptzRenewMs } from "../../../shared/contract/ptz.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { PtzControl, PtzVelocity } from "../../drivers/onvif/ptz-control.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";

export interface CameraMotionDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** For the log. */
  readonly channelId: string;
  readonly head: Pick<PtzControl, "continuousMove" | "stop">;
}

/** A move that goes on is told to the camera again this often: well before the camera stops by itself. */
const repeatMs = 800;
const stopAgainMs = 1_000;
const stopTries = 5;

/**
 * One camera's head as the windows move it. One request at a time, the latest wish wins, and a stop overtakes.
 *
 * Dead-man rule: a move not renewed within `ptzRenewMs` is stopped, whatever the camera or the window does
 * meanwhile. A stop the camera did not confirm is repeated.
 */
export class CameraMotion {
  readonly #deps: CameraMotionDeps;
  #windowId: number | undefined;
  #wanted: PtzVelocity | undefined;
  #told: { readonly velocity: PtzVelocity; readonly atMs: number } | undefined;
  #renewByMs = 0;
  #sending: Promise<void> | undefined;
  #moves = new AbortController();
  #guard = new AbortController();
  #stopping = new AbortController();
  #stopInFlight: Promise<void> | undefined;

  constructor(deps: CameraMotionDeps) {
    this.#deps = deps;
  }

  /** The window whose move goes on; undefined while nobody moves it. */
  get movedBy(): number | undefined {
    return this.#wanted === undefined ? undefined : this.#windowId;
  }

  /** Begins, changes or renews a move. Resolves when the camera has heard it or it was overtaken. Throws `SoapError`. */
  move(windowId: number, velocity: PtzVelocity): Promise<void> {
    const { clock } = this.#deps;
    const isNew = this.#wanted === undefined;
    this.#windowId = windowId;
    this.#wanted = velocity;
    this.#renewByMs = clock.monotonicMs() + ptzRenewMs;
    if (isNew) {
      this.#stopping.abort();
      this.#guard = new AbortController();
      void this.#watch(this.#guard.signal);
    }
    if (this.#sending !== undefined) return this.#sending;
    const sending = this.#sendAll(this.#moves.signal).finally(() => {
      if (this.#sending === sending) this.#sending = undefined;
    });
    this.#sending = sending;
    return sending;
  }

  /** Stops at once, before any move still under way; repeats it if the camera did not hear. Throws `SoapError`. */
  stop(): Promise<void> {
    const hasOvertaken = this.#sending !== undefined;
    this.#wanted = undefined;
    this.#told = undefined;
    this.#guard.abort();
    this.#moves.abort();
    this.#moves = new AbortController();
    this.#sending = undefined;
    this.#stopping.abort();
    this.#stopping = new AbortController();
    const first = this.#deps.head.stop();
    const over = first
      .catch(() => undefined) // Whoever asked for the stop is told.
      .finally(() => {
        if (this.#stopInFlight === over) this.#stopInFlight = undefined;
      });
    this.#stopInFlight = over;
    void this.#stopAgain(first, hasOvertaken, this.#stopping.signal);
    return first;
  }

  /** Ends all waiting; sends nothing. */
  close(): void {
    this.#wanted = undefined;
    for (const ends of [this.#guard, this.#moves, this.#stopping]) ends.abort();
  }

  async #sendAll(signal: AbortSignal): Promise<void> {
    const { clock, head } = this.#deps;
    // A stop that is still on its way must not arrive after this move.
    if (this.#stopInFlight !== undefined) await this.#stopInFlight;
    for (;;) {
      const wanted = this.#wanted;
      if (wanted === undefined || signal.aborted) return;
      const startedMs = clock.monotonicMs();
      const told = this.#told;
      if (told !== undefined && isSame(told.velocity, wanted) && startedMs - told.atMs < repeatMs) return;
      try {
        await head.continuousMove(wanted, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#giveUp(error);
        throw error;
      }
      if (signal.aborted) return;
      this.#told = { velocity: wanted, atMs: startedMs };
    }
  }

  /** The camera refused, or nobody knows whether it moves: then it is told to stop. */
  #giveUp(error: unknown): void {
    const { log, channelId } = this.#deps;
    log.warn("a camera was not moved", { channel: channelId, why: String(error) });
    const hasAnswered = error instanceof SoapError && (error.fault !== undefined || error.refusedLogin);
    if (hasAnswered && this.#told === undefined) {
      this.#wanted = undefined;
      this.#guard.abort();
      return;
    }
    this.stop().catch(() => undefined); // Told again by itself, and logged there.
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock, log, channelId } = this.#deps;
    try {
      for (let leftMs = ptzRenewMs; leftMs > 0; leftMs = this.#renewByMs - clock.monotonicMs()) {
        await clock.sleep(leftMs, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) return;
    log.warn("a camera's move was not renewed, it is stopped", { channel: channelId });
    this.stop().catch(() => undefined); // Told again by itself, and logged there.
  }

  /** A move that was overtaken may still arrive after the stop: then once more. */
  async #stopAgain(first: Promise<void>, hasOvertaken: boolean, signal: AbortSignal): Promise<void> {
    const { clock, log, channelId, head } = this.#deps;
    let failure = await outcomeOf(first);
    let isOpen = failure !== undefined || hasOvertaken;
    for (let tries = 1; isOpen && tries < stopTries; tries += 1) {
      if (failure?.refusedLogin === true || failure?.fault !== undefined) break;
      try {
        await clock.sleep(stopAgainMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      failure = await outcomeOf(head.stop(signal));
      if (signal.aborted) return;
      isOpen = failure !== undefined;
    }
    if (failure !== undefined) {
      log.warn("a camera did not confirm that it stops", { channel: channelId, why: failure.message });
    }
  }
}

async function outcomeOf(stop: Promise<void>): Promise<SoapError | undefined> {
  try {
    await stop;
    return undefined;
  } catch (error) {
    if (error instanceof SoapError) return error;
    return new SoapError({ reason: "internal", words: "the console itself failed", cause: error });
  }
}

function isSame(a: PtzVelocity, b: PtzVelocity): boolean {
  return a.pan === b.pan && a.tilt === b.tilt && a.zoom === b.zoom;
}
