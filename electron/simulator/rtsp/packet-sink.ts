import type { Socket as UdpSocket } from "node:dgram";
import type { Socket } from "node:net";
import type { PacketRun } from "./packet-faults.ts";

/** Where the packets of one track go. */
export interface PacketSink {
  /** Sends RTP packets; the prefix's channel is filled in here. False when the client was given up. */
  rtp(run: PacketRun): boolean;
  /** Sends one compound RTCP packet. */
  rtcp(packet: Uint8Array): void;
  close(): void;
}

/** What a client may leave unread before it is given up: about 10 s of a main stream. */
export const mostUnreadBytes = 2_000_000;

/** Interleaved in the RTSP connection (RFC 2326, 10.12). A client that does not read is given up, not buffered for. */
export class InterleavedSink implements PacketSink {
  readonly #socket: Socket;
  readonly #channels: readonly [rtp: number, rtcp: number];
  readonly #onSlow: () => void;

  constructor(deps: {
    readonly socket: Socket;
    readonly channels: readonly [rtp: number, rtcp: number];
    readonly onSlow: () => void;
  }) {
    this.#socket = deps.socket;
    this.#channels = deps.channels;
    this.#onSlow = deps.onSlow;
  }

  rtp(run: PacketRun): boolean {
    if (this.#socket.destroyed) return false;
    if (this.#socket.writableLength > mostUnreadBytes) {
      this.#onSlow();
      return false;
    }
    const [channel] = this.#channels;
    for (const offset of run.offsets) run.bytes[offset + 1] = channel;
    this.#socket.write(run.bytes);
    return true;
  }

  rtcp(packet: Uint8Array): void {
    if (this.#socket.destroyed) return;
    const framed = new Uint8Array(4 + packet.length);
    framed.set([0x24, this.#channels[1], packet.length >> 8, packet.length & 0xff]);
    framed.set(packet, 4);
    this.#socket.write(framed);
  }

  close(): void {}
}

/** One datagram a packet. */
export class UdpSink implements PacketSink {
  readonly #deps: UdpSinkDeps;
  /** Packets held back by the reorder fault, each until so many later ones have gone. */
  #held: { readonly packet: Uint8Array; after: number }[] = [];

  constructor(deps: UdpSinkDeps) {
    this.#deps = deps;
  }

  rtp(run: PacketRun): boolean {
    const { rtp, clientPorts, clientAddress, reorderShare, random } = this.#deps;
    const send = (packet: Uint8Array): void => rtp.send(packet, clientPorts[0], clientAddress);
    for (const offset of run.offsets) {
      const length = ((run.bytes[offset + 2] ?? 0) << 8) | (run.bytes[offset + 3] ?? 0);
      const packet = run.bytes.subarray(offset + 4, offset + 4 + length);
      if (random() < reorderShare()) {
        this.#held.push({ packet, after: 1 + Math.floor(random() * 3) });
        continue;
      }
      send(packet);
      for (const held of this.#held) held.after -= 1;
      for (const held of this.#held.filter((one) => one.after <= 0)) send(held.packet);
      this.#held = this.#held.filter((one) => one.after > 0);
    }
    return true;
  }

  rtcp(packet: Uint8Array): void {
    const { rtcp, clientPorts, clientAddress } = this.#deps;
    rtcp.send(packet, clientPorts[1], clientAddress);
  }

  close(): void {
    const { rtp, rtcp } = this.#deps;
    rtp.close();
    rtcp.close();
  }
}

export interface UdpSinkDeps {
  readonly rtp: UdpSocket;
  readonly rtcp: UdpSocket;
  readonly clientAddress: string;
  readonly clientPorts: readonly [rtp: number, rtcp: number];
  /** Share of packets to hold back now. */
  readonly reorderShare: () => number;
  readonly random: () => number;
}
