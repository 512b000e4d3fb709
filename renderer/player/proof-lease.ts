/** Room for the page's own beat, which takes a claim back in words before the lease does, ms. */
const graceMs = 200;
/** From the first trace of the veil to the whole of it, ms. */
const fadeMs = 150;
const longestMs = 60_000;
const renewBelowMs = 1_200;
const hiddenUntil = 1 - fadeMs / longestMs;

/**
 * Keeps a veil off a picture for as long as what was seen of it proves its claim, and no longer.
 *
 * The veil is drawn unless an animation of its opacity holds it away. The browser runs that animation in its
 * compositor: it runs out at its time even when the page's main thread gets no processor time to take the claim
 * back. It is an animation by script, so that "reduce motion" does not touch it; its start is set and not left to the
 * next frame, so that a page that stops right after a renewal gains nothing. Without a lease the veil is visible.
 */
export class ProofLease {
  readonly #animation: Animation;
  readonly #nowMs: () => number;
  #endsMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs the clock of `hold`, which must be the page's own (`performance.now`) */
  constructor(veil: Element, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#animation = veil.animate([{ opacity: 0 }, { opacity: 0, offset: hiddenUntil }, { opacity: 1 }], {
      duration: longestMs,
      fill: "both",
    });
    this.#animation.startTime = -longestMs;
  }

  /**
   * The claim holds until `endsMs`. Cheap to call often: a lease with over 1.2 s left is not renewed.
   */
  hold(endsMs: number): void {
    const leftMs = this.#endsMs - this.#nowMs();
    if (endsMs >= this.#endsMs && leftMs > renewBelowMs) return;
    this.#endsMs = endsMs;
    this.#animation.startTime = endsMs + graceMs + fadeMs - longestMs;
  }

  /** Gives the veil back to its own style: visible. */
  drop(): void {
    this.#animation.cancel();
  }
}
