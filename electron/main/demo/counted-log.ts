import type { Log, LogFields } from "../../../shared/model/log.ts";

/** A log that counts its errors for the report of an unattended run. */
export class CountedLog implements Log {
  readonly #log: Log;
  #errors = 0;

  constructor(deps: { readonly log: Log }) {
    this.#log = deps.log;
  }

  /** Error lines so far. */
  get errors(): number {
    return this.#errors;
  }

  debug(message: string, fields?: LogFields): void {
    this.#log.debug(message, fields);
  }
  info(message: string, fields?: LogFields): void {
    this.#log.info(message, fields);
  }
  warn(message: string, fields?: LogFields): void {
    this.#log.warn(message, fields);
  }
  error(message: string, fields?: LogFields): void {
    this.#errors += 1;
    this.#log.error(message, fields);
  }
}
