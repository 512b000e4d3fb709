import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { RtspError } from "./rtsp-error.ts";

export interface UdpPairDeps {
  /** Our address towards the camera: the sockets are bound to it and nothing else. */
  readonly localAddress: string;
  /** The only address packets are taken from. */
  readonly remoteAddress: string;
  readonly onRtp: (packet: Buffer) => void;
  readonly onRtcp: (packet: Buffer) => void;
}

const attempts = 20;
/** As IPv4 where it is one in disguise; a link-local IPv6 address keeps its zone, without which nothing reaches it. */
const plain = (address: string): string => address.replace(/^::ffff:/i, "");

/** An even RTP port and the odd RTCP port after it (RFC 3550 §11), deaf to other hosts. */
export class UdpPair {
  readonly #deps: UdpPairDeps;
  #rtp: Socket | undefined;
  #rtcp: Socket | undefined;
  #peerPort: number | undefined;
  #port = 0;

  constructor(deps: UdpPairDeps) {
    this.#deps = deps;
  }

  /** The RTP port; RTCP is the next one. */
  get port(): number {
    return this.#port;
  }

  /** @throws RtspError `unreachable` when no pair of ports is free. */
  async open(): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const first = await this.#bind(0);
      const port = first?.address().port ?? 1;
      const second = first && port % 2 === 0 ? await this.#bind(port + 1) : undefined;
      if (first && second) {
        this.#listen(first, second, port);
        return;
      }
      first?.close();
    }
    throw new RtspError("unreachable", "no free pair of UDP ports on this computer");
  }

  /** Tells where the camera expects our receiver reports. */
  setPeerPort(port: number): void {
    this.#peerPort = port;
  }

  sendRtcp(packet: Buffer): void {
    if (this.#peerPort === undefined) return;
    this.#rtcp?.send(packet, this.#peerPort, plain(this.#deps.remoteAddress));
  }

  close(): void {
    this.#rtp?.close();
    this.#rtcp?.close();
    this.#rtp = undefined;
    this.#rtcp = undefined;
  }

  #listen(rtp: Socket, rtcp: Socket, port: number): void {
    const from = plain(this.#deps.remoteAddress);
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#port = port;
    rtp.on("message", (packet, sender) => {
      if (plain(sender.address) === from) this.#deps.onRtp(packet);
    });
    rtcp.on("message", (packet, sender) => {
      if (plain(sender.address) === from) this.#deps.onRtcp(packet);
    });
  }

  #bind(port: number): Promise<Socket | undefined> {
    const address = plain(this.#deps.localAddress);
    return new Promise((resolve) => {
      const socket = createSocket({ type: isIPv6(address) ? "udp6" : "udp4" });
      // Errors after binding (an ICMP "port unreachable" for a report) do not end a stream.
      socket.on("error", () => {});
      socket.once("error", () => {
        socket.close();
        resolve(undefined);
      });
      socket.bind({ port, address, exclusive: true }, () => {
        socket.removeAllListeners("error").on("error", () => {});
        trySetReceiveBuffer(socket);
        resolve(socket);
      });
    });
  }
}

function trySetReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(1 << 20);
  } catch {
    // The system's own size is used where a larger one is not allowed; loss is counted as always.
  }
}
