import { networkInterfaces } from "node:os";

/** One address of this computer from which can be probed. */
export interface NetworkCard {
  readonly name: string;
  readonly address: string;
  readonly family: "IPv4" | "IPv6";
  readonly prefixLength: number;
  /** IPv6 zone: the card's name, on Windows its number. Empty for IPv4. */
  readonly zone: string;
  readonly isLoopback: boolean;
}

/** The parts of Node's answer that are used, so that tests can give their own. */
export type InterfaceTable = ReturnType<typeof networkInterfaces>;

/**
 * Every address worth a socket: each IPv4 address, and for IPv6 the link-local one of each card, because
 * ff02::c never leaves the link (a card without one is probed from its first address).
 */
export function listNetworkCards(
  includeLoopback: boolean,
  table: InterfaceTable = networkInterfaces(),
  platform: string = process.platform,
): readonly NetworkCard[] {
  const cards: NetworkCard[] = [];
  for (const [name, addresses = []] of Object.entries(table)) {
    const own: NetworkCard[] = [];
    for (const entry of addresses) {
      if (entry.internal && !includeLoopback) continue;
      const zone = entry.family === "IPv6" ? (platform === "win32" ? String(entry.scopeid) : name) : "";
      own.push({
        name: name.slice(0, 64),
        address: entry.address,
        family: entry.family,
        prefixLength: prefixLengthOf(entry.cidr, entry.family),
        zone,
        isLoopback: entry.internal,
      });
    }
    cards.push(...own.filter((card) => card.family === "IPv4"));
    const six = own.filter((card) => card.family === "IPv6");
    const link = six.find((card) => /^fe[89ab]/i.test(card.address)) ?? six[0];
    if (link !== undefined) cards.push(link);
  }
  return cards;
}

/** Every address with its prefix, of all families: what "you have an address there" is judged by. */
export function listSubnets(table: InterfaceTable = networkInterfaces()): readonly string[] {
  return Object.values(table)
    .flatMap((addresses) => addresses ?? [])
    .map((entry) => entry.cidr)
    .filter((cidr) => cidr !== null);
}

function prefixLengthOf(cidr: string | null, family: "IPv4" | "IPv6"): number {
  const length = Number(cidr?.split("/")[1]);
  return Number.isInteger(length) ? length : family === "IPv4" ? 32 : 128;
}
