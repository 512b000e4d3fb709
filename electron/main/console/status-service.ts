import type { Clock } from "../../../shared/base/clock.ts";
import { Topic } from "../../../shared/base/topic.ts";
import type { SiteStatus } from "../../../shared/contract/app.ts";

export interface StatusServiceDeps {
  readonly clock: Clock;
  /** Counts the cameras as they are now. */
  readonly count: () => SiteStatus;
}

/** A picture grows stale by time alone, so it is looked at, not waited for. */
const everyMs = 500;

/** The status bar's counts for every window: looked at twice a second, told when they changed. */
export class StatusService {
  readonly #deps: StatusServiceDeps;
  readonly #ends = new AbortController();
  readonly changed = new Topic<SiteStatus>();
  #last = "";
  #work: Promise<void> = Promise.resolve();

  constructor(deps: StatusServiceDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#work = this.#watch(this.#ends.signal);
  }

  async stop(): Promise<void> {
    this.#ends.abort(new Error("stopping"));
    await this.#work;
  }

  get current(): SiteStatus {
    return this.#deps.count();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { current } = this;
      const words = JSON.stringify(current);
      if (words !== this.#last) this.changed.publish(current);
      this.#last = words;
      try {
        await this.#deps.clock.sleep(everyMs, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }
}
