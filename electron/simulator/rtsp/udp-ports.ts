import { createSocket, type Socket } from "node:dgram";

/** An even port for RTP and the next one for RTCP (RFC 3550, section 11). */
export interface UdpPortPair {
  readonly rtp: Socket;
  readonly rtcp: Socket;
  readonly port: number;
}

const mostTries = 50;

/**
 * Binds a pair of neighbouring UDP ports on one address.
 *
 * @param onError told of errors of either socket after binding (a client's closed port shows up here on some systems).
 * @throws when no pair is free after many tries.
 */
export async function bindUdpPair(host: string, onError: (error: Error) => void): Promise<UdpPortPair> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const rtp = await bound(host, 0);
    const { port } = rtp.address();
    const rtcp = port % 2 === 0 ? await bound(host, port + 1).catch(() => undefined) : undefined;
    if (rtcp === undefined) {
      rtp.close();
      continue;
    }
    for (const socket of [rtp, rtcp]) socket.on("error", onError);
    return { rtp, rtcp, port };
  }
  throw new Error(`no free pair of UDP ports on ${host}`);
}

function bound(host: string, port: number): Promise<Socket> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, host, () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}
