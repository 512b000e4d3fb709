import type { Log } from "../../../shared/model/log.ts";
import type { NoticesService } from "./notices-service.ts";

/** Catches what nobody handled in the main process: written down and said, and the pictures go on. */
export class FaultNet {
  readonly #log: Log;
  readonly #notices: NoticesService;

  constructor(deps: { readonly log: Log; readonly notices: NoticesService }) {
    this.#log = deps.log;
    this.#notices = deps.notices;
  }

  start(): void {
    process.on("uncaughtException", this.#survive);
    process.on("unhandledRejection", this.#survive);
  }

  stop(): void {
    process.off("uncaughtException", this.#survive);
    process.off("unhandledRejection", this.#survive);
  }

  readonly #survive = (fault: unknown): void => {
    const error = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    this.#log.error("unhandled fault", { error });
    this.#notices.say("warning", "notice.fault", "Details are in the log.", 60_000);
  };
}
