import { backoffDelayMs, deviceBackoff, type BackoffPolicy } from "./backoff.ts";
import type { Clock } from "./clock.ts";

/** What a supervised attempt says about its own end when it failed. */
export interface AttemptFailure {
  readonly error: unknown;
  /** 1 for the first failure since it was last healthy. */
  readonly attempt: number;
  /** When the next attempt starts (ms UTC), or undefined when it waits for a person. */
  readonly retryAt: number | undefined;
}

/** Thrown by an attempt that must not be repeated by itself: wrong password, unsupported codec. */
export class NeedsPersonError extends Error {
  override readonly name = "NeedsPersonError";
}

export interface SuperviseOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly policy?: BackoffPolicy;
  readonly random?: () => number;
  readonly onFailure?: (failure: AttemptFailure) => void;
  /** Resolves to try again at once (a person asked, the address changed). Called before each wait. */
  readonly wake?: (signal: AbortSignal) => Promise<void>;
}

/**
 * The only retry loop of the product: runs `attempt` until the signal aborts.
 *
 * An attempt that returns or throws is repeated after the policy's delay; one that throws
 * `NeedsPersonError` waits for `wake`. Health is measured from the moment the attempt calls `healthy()`.
 * Resolves when the signal aborts; never rejects.
 */
export async function supervise(
  attempt: (signal: AbortSignal, healthy: () => void) => Promise<void>,
  options: SuperviseOptions,
): Promise<void> {
  const { clock, signal, policy = deviceBackoff, random = Math.random, onFailure, wake } = options;
  let failures = 0;
  while (!signal.aborted) {
    let healthySince: number | undefined;
    let error: unknown = new Error("ended by itself");
    try {
      await attempt(signal, () => {
        healthySince ??= clock.monotonicMs();
      });
    } catch (thrown) {
      error = thrown;
    }
    if (signal.aborted) return;
    const wasHealthy =
      healthySince !== undefined && clock.monotonicMs() - healthySince >= policy.healthyAfterMs;
    failures = wasHealthy ? 1 : failures + 1;
    const waitsForPerson = error instanceof NeedsPersonError;
    const delayMs = backoffDelayMs(policy, failures, random());
    onFailure?.({ error, attempt: failures, retryAt: waitsForPerson ? undefined : clock.now() + delayMs });
    await pause(clock, signal, waitsForPerson ? undefined : delayMs, wake);
  }
}

async function pause(
  clock: Clock,
  signal: AbortSignal,
  delayMs: number | undefined,
  wake: SuperviseOptions["wake"],
): Promise<void> {
  const ends = new AbortController();
  const end = (): void => ends.abort(new Error("wait over"));
  signal.addEventListener("abort", end, { once: true });
  const waits: Promise<void>[] = [];
  if (delayMs !== undefined) waits.push(clock.sleep(delayMs, ends.signal));
  if (wake !== undefined) waits.push(wake(ends.signal));
  if (delayMs === undefined && wake === undefined) {
    waits.push(
      new Promise((resolve) => ends.signal.addEventListener("abort", () => resolve(), { once: true })),
    );
  }
  try {
    await Promise.race(waits.map((wait) => wait.catch(ignoreAbort)));
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/** A wait that was cut short by its own signal is not a fault. */
function ignoreAbort(): void {}
