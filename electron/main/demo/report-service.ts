import type { Clock } from "../../../shared/base/clock.ts";
import type { Log } from "../../../shared/model/log.ts";
import { RunReport, type Moment } from "./run-report.ts";

export interface ReportServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Everything that is counted, as of now. */
  readonly look: () => Promise<Moment>;
  /** Writes one line to stdout. */
  readonly print: (line: string) => void;
  /** Keeps a picture of every window under this name; undefined: none are wanted. */
  readonly shoot: ((name: string) => Promise<void>) | undefined;
}

const everyMs = 1_000;

/** Says on stdout how an unattended run goes: one JSON line a second and a last one that adds up. */
export class ReportService {
  readonly #deps: ReportServiceDeps;

  constructor(deps: ReportServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Reports for so many seconds. Answers the exit code: 0 only if at the end each of `cameras` was live, or each
   * that is adopted when no number is given.
   * Rejects with the signal's reason when it aborts.
   */
  async run(seconds: number, cameras: number | undefined, signal: AbortSignal): Promise<0 | 1> {
    const { clock, look, print } = this.#deps;
    const report = new RunReport();
    const startedMs = clock.monotonicMs();
    let areAllLive = false;
    for (let second = 1; second <= seconds; second += 1) {
      await clock.sleep(Math.max(0, startedMs + second * everyMs - clock.monotonicMs()), signal);
      const line = report.add(await look());
      print(JSON.stringify(line));
      if (!areAllLive && report.isComplete(cameras)) {
        areAllLive = true;
        await this.#shoot("all-live");
      }
    }
    await this.#shoot("last");
    print(JSON.stringify(report.total()));
    return report.isComplete(cameras) ? 0 : 1;
  }

  async #shoot(name: string): Promise<void> {
    try {
      await this.#deps.shoot?.(name);
    } catch (error) {
      this.#deps.log.error("no picture of the window", { why: String(error) });
    }
  }
}
