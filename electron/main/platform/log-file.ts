import fs from "node:fs";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import type { Clock } from "../../../shared/base/clock.ts";
import type { Log, LogFields } from "../../../shared/model/log.ts";
import { logLine } from "./redaction.ts";

export interface LogFileDeps {
  readonly clock: Clock;
  readonly folder: string;
  /** Also prints warnings and errors to stderr: runs from a terminal, tests. */
  readonly mirror: boolean;
}

type Level = "debug" | "info" | "warn" | "error";

/** The console's log: `watchfloor.log`, a new file at 5 MB, six old ones kept. A full disk costs lines, not the run. */
export class LogFile implements Log {
  readonly #deps: LogFileDeps;
  #stream: RotatingFileStream | undefined;

  constructor(deps: LogFileDeps) {
    this.#deps = deps;
  }

  get folder(): string {
    return this.#deps.folder;
  }

  start(): void {
    try {
      fs.mkdirSync(this.#deps.folder, { recursive: true });
      const stream = createStream("watchfloor.log", {
        path: this.#deps.folder,
        size: "5M",
        maxFiles: 6,
      });
      stream.on("error", (error) => this.#giveUp(error));
      this.#stream = stream;
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Writes what is buffered and closes the file. */
  async stop(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    if (stream === undefined) return;
    await new Promise<void>((resolve) => {
      stream.once("error", () => resolve());
      stream.end(() => resolve());
    });
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#write("debug", message, fields);
  }
  info(message: string, fields: LogFields = {}): void {
    this.#write("info", message, fields);
  }
  warn(message: string, fields: LogFields = {}): void {
    this.#write("warn", message, fields);
  }
  error(message: string, fields: LogFields = {}): void {
    this.#write("error", message, fields);
  }

  #write(level: Level, message: string, fields: LogFields): void {
    const line = logLine(this.#deps.clock.now(), level, message, fields);
    this.#stream?.write(line);
    if (this.#deps.mirror && (level === "warn" || level === "error")) process.stderr.write(line);
  }

  #giveUp(error: unknown): void {
    this.#stream = undefined;
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(logLine(this.#deps.clock.now(), "error", "the log cannot be written", { why }));
  }
}
