type Heard = (event: MessageEvent) => void;

/** A port that can be written to before it exists: what is posted waits until `attach`. */
export class LatePort {
  readonly #waiting: unknown[] = [];
  readonly #heard = new Set<Heard>();
  #port: MessagePort | undefined;

  /** The one thing oRPC listens for is `message`; `close` never comes for a port of this page. */
  addEventListener(type: string, listener: Heard): void {
    if (type === "message") this.#heard.add(listener);
  }

  postMessage(message: unknown): void {
    if (this.#port === undefined) this.#waiting.push(message);
    else this.#port.postMessage(message);
  }

  /** The port has come: sends what waited, in order. */
  attach(port: MessagePort): void {
    this.#port = port;
    port.addEventListener("message", (event) => {
      for (const listener of this.#heard) listener(event);
    });
    port.start();
    for (const message of this.#waiting.splice(0)) port.postMessage(message);
  }
}
