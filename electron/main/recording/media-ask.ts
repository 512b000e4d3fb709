import type { Clock } from "../../../shared/base/clock.ts";
import type { Topic } from "../../../shared/base/topic.ts";
import type { MediaCommand, MediaReport } from "../../../shared/contract/media-port.ts";

/** The media process as recording sees it. */
export interface MediaLink {
  send(command: MediaCommand): void;
  readonly reports: Topic<MediaReport>;
}

/**
 * Sends a command and waits for the report that answers it; undefined when none came in time, or the process was
 * started again meanwhile.
 */
export async function askMedia<T>(
  media: MediaLink,
  clock: Clock,
  command: MediaCommand,
  answer: (report: MediaReport) => T | undefined,
  limitMs: number,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const over = new AbortController();
  const end = (): void => over.abort(new Error("asked enough"));
  signal?.addEventListener("abort", end, { once: true });
  let found: T | undefined;
  const unsubscribe = media.reports.subscribe((report) => {
    found ??= answer(report);
    if (found !== undefined || report.type === "ready") end();
  });
  try {
    if (signal?.aborted === true) return undefined;
    media.send(command);
    await clock.sleep(limitMs, over.signal).catch(ignoreAbort);
    return found;
  } finally {
    unsubscribe();
    signal?.removeEventListener("abort", end);
  }
}

/** The wait ended because the answer came. */
function ignoreAbort(): void {}
