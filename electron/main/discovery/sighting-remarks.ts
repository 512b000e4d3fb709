import type { Sighting } from "../../../shared/model/sighting.ts";

/** What is known of a sighting beside itself. */
export interface SightingRoads {
  readonly sighting: Sighting;
  /** Addresses from which it answered itself. */
  readonly answeredFrom: ReadonlySet<string>;
  /** Addresses its XAddrs name. */
  readonly claims: ReadonlySet<string>;
}

const most = 5;

/**
 * What is odd about a sighting, in plain words with the addresses it is about.
 *
 * @param rivals hosts of other sightings with the same identity.
 */
export function remarksOf(
  { sighting, answeredFrom, claims }: SightingRoads,
  rivals: readonly string[],
): string[] {
  const { host, flags } = sighting;
  const others = [...claims].filter((claim) => claim !== host && !answeredFrom.has(claim));
  const roads = [...answeredFrom].filter((address) => address !== host);
  const remarks: string[] = [];
  if (flags.includes("other-host")) {
    remarks.push(
      `its own address names ${listed(others)}, which did not answer; ${host}, which did, is used`,
    );
  }
  if (flags.includes("host-name")) {
    remarks.push(`it calls itself ${listed(others)}; names are not looked up, ${host} is used`);
  }
  if (flags.includes("foreign-subnet")) {
    remarks.push(
      `it answered from ${host}, where this computer has no address: give a network card here one in that network before you adopt it`,
    );
  }
  if (rivals.length > 0) {
    remarks.push(
      `${listed(rivals)} says to be the same device: one device with two addresses, a copied configuration, or somebody pretending`,
    );
  }
  if (roads.length > 0)
    remarks.push(`it also answers from ${listed(roads)}: one device with several addresses`);
  return remarks.map((remark) => remark.slice(0, 300));
}

function listed(addresses: readonly string[]): string {
  if (addresses.length === 0) return "another host";
  const shown = addresses.slice(0, most).join(", ");
  return addresses.length > most ? `${shown} and ${addresses.length - most} more` : shown;
}
