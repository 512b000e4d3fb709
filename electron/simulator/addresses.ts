import { createServer, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/**
 * The address `steps` after an IPv4 address, never ending in .0 or .255: 127.77.0.254 is followed by 127.77.1.1.
 *
 * @throws RangeError beyond 255.255.255.254
 */
export function addressAfter(base: string, steps: number): string {
  const parts = base.split(".").map(Number);
  let value = parts.reduce((sum, part) => sum * 256 + part, 0);
  for (let left = steps; left > 0; left -= 1) {
    value += 1;
    while (value % 256 === 255 || value % 256 === 0) value += 1;
  }
  if (value > 0xfffffffe) throw new RangeError(`no address ${String(steps)} after ${base}`);
  return [24, 16, 8, 0].map((shift) => String(Math.floor(value / 2 ** shift) % 256)).join(".");
}

/** Whether this computer lets a program listen at the address (127.0.0.2 and up: not on macOS). */
export function canListenAt(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host, port: 0 }, () => probe.close(() => resolve(true)));
  });
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** An address without its IPv6 zone: a zone means something on its own computer only. */
export function withoutZone(address: string): string {
  return address.split("%")[0] ?? address;
}

/** An address as it stands in a URL that others are told: IPv6 in brackets and without its zone (RFC 6874). */
export function urlHost(address: string): string {
  const bare = withoutZone(address);
  return isIPv6(bare) ? `[${bare}]` : bare;
}

/**
 * The zone of an IPv6 address of this computer: the one written behind it, else that of the card that has it.
 *
 * @throws RangeError when no card has it
 */
export function zoneOf(address: string): string {
  const written = address.split("%")[1];
  if (written !== undefined) return written;
  for (const [card, entries = []] of Object.entries(networkInterfaces())) {
    const entry = entries.find((each) => each.family === "IPv6" && each.address === address);
    if (entry?.family === "IPv6") return process.platform === "win32" ? String(entry.scopeid) : card;
  }
  throw new RangeError(`no network card of this computer has ${address}`);
}
