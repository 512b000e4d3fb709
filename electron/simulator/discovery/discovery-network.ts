import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Clock } from "../../../shared/base/clock.ts";
import { isLoopback, zoneOf } from "../addresses.ts";
import type { DiscoverySpec } from "../site-options.ts";
import { XmlReadError } from "../xml/read-xml.ts";
import type { Announcer, Outgoing } from "./announcer.ts";
import { discoveryGroup, discoveryGroup6, readWsdRequest, type WsdRequest } from "./wsd-messages.ts";

interface Station {
  readonly announcer: Announcer;
  readonly host: string;
  readonly socket: Socket;
}

/** Sockets of one address; on systems with one loopback address several cameras share it. */
interface SharedSocket {
  readonly socket: Socket;
  users: number;
}

interface Addressed {
  readonly station: Station;
  readonly datagram: Buffer;
  readonly to: RemoteInfo;
}

const sentPerTurn = 8;

/** Every WS-Discovery socket of a site: one receiver for multicast on each card, one socket at each camera's address. */
export class DiscoveryNetwork {
  readonly #spec: DiscoverySpec;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #stations = new Map<Announcer, Station>();
  readonly #sockets = new Map<string, SharedSocket>();
  readonly #receivers = new Map<string, Socket>();
  readonly #remark: (remark: string) => void;
  readonly #outbox: Addressed[] = [];
  #stopped = new AbortController();

  constructor(deps: {
    readonly spec: DiscoverySpec;
    readonly clock: Clock;
    readonly random: () => number;
    readonly remark: (remark: string) => void;
  }) {
    this.#spec = deps.spec;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#remark = deps.remark;
  }

  /** Puts a camera on the air at an address; says Hello. */
  async join(announcer: Announcer, host: string, isAddressNew: boolean): Promise<void> {
    if (this.#spec.mode === "off") return;
    const socket = await this.#open(host);
    this.#stations.set(announcer, { announcer, host, socket });
    announcer.restarted(isAddressNew);
    if (this.#spec.mode !== "multicast") return;
    await this.#receiveOn(this.#cardOf(host));
    const hello = this.#spec.hello ? announcer.hello() : undefined;
    if (hello !== undefined) await this.#multicast(socket, hello, host);
    // Everybody hears every Hello, our own receiver too: it must read between them, or a first probe finds it full.
    await nextTurn();
  }

  /** Takes it off, with Bye unless it went without a word. */
  async leave(announcer: Announcer, isAbrupt: boolean): Promise<void> {
    const station = this.#stations.get(announcer);
    if (station === undefined) return;
    this.#stations.delete(announcer);
    const says = !isAbrupt && this.#spec.hello && this.#spec.mode === "multicast";
    const bye = says ? announcer.bye() : undefined;
    if (bye !== undefined) await this.#multicast(station.socket, bye, station.host);
    const shared = this.#sockets.get(station.host);
    if (shared === undefined) return;
    shared.users -= 1;
    if (shared.users > 0) return;
    this.#sockets.delete(station.host);
    await closed(shared.socket);
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error("the site stopped"));
    const sockets = [
      ...this.#receivers.values(),
      ...[...this.#sockets.values()].map((shared) => shared.socket),
    ];
    this.#receivers.clear();
    this.#sockets.clear();
    this.#stations.clear();
    await Promise.all(sockets.map(closed));
  }

  /** The card that multicast of this address goes through, as `setMulticastInterface` wants it. */
  #cardOf(host: string): string {
    if (isIPv6(host)) return `::%${zoneOf(host)}`;
    return this.#spec.interfaceAddress ?? (isLoopback(host) ? "127.0.0.1" : host);
  }

  async #open(host: string): Promise<Socket> {
    const shared = this.#sockets.get(host);
    if (shared !== undefined) {
      shared.users += 1;
      return shared.socket;
    }
    const socket = openSocket(host);
    try {
      await bound(socket, host, this.#spec.port);
    } catch (cause) {
      await closed(socket);
      throw new Error(`no WS-Discovery at ${host}:${String(this.#spec.port)}`, { cause });
    }
    socket.on("error", (error) => this.#remark(`WS-Discovery at ${host}: ${error.message}`));
    socket.on("message", (datagram, from) => this.#hear(datagram, from, (station) => station.host === host));
    this.#sockets.set(host, { socket, users: 1 });
    return socket;
  }

  async #receiveOn(card: string): Promise<void> {
    if (this.#receivers.has(card)) return;
    const socket = openSocket(card);
    // Bound to the group where that works, so that no unicast meant for others is taken away.
    await bound(socket, process.platform === "win32" ? card : groupOn(card), this.#spec.port);
    socket.addMembership(isIPv6(card) ? discoveryGroup6 : discoveryGroup, card);
    socket.on("error", (error) => this.#remark(`multicast on ${card}: ${error.message}`));
    socket.on("message", (datagram, from) =>
      this.#hear(datagram, from, (station) => this.#cardOf(station.host) === card),
    );
    this.#receivers.set(card, socket);
  }

  #hear(datagram: Buffer, from: RemoteInfo, isMeant: (station: Station) => boolean): void {
    let request: WsdRequest | undefined;
    try {
      request = readWsdRequest(datagram);
    } catch (error) {
      // Noise on the group is normal; only a fault of our own is not.
      if (error instanceof XmlReadError) return;
      throw error;
    }
    if (request === undefined) return;
    for (const station of this.#stations.values()) {
      if (!isMeant(station) || isLoopback(station.host) !== isLoopback(from.address)) continue;
      for (const outgoing of station.announcer.answers(request))
        void this.#sendLater(station, outgoing, from);
    }
  }

  async #sendLater(station: Station, { datagram, delayMs }: Outgoing, to: RemoteInfo): Promise<void> {
    const { min, max } = this.#spec.answerDelayMs;
    const waitMs = delayMs + min + Math.round((max - min) * this.#random());
    if (waitMs > 0) {
      try {
        await this.#clock.sleep(waitMs, this.#stopped.signal);
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        throw error;
      }
      // It may have been switched off or moved meanwhile.
      if (this.#stations.get(station.announcer) !== station) return;
    }
    this.#outbox.push({ station, datagram, to });
    if (this.#outbox.length === 1) setImmediate(() => this.#sendSome());
  }

  /**
   * A burst goes out a few datagrams a turn: real cameras do not share one thread, and a console in this very
   * process must get to read between them.
   */
  #sendSome(): void {
    for (const { station, datagram, to } of this.#outbox.splice(0, sentPerTurn)) {
      if (this.#stations.get(station.announcer) !== station) continue;
      station.socket.send(datagram, to.port, to.address, (error) => {
        if (error !== null && error !== undefined) this.#remark(`answer to ${to.address}: ${error.message}`);
      });
    }
    if (this.#outbox.length > 0) setImmediate(() => this.#sendSome());
  }

  #multicast(socket: Socket, datagram: Buffer, host: string): Promise<void> {
    return new Promise((resolve) => {
      const done = (error: Error | null | undefined): void => {
        if (error !== null && error !== undefined) this.#remark(`multicast from ${host}: ${error.message}`);
        resolve();
      };
      try {
        socket.setMulticastInterface(this.#cardOf(host));
        socket.send(datagram, this.#spec.port, groupOn(this.#cardOf(host)), done);
      } catch (error) {
        done(error instanceof Error ? error : new Error("multicast failed", { cause: error }));
      }
    });
  }
}

function openSocket(address: string): Socket {
  return isIPv6(address)
    ? createSocket({ type: "udp6", reuseAddr: true, ipv6Only: true })
    : createSocket({ type: "udp4", reuseAddr: true });
}

/** The group of a card's family, on that card. */
function groupOn(card: string): string {
  return isIPv6(card) ? `${discoveryGroup6}%${zoneOf(card)}` : discoveryGroup;
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeListener("error", reject);
      resolve();
    });
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
