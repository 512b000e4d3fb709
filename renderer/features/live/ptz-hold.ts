/** Speed of each axis, −1 … 1. */
export interface PtzSpeed {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface PtzHoldDeps {
  readonly move: (speed: PtzSpeed) => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

/** Who is told how the hold goes. */
export interface PtzHoldEars {
  /** The camera was not moved or not stopped; the hold has ended. */
  readonly onFailure: (error: unknown) => void;
  /** Whether the camera moves for this window. */
  readonly onMoving: (isMoving: boolean) => void;
}

/** Well within the second after which main stops a move by itself (`ptzRenewMs`). */
const renewEveryMs = 400;
const wheelMs = 250;

/** Moves a camera while something is held down: keys, buttons, the wheel; several at once add up. */
export class PtzHold {
  readonly #deps: PtzHoldDeps;
  #ears: PtzHoldEars | undefined;
  readonly #holds = new Map<string, PtzSpeed>();
  #renewal: ReturnType<typeof setInterval> | undefined;
  #wheelEnd: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PtzHoldDeps) {
    this.#deps = deps;
  }

  /** Tells of failures and moves until `stop`. */
  start(ears: PtzHoldEars): void {
    this.#ears = ears;
  }

  /** Lets everything go. */
  stop(): void {
    this.releaseAll();
    this.#ears = undefined;
  }

  get isMoving(): boolean {
    return this.#holds.size > 0;
  }

  /** Begins to hold; `id` names the key or button. */
  press(id: string, speed: PtzSpeed): void {
    this.#holds.set(id, speed);
    if (this.#renewal === undefined) this.#ears?.onMoving(true);
    clearInterval(this.#renewal);
    this.#renewal = setInterval(() => this.#move(), renewEveryMs);
    this.#move();
  }

  /** Lets go; the camera stops when nothing is held any more. */
  release(id: string): void {
    if (!this.#holds.delete(id)) return;
    if (this.#holds.size > 0) this.#move();
    else this.#end();
  }

  /** A turn of the wheel moves for a moment; the next one prolongs it. */
  wheel(zoom: number): void {
    clearTimeout(this.#wheelEnd);
    this.#wheelEnd = setTimeout(() => this.release("wheel"), wheelMs);
    if (this.#holds.get("wheel")?.zoom !== zoom) this.press("wheel", { pan: 0, tilt: 0, zoom });
  }

  releaseAll(): void {
    clearTimeout(this.#wheelEnd);
    if (this.#holds.size === 0) return;
    this.#holds.clear();
    this.#end();
  }

  #move(): void {
    const speeds = [...this.#holds.values()];
    const sum = (axis: keyof PtzSpeed): number =>
      Math.min(
        1,
        Math.max(
          -1,
          speeds.reduce((all, speed) => all + speed[axis], 0),
        ),
      );
    this.#deps
      .move({ pan: sum("pan"), tilt: sum("tilt"), zoom: sum("zoom") })
      .catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (!this.isMoving) return;
    clearTimeout(this.#wheelEnd);
    this.#holds.clear();
    this.#end("said");
    this.#ears?.onFailure(error);
  }

  #end(failure: "unsaid" | "said" = "unsaid"): void {
    clearInterval(this.#renewal);
    this.#renewal = undefined;
    this.#ears?.onMoving(false);
    const ears = failure === "unsaid" ? this.#ears : undefined;
    this.#deps.stop().catch((error: unknown) => {
      ears?.onFailure(error);
    });
  }
}
