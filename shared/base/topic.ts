/** What a subscriber gets back: call it once to stop hearing. */
export type Unsubscribe = () => void;

/**
 * A typed stream of past-tense facts, published after they are true.
 *
 * Subscribers are called in the order they subscribed, in the publisher's turn. One that throws does not
 * keep the others from hearing: its error goes to `onError`.
 */
export class Topic<T> {
  readonly #subscribers = new Set<(fact: T) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void = rethrowLater) {
    this.#onError = onError;
  }

  /** Number of subscribers now; tests use it to find leaks. */
  get size(): number {
    return this.#subscribers.size;
  }

  publish(fact: T): void {
    const subscribers = [...this.#subscribers];
    for (const subscriber of subscribers) {
      try {
        subscriber(fact);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe(subscriber: (fact: T) => void): Unsubscribe {
    const own = (fact: T): void => subscriber(fact);
    this.#subscribers.add(own);
    return () => {
      this.#subscribers.delete(own);
    };
  }
}

declare function queueMicrotask(callback: () => void): void;

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
