import { createServer } from "node:net";

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
