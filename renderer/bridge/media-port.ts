import { MediaMessage, type MediaRequest } from "../../shared/contract/media-port.ts";

type PlaybackOrder = Omit<Extract<MediaRequest, { type: "open-playback" }>, "type" | "subscription">;
type ReplayOrder = Omit<Extract<MediaRequest, { type: "open-replay" }>, "subscription">;
type RecordedOrder = ReplayOrder | Omit<Extract<MediaRequest, { type: "open-playback" }>, "subscription">;
type Order = Omit<Extract<MediaRequest, { type: "open" }>, "type" | "subscription">;
/** `reset`: the media process started anew; what was received before has no continuation. */
type News = Extract<MediaMessage, { type: "status" | "init" | "fragment" }> | { readonly type: "reset" };
interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array | null;
}

interface Subscription {
  appended(sequence: number): void;
  /** Asks for a file of standard mode. Rejects when the signal aborts; status 503 when the media process went away. */
  get(path: string, signal: AbortSignal): Promise<Answer>;
  close(): void;
}

interface Asked {
  readonly subscription: number;
  answer(answer: Answer): void;
}

const gone: Answer = { status: 503, contentType: "text/plain", bytes: null };

/**
 * The pictures' way into this window: one port to the media process, replaced when that was started again.
 *
 * Orders outlive the port: each is made again on the new one, after its holder was told `reset`.
 */
export class MediaPort {
  readonly #orders = new Map<number, { readonly order: Order; readonly onNews: (news: News) => void }>();
  readonly #playbacks = new Map<number, () => void>();
  readonly #asked = new Map<number, Asked>();
  readonly #onFault: (error: Error) => void;
  #port: MessagePort | undefined;
  #nextSubscription = 0;
  #nextRequest = 0;

  constructor(onFault: (error: Error) => void) {
    this.#onFault = onFault;
  }

  /** A port has come: the first one, or one to a media process that was started again. */
  attach(port: MessagePort): void {
    const isFirst = this.#port === undefined;
    this.#port?.close();
    this.#port = port;
    for (const asked of this.#asked.values()) asked.answer(gone);
    this.#asked.clear();
    port.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (this.#port === port) this.#hear(event.data);
    });
    port.start();
    const lost = isFirst ? [] : [...this.#playbacks.values()];
    if (!isFirst) this.#playbacks.clear();
    for (const onLost of lost) onLost();
    for (const [subscription, { order, onNews }] of this.#orders) {
      if (!isFirst) onNews({ type: "reset" });
      if (this.#orders.has(subscription)) this.#post({ type: "open", subscription, ...order });
    }
  }

  /** What is remembered of a channel that is shown live; a media process that was started again has forgotten it. */
  openReplay(channelId: ReplayOrder["channelId"]): Pick<Subscription, "get" | "close"> {
    return this.#openRecorded({ type: "open-replay", channelId }, () => undefined);
  }

  /**
   * Opens one recorded channel of a playback that main has allowed. A media process that was started again knows
   * nothing of it: `onLost` is called once, and main has to be asked anew.
   */
  openPlayback(order: PlaybackOrder, onLost: () => void): Pick<Subscription, "get" | "close"> {
    return this.#openRecorded({ type: "open-playback", ...order }, onLost);
  }

  #openRecorded(order: RecordedOrder, onLost: () => void): Pick<Subscription, "get" | "close"> {
    const subscription = this.#nextSubscription++;
    this.#playbacks.set(subscription, onLost);
    this.#post({ ...order, subscription });
    return {
      get: (path, signal) => this.#get(subscription, path, signal),
      close: () => {
        if (this.#playbacks.delete(subscription)) this.#closed(subscription);
      },
    };
  }

  /** Orders a stream; news come until `close`. */
  open(order: Order, onNews: (news: News) => void): Subscription {
    const subscription = this.#nextSubscription++;
    this.#orders.set(subscription, { order, onNews });
    this.#post({ type: "open", subscription, ...order });
    return {
      appended: (sequence) => this.#post({ type: "appended", subscription, sequence }),
      get: (path, signal) => this.#get(subscription, path, signal),
      close: () => {
        if (this.#orders.delete(subscription)) this.#closed(subscription);
      },
    };
  }

  #closed(subscription: number): void {
    this.#post({ type: "close", subscription });
    for (const [request, asked] of this.#asked) {
      if (asked.subscription !== subscription) continue;
      this.#asked.delete(request);
      asked.answer(gone);
    }
  }

  #post(request: MediaRequest): void {
    this.#port?.postMessage(request);
  }

  #get(subscription: number, path: string, signal: AbortSignal): Promise<Answer> {
    const isOpen = this.#orders.has(subscription) || this.#playbacks.has(subscription);
    if (this.#port === undefined || !isOpen) return Promise.resolve(gone);
    const request = this.#nextRequest++;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const cancel = (): void => {
        this.#asked.delete(request);
        this.#post({ type: "cancel", request });
        reject(signal.reason);
      };
      signal.addEventListener("abort", cancel, { once: true });
      this.#asked.set(request, {
        subscription,
        answer: (answer) => {
          signal.removeEventListener("abort", cancel);
          resolve(answer);
        },
      });
      this.#post({ type: "get", request, subscription, path });
    });
  }

  #hear(data: unknown): void {
    const parsed = MediaMessage.safeParse(data);
    if (!parsed.success) {
      this.#onFault(new Error("the media process sent something that is not in the contract"));
      return;
    }
    const message = parsed.data;
    if (message.type === "response") {
      const asked = this.#asked.get(message.request);
      this.#asked.delete(message.request);
      asked?.answer({ status: message.status, contentType: message.contentType, bytes: message.bytes });
      return;
    }
    this.#orders.get(message.subscription)?.onNews(message);
  }
}
