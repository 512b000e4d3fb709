import { randomUUID } from "node:crypto";
import { isIPv4 } from "node:net";
import type { DeviceId, SightingId } from "../../../shared/base/ids.ts";
import { SightingId as SightingIdSchema } from "../../../shared/base/ids.ts";
import type { Sighting, SightingFlag } from "../../../shared/model/sighting.ts";
import { looksLikeCamera, type Match } from "../../drivers/ws-discovery/message.ts";
import { remarksOf } from "./sighting-remarks.ts";
import { bareAddress, chooseEndpoint } from "../../drivers/ws-discovery/xaddrs.ts";

/** A device as it described itself in a message, and who sent that message. */
export interface HeardMatch {
  readonly match: Match;
  readonly sender: string;
  readonly interfaceAddress: string | null;
  readonly via: Sighting["via"];
  readonly isForeign: boolean;
  readonly at: number;
}

/** A device that answered when asked directly. */
export interface AskedDevice {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly path: string;
  readonly endpointReference: string | null;
  readonly via: "sweep" | "manual";
  readonly at: number;
}

interface Entry {
  sighting: Sighting;
  /** Addresses from which it answered itself. */
  readonly answeredFrom: Set<string>;
  /** Addresses its XAddrs name. */
  readonly claims: Set<string>;
  run: number;
}

const maxSightings = 2_000;
const maxRoads = 16;
/** A discovery proxy or recorder answers for some others; nobody for this many. */
const maxPerSender = 64;

/**
 * Everything heard, merged by identity.
 *
 * Messages are not authenticated, so no message may turn a known entry to another host within a run: the
 * same identity from two hosts is shown twice and flagged. An entry whose own XAddrs point elsewhere gives
 * way to the host that they name, once that host answers itself.
 */
export class SightingBook {
  readonly #entries = new Map<SightingId, Entry>();
  #run = 0;

  /** Starts a new run: a known identity may now be met at a new address. */
  beginRun(): void {
    this.#run += 1;
  }

  /** Ends the run: of several entries with one identity, those that stayed silent were old addresses. */
  endRun(): void {
    const heard = new Map<string, number>();
    for (const { sighting, run } of this.#entries.values()) {
      const reference = sighting.endpointReference;
      if (reference !== null && run === this.#run) heard.set(reference, (heard.get(reference) ?? 0) + 1);
    }
    for (const [id, entry] of this.#entries) {
      const answers = heard.get(entry.sighting.endpointReference ?? "");
      if (answers === undefined || !entry.sighting.flags.includes("duplicate-identity")) continue;
      if (entry.run !== this.#run) this.#entries.delete(id);
      else if (answers === 1) {
        const flags = entry.sighting.flags.filter((each) => each !== "duplicate-identity");
        entry.sighting = { ...entry.sighting, flags };
      }
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: SightingId): Sighting | undefined {
    return this.#entries.get(id)?.sighting;
  }

  forget(id: SightingId): boolean {
    return this.#entries.delete(id);
  }

  /** All sightings, the first seen first, with the device each one is, as `deviceOf` says. */
  list(deviceOf: (sighting: Sighting) => DeviceId | null): Sighting[] {
    return [...this.#entries.values()].map((entry) => ({
      ...entry.sighting,
      remarks: remarksOf(entry, this.#rivalsOf(entry)),
      deviceId: deviceOf(entry.sighting),
    }));
  }

  /** Merges what was heard; undefined when the book is full, or this sender answers for too many. */
  hear(heard: HeardMatch): Sighting | undefined {
    const { match, sender } = heard;
    const endpoint = chooseEndpoint(match.xaddrs, sender);
    const flags = new Set<SightingFlag>(endpoint.flags);
    if (heard.isForeign) flags.add("foreign-subnet");
    if (!looksLikeCamera(match)) flags.add("not-a-camera");
    const rivals = this.#of(match.endpointReference, endpoint.host, endpoint.port);
    const claims = match.xaddrs.map((xaddr) => xaddr.host);
    const known =
      rivals.find((entry) => isSame(entry, sender, claims)) ??
      rivals.find((entry) => entry.run !== this.#run || entry.sighting.gone) ??
      // Some devices make up a new reference for each answer: one address and path is one device.
      (rivals.length === 0 && endpoint.flags.length === 0 ? this.#atPlace(endpoint) : undefined);
    const fresh = { ...describe(match), ...endpoint, flags: [...flags], gone: false };
    if (known === undefined) {
      if (this.#answersOf(sender) >= maxPerSender) return undefined;
      if (rivals.length > 0) {
        fresh.flags.push("duplicate-identity");
        for (const rival of rivals) flag(rival, "duplicate-identity");
      }
      return this.#add(heard, fresh, claims);
    }
    return this.#merge(known, heard, fresh, claims);
  }

  /** The device said that it goes away. Only believed from an address it answered from. */
  bye(match: Match, sender: string, at: number): Sighting | undefined {
    const known = this.#of(match.endpointReference, sender, 0).find((entry) =>
      entry.answeredFrom.has(sender),
    );
    if (known === undefined) return undefined;
    known.sighting = { ...known.sighting, gone: true, lastSeenAt: at };
    return known.sighting;
  }

  /** Takes in a device that answered when asked directly. Undefined when the book is full. */
  add(asked: AskedDevice): Sighting | undefined {
    const rivals = this.#of(asked.endpointReference, asked.host, asked.port);
    const known =
      rivals.find((entry) => entry.sighting.host === asked.host) ??
      rivals.find((entry) => entry.answeredFrom.has(asked.host));
    const { at, ...place } = asked;
    if (known !== undefined) {
      known.answeredFrom.add(asked.host);
      const isTyped = asked.via === "manual";
      const where = isTyped ? { host: place.host, port: place.port, tls: place.tls, path: place.path } : {};
      known.sighting = { ...known.sighting, ...where, lastSeenAt: at, gone: false };
      return known.sighting;
    }
    const flags: SightingFlag[] = [];
    if (rivals.length > 0) {
      flags.push("duplicate-identity");
      for (const rival of rivals) flag(rival, "duplicate-identity");
    }
    const words = { name: "", hardware: "", location: "", mac: null };
    return this.#insert({ ...words, ...place, interfaceAddress: null, at, flags }, [asked.host]);
  }

  #of(reference: string | null, host: string, port: number): Entry[] {
    return [...this.#entries.values()].filter(({ sighting, answeredFrom }) => {
      if (reference !== null && sighting.endpointReference !== null) {
        return sighting.endpointReference === reference;
      }
      return answeredFrom.has(host) && (port === 0 || sighting.port === port);
    });
  }

  /** The hosts of other entries with the same identity. */
  #rivalsOf({ sighting }: Entry): readonly string[] {
    if (!sighting.flags.includes("duplicate-identity")) return [];
    return [...this.#entries.values()]
      .filter(
        (other) =>
          other.sighting.id !== sighting.id &&
          other.sighting.endpointReference === sighting.endpointReference,
      )
      .map((other) => other.sighting.host);
  }

  #atPlace({ host, port, path }: Pick<Sighting, "host" | "port" | "path">): Entry | undefined {
    return [...this.#entries.values()].find(
      ({ sighting: known }) =>
        known.host === host &&
        known.port === port &&
        known.path === path &&
        !isOdd(known) &&
        known.via !== "manual",
    );
  }

  #answersOf(sender: string): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (entry.answeredFrom.has(sender)) count += 1;
    return count;
  }

  #add(heard: HeardMatch, fresh: FreshWords, claims: readonly string[]): Sighting | undefined {
    const { via, interfaceAddress, at } = heard;
    return this.#insert({ ...fresh, via, interfaceAddress, at }, [heard.sender], claims);
  }

  #insert(
    words: Omit<Sighting, "id" | "firstSeenAt" | "lastSeenAt" | "gone" | "deviceId" | "remarks"> & {
      readonly at: number;
    },
    answeredFrom: readonly string[],
    claims: readonly string[] = [],
  ): Sighting | undefined {
    if (this.#entries.size >= maxSightings) return undefined;
    const id = SightingIdSchema.parse(randomUUID());
    const { at, ...rest } = words;
    const seen = { id, firstSeenAt: at, lastSeenAt: at, gone: false };
    const sighting: Sighting = { ...rest, ...seen, remarks: [], deviceId: null };
    const entry = { sighting, run: this.#run, answeredFrom: new Set(answeredFrom), claims: new Set(claims) };
    this.#entries.set(id, entry);
    return sighting;
  }

  #merge(entry: Entry, heard: HeardMatch, fresh: FreshWords, claims: readonly string[]): Sighting {
    const { sighting } = entry;
    const isSameSender = entry.answeredFrom.has(heard.sender);
    const owns = !fresh.flags.includes("other-host") && !fresh.flags.includes("host-name");
    const wasOdd = isOdd(sighting);
    const hasMoved = !isSame(entry, heard.sender, claims);
    const isBetterRoad =
      owns && isIPv4(heard.sender) && !isIPv4(sighting.host) && entry.claims.has(heard.sender);
    const takesOver = hasMoved || (wasOdd && owns) || isBetterRoad;
    if (takesOver && hasMoved) {
      entry.answeredFrom.clear();
      entry.claims.clear();
    }
    if (entry.answeredFrom.size < maxRoads) entry.answeredFrom.add(heard.sender);
    for (const claim of claims) if (entry.claims.size < maxRoads) entry.claims.add(claim);
    entry.run = this.#run;
    const kept: SightingFlag[] = sighting.flags.filter((each) => each === "duplicate-identity");
    const place = { host: fresh.host, port: fresh.port, tls: fresh.tls, path: fresh.path };
    const isOwnWord = takesOver || (isSameSender && heard.sender === sighting.host);
    entry.sighting = {
      ...sighting,
      ...(isOwnWord ? { ...place, flags: [...new Set([...kept, ...fresh.flags])] } : {}),
      endpointReference: fresh.endpointReference ?? sighting.endpointReference,
      ...mergeWords(sighting, fresh, isOwnWord),
      interfaceAddress: heard.interfaceAddress ?? sighting.interfaceAddress,
      lastSeenAt: heard.at,
      gone: false,
    };
    return entry.sighting;
  }
}

type FreshWords = Pick<
  Sighting,
  "endpointReference" | "name" | "hardware" | "location" | "mac" | "host" | "port" | "tls" | "path" | "flags"
>;

function describe(match: Match): Omit<FreshWords, "host" | "port" | "tls" | "path" | "flags"> {
  const { name, hardware, location, mac } = match.scopes;
  return { endpointReference: match.endpointReference, name, hardware, location, mac };
}

/** What the device's own host says counts; others only fill what is empty. */
function mergeWords(old: Sighting, fresh: FreshWords, isOwnWord: boolean): Partial<Sighting> {
  const [first, second] = isOwnWord ? [fresh, old] : [old, fresh];
  return {
    name: first.name || second.name,
    hardware: first.hardware || second.hardware,
    location: first.location || second.location,
    mac: first.mac ?? second.mac,
  };
}

/** Its addresses point elsewhere. */
const isOdd = ({ flags }: Pick<Sighting, "flags">): boolean =>
  flags.includes("other-host") || flags.includes("host-name");

/** Whether a message is one more word from the same device, or from another road to it. */
function isSame(entry: Entry, sender: string, claims: readonly string[]): boolean {
  if (entry.answeredFrom.has(sender)) return true;
  if (claims.some((claim) => entry.answeredFrom.has(claim))) return true;
  return isOdd(entry.sighting) && entry.claims.has(bareAddress(sender));
}

function flag(entry: Entry, word: SightingFlag): void {
  if (entry.sighting.flags.includes(word)) return;
  entry.sighting = { ...entry.sighting, flags: [...entry.sighting.flags, word] };
}
