import type { Clock } from "../../../shared/base/clock.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { DemoService } from "./demo-service.ts";
import { waitForFirstPicture } from "./first-picture.ts";
import type { ReportService } from "./report-service.ts";

export interface UnattendedRunDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly demo: DemoService;
  readonly report: ReportService;
  readonly liveTiles: () => number;
  /** Says a line to whoever watches the terminal. */
  readonly say: (line: string) => void;
  /** Ends the application with this exit code. */
  readonly quit: (code: number) => void;
}

/** What the command line asked for. */
export interface UnattendedWish {
  readonly demo: boolean;
  readonly cameras: number;
  readonly reportSeconds: number | undefined;
}

/** Runs what the command line asked for beside the console: the demo site, a report on stdout. */
export class UnattendedRun {
  readonly #deps: UnattendedRunDeps;
  readonly #ends = new AbortController();

  constructor(deps: UnattendedRunDeps) {
    this.#deps = deps;
  }

  /** @param startedAt when the person's command began, ms UTC. */
  start(wish: UnattendedWish, startedAt: number): void {
    if (wish.demo) {
      this.#inTheBackground(this.#showDemo(wish.cameras));
      this.#inTheBackground(this.#timeFirstPicture(startedAt));
    }
    if (wish.reportSeconds !== undefined) {
      this.#inTheBackground(this.#report(wish.reportSeconds, wish.demo ? wish.cameras : undefined));
    }
  }

  stop(): void {
    this.#ends.abort(new Error("stopping"));
  }

  async #showDemo(cameras: number): Promise<void> {
    const { log, demo, say } = this.#deps;
    const started = await demo.start(cameras);
    if (started.ok) return;
    log.error("demo site did not start", { why: started.error });
    say(`The demo site did not start: ${started.error}`);
  }

  async #timeFirstPicture(startedAt: number): Promise<void> {
    const { clock, log, liveTiles, say } = this.#deps;
    const afterMs = await waitForFirstPicture({ clock, liveTiles }, startedAt, this.#ends.signal);
    log.info("first moving picture", { afterMs: Math.round(afterMs) });
    say(`First moving picture ${(afterMs / 1_000).toFixed(1)} s after the start`);
  }

  async #report(seconds: number, cameras: number | undefined): Promise<void> {
    this.#deps.quit(await this.#deps.report.run(seconds, cameras, this.#ends.signal));
  }

  #inTheBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (this.#ends.signal.aborted) return;
      this.#deps.log.error("unattended run failed", { why: String(error) });
    });
  }
}
