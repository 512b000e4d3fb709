import { createSocket, type Socket } from "node:dgram";
import type { NetworkCard } from "./network-cards.ts";

/** The port and groups of WS-Discovery (2005/04, section 2.4). */
export const discoveryPort = 3702;
export const groupIPv4 = "239.255.255.250";
export const groupIPv6 = "ff02::c";

type Receive = (bytes: Uint8Array, sender: string) => void;

/** Only stores: everything that costs time happens in a later turn. */
export interface ProbeSocketDeps {
  readonly card: NetworkCard;
  readonly receive: Receive;
  /** A socket that failed after it was opened. */
  readonly failed: (error: Error) => void;
}

/** One socket bound to one address of this computer, sending and receiving only there. */
export class ProbeSocket {
  readonly card: NetworkCard;
  readonly #socket: Socket;

  private constructor(card: NetworkCard, socket: Socket) {
    this.card = card;
    this.#socket = socket;
  }

  /** Opens and binds; rejects with the system's error. */
  static async open(deps: ProbeSocketDeps): Promise<ProbeSocket> {
    const { card } = deps;
    const socket =
      card.family === "IPv4"
        ? createSocket({ type: "udp4" })
        : createSocket({ type: "udp6", ipv6Only: true });
    socket.on("message", (bytes, remote) => deps.receive(bytes, remote.address));
    try {
      await bind(socket, 0, zoned(card.address, card));
      socket.on("error", deps.failed);
      enlargeReceiveBuffer(socket);
      if (card.family === "IPv4") socket.setMulticastInterface(card.address);
      else socket.setMulticastInterface(`::%${card.zone}`);
      socket.setMulticastTTL(4);
    } catch (error) {
      socket.close();
      throw error;
    }
    return new ProbeSocket(card, socket);
  }

  /** Sends to the group of the card's family. */
  sendToGroup(bytes: Uint8Array): Promise<void> {
    const { card } = this;
    return send(this.#socket, bytes, card.family === "IPv4" ? groupIPv4 : `${groupIPv6}%${card.zone}`);
  }

  /** Sends to one address of the same family. */
  sendTo(bytes: Uint8Array, address: string): Promise<void> {
    return send(this.#socket, bytes, address);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

/** Listens for Hello and Bye on the well-known port, beside any other program that does. */
export class AnnouncementSocket {
  readonly #socket: Socket;
  readonly #joined = new Set<string>();
  readonly #family: "IPv4" | "IPv6";

  private constructor(socket: Socket, family: "IPv4" | "IPv6") {
    this.#socket = socket;
    this.#family = family;
  }

  /** Opens and binds; rejects with the system's error (another program may own the port). */
  static async open(
    family: "IPv4" | "IPv6",
    receive: Receive,
    failed: (error: Error) => void,
  ): Promise<AnnouncementSocket> {
    const socket =
      family === "IPv4"
        ? createSocket({ type: "udp4", reuseAddr: true })
        : createSocket({ type: "udp6", reuseAddr: true, ipv6Only: true });
    socket.on("message", (bytes, remote) => receive(bytes, remote.address));
    try {
      await bind(socket, discoveryPort, undefined);
    } catch (error) {
      socket.close();
      throw error;
    }
    socket.on("error", failed);
    enlargeReceiveBuffer(socket);
    return new AnnouncementSocket(socket, family);
  }

  /** Joins the group on cards not yet joined; gives the reason for each that would not. */
  join(cards: readonly NetworkCard[]): readonly { readonly card: NetworkCard; readonly error: Error }[] {
    const refused: { card: NetworkCard; error: Error }[] = [];
    const present = new Set(cards.map(cardKey));
    for (const key of this.#joined) if (!present.has(key)) this.#joined.delete(key);
    for (const card of cards) {
      if (card.family !== this.#family || this.#joined.has(cardKey(card))) continue;
      try {
        if (card.family === "IPv4") this.#socket.addMembership(groupIPv4, card.address);
        else this.#socket.addMembership(groupIPv6, `::%${card.zone}`);
        this.#joined.add(cardKey(card));
      } catch (error) {
        // Two addresses of one card share a membership: the second join is refused and not needed.
        if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
          this.#joined.add(cardKey(card));
        } else {
          refused.push({ card, error: error instanceof Error ? error : new Error(String(error)) });
        }
      }
    }
    return refused;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()));
  }
}

const cardKey = (card: NetworkCard): string => `${card.name} ${card.address}`;

/** The address with its zone where it is link-local. */
function zoned(address: string, card: NetworkCard): string {
  return card.family === "IPv6" && /^fe[89ab]/i.test(address) ? `${address}%${card.zone}` : address;
}

function bind(socket: Socket, port: number, address: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind({ port, ...(address === undefined ? {} : { address }), exclusive: true }, () => {
      socket.off("error", reject);
      resolve();
    });
  });
}

function send(socket: Socket, bytes: Uint8Array, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(bytes, discoveryPort, address, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** As large as the system lets us; some refuse what others silently cut. */
function enlargeReceiveBuffer(socket: Socket): void {
  for (const size of [4 * 1024 * 1024, 1024 * 1024, 256 * 1024]) {
    try {
      socket.setRecvBufferSize(size);
      return;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}

/** What a failed send or bind means, in plain words. */
export function socketFailureWords(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENETUNREACH":
    case "EHOSTUNREACH":
      return "no route for multicast";
    case "EADDRNOTAVAIL":
    case "ENODEV":
    case "ENXIO":
      return "this address is no longer on the network card";
    case "EPERM":
    case "EACCES":
      return "a firewall on this computer does not allow sending";
    case "ENETDOWN":
      return "the network card is down";
    case "EADDRINUSE":
      return "another program uses the port";
    case "ENOBUFS":
      return "the network card cannot keep up";
    default:
      return `sending failed (${code === "" ? "unknown reason" : code})`;
  }
}
