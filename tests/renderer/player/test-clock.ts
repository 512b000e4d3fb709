/** Both clocks of a computer, moved by hand. */
export class TestClock {
  wallMs = 1_700_000_000_000;
  monotonic = 10_000;
  now(): number {
    return this.wallMs;
  }
  monotonicMs(): number {
    return this.monotonic;
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonic += ms;
  }
}
