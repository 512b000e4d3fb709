/** How long to wait between attempts. */
export interface BackoffPolicy {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Share of the delay by which it is moved at random, 0.2 = ±20 %. */
  readonly jitter: number;
  /** After this long without failure the next delay starts at `firstMs` again. */
  readonly healthyAfterMs: number;
}

/** 1 s doubling to 60 s, ±20 %, forgotten after 60 s of health: the one policy for devices. */
export const deviceBackoff: BackoffPolicy = {
  firstMs: 1_000,
  maxMs: 60_000,
  jitter: 0.2,
  healthyAfterMs: 60_000,
};

/**
 * Delay in ms before attempt number `attempt` (1 = the first retry).
 *
 * @param random a number in [0, 1), passed in so that tests are exact.
 */
export function backoffDelayMs(policy: BackoffPolicy, attempt: number, random: number): number {
  const plain = Math.min(policy.maxMs, policy.firstMs * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.round(plain * (1 - policy.jitter + 2 * policy.jitter * random));
}
