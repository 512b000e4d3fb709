/** A datagram as received, not yet looked at. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly sender: string;
  /** Monotonic ms. */
  readonly receivedMs: number;
  /** Address of the card whose socket received it. */
  readonly interfaceAddress: string;
  /** True when it came to the port of Hello and Bye, not as the answer to a probe. */
  readonly isAnnouncement: boolean;
}

/** How much is held before it is parsed, and how much one sender may send altogether. */
export interface InboxLimits {
  readonly maxCount: number;
  readonly maxBytes: number;
  /** Of one sender waiting at the same time. */
  readonly maxWaitingPerSender: number;
  /** Of one sender within `windowMs`. */
  readonly maxPerSender: number;
  readonly windowMs: number;
}

/** Room for a burst of a thousand devices; one sender may answer for a recorder with 64 cameras. */
export const inboxLimits: InboxLimits = {
  maxCount: 8_192,
  maxBytes: 16 * 1024 * 1024,
  maxWaitingPerSender: 256,
  maxPerSender: 512,
  windowMs: 10_000,
};

/** Why a datagram was not kept. */
export type InboxRefusal = "flood" | "full";

const maxSenders = 20_000;

/**
 * First in, first out store between the socket and the parser: bounded in count, bytes and per sender.
 *
 * Receiving must do nothing but `put`: parsing in the receive path loses half of a burst, because the
 * kernel's buffer fills meanwhile.
 */
export class Inbox {
  readonly #limits: InboxLimits;
  #waiting: Datagram[] = [];
  #head = 0;
  #bytes = 0;
  readonly #senders = new Map<string, { waiting: number; total: number; sinceMs: number }>();

  constructor(limits: InboxLimits = inboxLimits) {
    this.#limits = limits;
  }

  /** Number of datagrams not yet taken. */
  get size(): number {
    return this.#waiting.length - this.#head;
  }

  /** Keeps the datagram, or says why not. */
  put(datagram: Datagram): InboxRefusal | undefined {
    const limits = this.#limits;
    const sender = this.#sender(datagram.sender, datagram.receivedMs);
    if (sender === undefined) return "full";
    sender.total += 1;
    if (sender.total > limits.maxPerSender || sender.waiting >= limits.maxWaitingPerSender) return "flood";
    if (this.size >= limits.maxCount || this.#bytes + datagram.bytes.length > limits.maxBytes) return "full";
    sender.waiting += 1;
    this.#bytes += datagram.bytes.length;
    this.#waiting.push(datagram);
    return undefined;
  }

  /** The oldest waiting datagram, or undefined. */
  take(): Datagram | undefined {
    const datagram = this.#waiting[this.#head];
    if (datagram === undefined) return undefined;
    this.#head += 1;
    if (this.#head === this.#waiting.length || this.#head > 1024) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    this.#bytes -= datagram.bytes.length;
    const sender = this.#senders.get(datagram.sender);
    if (sender !== undefined) sender.waiting -= 1;
    return datagram;
  }

  #sender(address: string, nowMs: number): { waiting: number; total: number } | undefined {
    const known = this.#senders.get(address);
    if (known !== undefined) {
      if (nowMs - known.sinceMs > this.#limits.windowMs) {
        known.total = 0;
        known.sinceMs = nowMs;
      }
      return known;
    }
    if (this.#senders.size >= maxSenders) this.#forgetOldSenders(nowMs);
    if (this.#senders.size >= maxSenders) return undefined;
    const fresh = { waiting: 0, total: 0, sinceMs: nowMs };
    this.#senders.set(address, fresh);
    return fresh;
  }

  #forgetOldSenders(nowMs: number): void {
    for (const [address, sender] of this.#senders) {
      if (sender.waiting === 0 && nowMs - sender.sinceMs > this.#limits.windowMs)
        this.#senders.delete(address);
    }
  }
}
