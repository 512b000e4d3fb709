import ipaddr from "ipaddr.js";

/** The text is not a range that may be swept; the message says why in plain words. */
export class AddressRangeError extends Error {
  override readonly name = "AddressRangeError";
}

/**
 * The host addresses of an IPv4 range like `192.168.1.0/24` (at most a /22), or of one address.
 *
 * Network and broadcast address are left out up to /30. Throws `AddressRangeError`.
 */
export function parseAddressRange(text: string): readonly string[] {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  if (rest.length > 0 || !ipaddr.IPv4.isValidFourPartDecimal(address)) {
    throw new AddressRangeError("write a range like 192.168.1.0/24");
  }
  const bits = prefix === undefined ? 32 : /^\d{1,2}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (!(bits >= 0 && bits <= 32)) throw new AddressRangeError("the part after / is a number from 22 to 32");
  if (bits < 22) throw new AddressRangeError("at most a /22 (1022 addresses) at a time");
  const parts = ipaddr.IPv4.parse(address).octets;
  const start = parts.reduce((sum, octet) => sum * 256 + octet, 0);
  const count = 2 ** (32 - bits);
  const network = Math.floor(start / count) * count;
  const hosts: string[] = [];
  for (let offset = 0; offset < count; offset += 1) {
    if (bits < 31 && (offset === 0 || offset === count - 1)) continue;
    hosts.push(dotted(network + offset));
  }
  if ((ipaddr.IPv4.parse(dotted(network)).range() as string) === "multicast") {
    throw new AddressRangeError("these are multicast addresses, no devices");
  }
  return hosts;
}

const dotted = (value: number): string =>
  [value / 2 ** 24, (value / 2 ** 16) % 256, (value / 2 ** 8) % 256, value % 256].map(Math.floor).join(".");

/** True when one of the subnets (`10.0.0.5/24`, …) holds the address; a link-local IPv6 one always counts. */
export function isInSubnets(address: string, subnets: readonly string[]): boolean {
  const bare = address.split("%")[0] ?? address;
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === "ipv6" && parsed.range() === "linkLocal") return true;
  return subnets.some((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) return false;
    const [network, bits] = ipaddr.parseCIDR(cidr);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}
