/** Values a log line may hold; secrets are never among them. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** One line a fact: `log.info("camera adopted", { device: id, attempt: 1 })`. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
