import { utilityProcess, type MessagePortMain, type UtilityProcess } from "electron";
import type { Clock } from "../../../shared/base/clock.ts";
import { supervise, type AttemptFailure } from "../../../shared/base/supervise.ts";
import { Topic } from "../../../shared/base/topic.ts";
import { MediaReport, type MediaCommand } from "../../../shared/contract/media-port.ts";
import type { Log } from "../../../shared/model/log.ts";

export interface MediaProcessDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The built entry of the media process. */
  readonly file: string;
  /** Gives each open window a new channel's end and answers the other; called when the process is ready. */
  readonly windows: () => readonly { readonly windowId: number; readonly port: MessagePortMain }[];
}

/** A crash comes back fast: pictures are gone until then. */
const policy = { firstMs: 250, maxMs: 10_000, jitter: 0.2, healthyAfterMs: 60_000 };

/**
 * The utility process that fetches pictures, kept running: when it dies it is started again with backoff, says
 * `ready`, is given the windows anew, and whoever configures it does so on `ready`.
 */
export class MediaProcess {
  readonly #deps: MediaProcessDeps;
  /** Everything the process says; `ready` comes after each start. */
  readonly reports = new Topic<MediaReport>();
  /** It ended without being asked to. */
  readonly failed = new Topic<AttemptFailure>();
  #child: UtilityProcess | undefined;
  #isReady = false;
  #ends = new AbortController();
  #running: Promise<void> | undefined;

  constructor(deps: MediaProcessDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#ends = new AbortController();
    this.#running = supervise((signal, healthy) => this.#run(signal, healthy), {
      clock: this.#deps.clock,
      signal: this.#ends.signal,
      policy,
      onFailure: (failure) => {
        const why = failure.error instanceof Error ? failure.error.message : String(failure.error);
        this.#deps.log.error("the media process ended", { why, attempt: failure.attempt });
        this.failed.publish(failure);
      },
    });
  }

  /** Asks it to stop, waits 2 s, then ends it. Idempotent. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#ends.abort(new Error("stopping"));
    if (child !== undefined) {
      this.#post(child, { type: "stop" });
      const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      await Promise.race([exited, this.#deps.clock.sleep(2_000)]);
      child.kill();
    }
    await this.#running;
  }

  /** Its process id while it runs; tests kill it by this. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Sends a command; while the process is down it is dropped, because `ready` makes everything be sent again. */
  send(command: MediaCommand): void {
    if (this.#isReady && this.#child !== undefined) this.#post(this.#child, command);
  }

  attachWindow(windowId: number, port: MessagePortMain): void {
    if (!this.#isReady || this.#child === undefined) {
      port.close();
      return;
    }
    this.#child.postMessage({ type: "attach-window", windowId } satisfies MediaCommand, [port]);
  }

  detachWindow(windowId: number): void {
    this.send({ type: "detach-window", windowId });
  }

  #post(child: UtilityProcess, command: MediaCommand): void {
    child.postMessage(command);
  }

  async #run(signal: AbortSignal, healthy: () => void): Promise<void> {
    const child = utilityProcess.fork(this.#deps.file, [], {
      serviceName: "Watchfloor media",
      stdio: "pipe",
    });
    this.#child = child;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#deps.log.warn("media process", { stderr: chunk.toString("utf8").trimEnd().slice(0, 2_000) });
    });
    child.stdout?.resume();
    child.on("message", (message: unknown) => this.#hear(message, healthy));
    try {
      const code = await new Promise<number>((resolve) => child.once("exit", resolve));
      if (!signal.aborted) throw new Error(`the media process ended with code ${code}`);
    } finally {
      this.#isReady = false;
      this.#child = undefined;
    }
  }

  #hear(message: unknown, healthy: () => void): void {
    const parsed = MediaReport.safeParse(message);
    if (!parsed.success) {
      this.#deps.log.warn("the media process said something that is not in the contract");
      return;
    }
    const report = parsed.data;
    if (report.type === "log") {
      this.#deps.log[report.level](report.message, { process: "media", ...report.fields });
    }
    if (report.type === "ready") {
      this.#isReady = true;
      healthy();
      for (const { windowId, port } of this.#deps.windows()) this.attachWindow(windowId, port);
    }
    this.reports.publish(report);
  }
}
