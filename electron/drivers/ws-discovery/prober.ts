import { randomUUID } from "node:crypto";
import { isIPv6 } from "node:net";
import type { Clock } from "../../../shared/base/clock.ts";
import { Inbox, type Datagram } from "./inbox.ts";
import { buildProbe, DiscoveryMessageError, parseDiscoveryMessage } from "./message.ts";
import type { DiscoveryMessage, ProbeKind } from "./message.ts";
import type { NetworkCard } from "./network-cards.ts";
import { AnnouncementSocket, ProbeSocket, socketFailureWords } from "./sockets.ts";
import { probeMemoryMs, SentProbes, type ProbeReach } from "./sent-probes.ts";

/** A parsed message with where it came from. */
export interface Heard {
  readonly message: DiscoveryMessage;
  readonly sender: string;
  readonly interfaceAddress: string;
  readonly receivedMs: number;
  /** Which kind of probe it answers; null for Hello and Bye. */
  readonly answerTo: ProbeReach | null;
}

/** What the prober tells while it works. All are called outside of any socket's receive path. */
export interface ProberEvents {
  heard(heard: Heard): void;
  /** A datagram thrown away: the reason in plain words, and by whom. */
  ignored(reason: string, sender: string, interfaceAddress: string): void;
  sent(card: NetworkCard): void;
  failed(card: NetworkCard, words: string): void;
}

export interface ProberDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly events: ProberEvents;
}

/** When each probe goes out, ms after the start: repeated, because single datagrams get lost. */
const rounds: readonly { readonly atMs: number; readonly kind: ProbeKind }[] = [
  { atMs: 0, kind: "camera" },
  { atMs: 150, kind: "device" },
  { atMs: 500, kind: "camera" },
  { atMs: 900, kind: "device" },
  { atMs: 1_500, kind: "camera" },
];
const jitterMs = 100;
const quietMs = 4;
const longestWaitMs = 200;
const sliceMs = 6;

/**
 * WS-Discovery client: a socket per address, received first, parsed later, answers checked.
 *
 * It never connects anywhere and knows no credentials. Sockets stay open 30 s after the last probe so that
 * late answers are heard; `stop` closes everything.
 */
export class Prober {
  readonly #deps: ProberDeps;
  readonly #inbox = new Inbox();
  readonly #sent = new SentProbes();
  readonly #sockets = new Map<string, Promise<ProbeSocket | undefined>>();
  readonly #announcements = new Map<"IPv4" | "IPv6", AnnouncementSocket>();
  #drainTimer: NodeJS.Timeout | undefined;
  #firstWaitingMs = 0;
  #sizeAtLastLook = 0;
  #closeTimer: NodeJS.Timeout | undefined;

  constructor(deps: ProberDeps) {
    this.#deps = deps;
  }

  /** Sends all rounds of probes from one card; a card that fails is reported and left. */
  async probeCard(card: NetworkCard, signal: AbortSignal): Promise<void> {
    const { clock, random, events } = this.#deps;
    const socket = await this.#socketOf(card);
    if (socket === undefined) return;
    const startedMs = clock.monotonicMs();
    for (const [index, round] of rounds.entries()) {
      const dueMs = startedMs + round.atMs + (index === 0 ? 0 : random() * jitterMs);
      await clock.sleep(Math.max(0, dueMs - clock.monotonicMs()), signal);
      try {
        await socket.sendToGroup(this.#newProbe(round.kind, "group"));
        events.sent(card);
      } catch (error) {
        events.failed(card, socketFailureWords(error));
      }
    }
  }

  /** Sends a single probe from one card and says nothing about it. */
  async probeOnce(card: NetworkCard): Promise<void> {
    const socket = await this.#socketOf(card);
    try {
      await socket?.sendToGroup(this.#newProbe("camera", "group"));
    } catch (error) {
      // The next run over this card tells what is wrong with it.
      if (!(error instanceof Error)) throw error;
    }
  }

  /** Sends one probe straight to an address, for other subnets; the answer is heard like any other. */
  async probeAddress(address: string, card: NetworkCard): Promise<void> {
    if (isIPv6(address.split("%")[0] ?? "") !== (card.family === "IPv6")) return;
    const socket = await this.#socketOf(card);
    if (socket === undefined) return;
    try {
      await socket.sendTo(this.#newProbe("camera", "address"), address);
    } catch (error) {
      // An address that cannot be reached by UDP is no failure of the card.
      if (!(error instanceof Error)) throw error;
    }
  }

  /** Joins the groups on these cards and hears Hello and Bye; call again when the cards changed. */
  async listen(cards: readonly NetworkCard[]): Promise<readonly { card: NetworkCard; words: string }[]> {
    const refused: { card: NetworkCard; words: string }[] = [];
    for (const family of ["IPv4", "IPv6"] as const) {
      const own = cards.filter((card) => card.family === family);
      const first = own[0];
      if (first === undefined) continue;
      try {
        const socket = this.#announcements.get(family) ?? (await this.#openAnnouncements(family));
        for (const { card, error } of socket.join(own)) {
          refused.push({ card, words: socketFailureWords(error) });
        }
      } catch (error) {
        refused.push({ card: first, words: socketFailureWords(error) });
      }
    }
    return refused;
  }

  /** Stops hearing Hello and Bye. */
  async stopListening(): Promise<void> {
    const open = [...this.#announcements.values()];
    this.#announcements.clear();
    await Promise.all(open.map((socket) => socket.close()));
  }

  /** Closes every socket and forgets what waits to be parsed. */
  async stop(): Promise<void> {
    clearTimeout(this.#drainTimer);
    clearTimeout(this.#closeTimer);
    this.#drainTimer = undefined;
    while (this.#inbox.take() !== undefined);
    await Promise.all([this.stopListening(), this.#closeProbeSockets()]);
  }

  async #openAnnouncements(family: "IPv4" | "IPv6"): Promise<AnnouncementSocket> {
    const socket = await AnnouncementSocket.open(
      family,
      (bytes, sender) => this.#receive(bytes, sender, "", true),
      () => this.#announcements.delete(family),
    );
    this.#announcements.set(family, socket);
    return socket;
  }

  #newProbe(kind: ProbeKind, to: ProbeReach): Buffer {
    const id = randomUUID();
    this.#sent.add(id, to, this.#deps.clock.monotonicMs());
    clearTimeout(this.#closeTimer);
    this.#closeTimer = setTimeout(() => void this.#closeProbeSockets(), probeMemoryMs);
    this.#closeTimer.unref();
    return buildProbe(id, kind);
  }

  async #socketOf(card: NetworkCard): Promise<ProbeSocket | undefined> {
    const key = `${card.name} ${card.address}`;
    const known = this.#sockets.get(key);
    if (known !== undefined) return known;
    const opening = ProbeSocket.open({
      card,
      receive: (bytes, sender) => this.#receive(bytes, sender, card.address, false),
      failed: (error) => {
        this.#deps.events.failed(card, socketFailureWords(error));
        void this.#drop(key);
      },
    }).catch((error: unknown) => {
      this.#sockets.delete(key);
      this.#deps.events.failed(card, socketFailureWords(error));
      return undefined;
    });
    this.#sockets.set(key, opening);
    return opening;
  }

  async #drop(key: string): Promise<void> {
    const socket = this.#sockets.get(key);
    this.#sockets.delete(key);
    await (await socket)?.close();
  }

  async #closeProbeSockets(): Promise<void> {
    await Promise.all([...this.#sockets.keys()].map((key) => this.#drop(key)));
  }

  #receive(bytes: Uint8Array, sender: string, interfaceAddress: string, isAnnouncement: boolean): void {
    const receivedMs = this.#deps.clock.monotonicMs();
    const refusal = this.#inbox.put({ bytes, sender, receivedMs, interfaceAddress, isAnnouncement });
    if (refusal !== undefined) {
      const words =
        refusal === "flood" ? "too many answers from one address" : "more answers than can be held";
      this.#deps.events.ignored(words, sender, interfaceAddress);
    } else if (this.#drainTimer === undefined) {
      this.#firstWaitingMs = receivedMs;
      this.#sizeAtLastLook = 0;
      this.#drainTimer = setTimeout(() => this.#drain(), quietMs);
    }
  }

  /** Waits while a burst is still arriving, then parses in short slices. */
  #drain(): void {
    const { clock } = this.#deps;
    const startedMs = clock.monotonicMs();
    const isArriving = this.#inbox.size > this.#sizeAtLastLook;
    if (!isArriving || startedMs - this.#firstWaitingMs > longestWaitMs) {
      do {
        const datagram = this.#inbox.take();
        if (datagram === undefined) break;
        this.#parse(datagram);
      } while (clock.monotonicMs() - startedMs < sliceMs);
    }
    this.#sizeAtLastLook = this.#inbox.size;
    this.#drainTimer =
      this.#inbox.size > 0 ? setTimeout(() => this.#drain(), isArriving ? quietMs : 0) : undefined;
  }

  #parse(datagram: Datagram): void {
    const { sender, interfaceAddress, receivedMs, isAnnouncement } = datagram;
    const { events } = this.#deps;
    let message: DiscoveryMessage;
    try {
      message = parseDiscoveryMessage(datagram.bytes);
    } catch (error) {
      if (!(error instanceof DiscoveryMessageError)) throw error;
      // Other computers' probes pass the announcement port all the time: no fault of anybody.
      if (!isAnnouncement || !error.isHarmless) events.ignored(error.message, sender, interfaceAddress);
      return;
    }
    const answerTo = this.#sent.find(message.relatesTo, receivedMs) ?? null;
    if (message.kind === "probe-matches" && answerTo === null) {
      const why =
        message.relatesTo === ""
          ? "an answer that does not say which question it answers (no RelatesTo); add the device by its address"
          : "an answer to a question that we did not ask";
      events.ignored(why, sender, interfaceAddress);
      return;
    }
    if (message.kind !== "probe-matches" && !isAnnouncement) {
      events.ignored("an announcement sent as an answer", sender, interfaceAddress);
      return;
    }
    events.heard({
      message,
      sender,
      interfaceAddress,
      receivedMs,
      answerTo: isAnnouncement ? null : answerTo,
    });
  }
}
