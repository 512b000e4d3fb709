import { isIPv6 } from "node:net";
import { readXAddr } from "../../drivers/ws-discovery/xaddrs.ts";

/** What a person typed is no address; the message says what would be. */
export class TypedAddressError extends Error {
  override readonly name = "TypedAddressError";
}

/** One address to try. */
export interface Candidate {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly path: string;
}

/** Ports on which ONVIF devices are found, the most usual first. */
export const usualPorts: readonly { readonly port: number; readonly tls: boolean }[] = [
  { port: 80, tls: false },
  { port: 8080, tls: false },
  { port: 8000, tls: false },
  { port: 8899, tls: false },
  { port: 2020, tls: false },
  { port: 443, tls: true },
];

const devicePath = "/onvif/device_service";

/**
 * Reads `10.0.0.5`, `10.0.0.5:8080`, `camera.local`, `fe80::1%eth0`, `[::1]:8080` or a whole URL, whose IPv6 address
 * may have a zone (`http://[fe80::1%eth0]/`, or `%25eth0` as RFC 6874 writes it).
 *
 * Without a port every usual one is a candidate. Throws `TypedAddressError`.
 */
export function readTypedAddress(text: string): readonly Candidate[] {
  const typed = text.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return [readUrl(typed)];
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(typed);
  if (bracketed !== null) return candidates(bracketed[1] ?? "", bracketed[2], true);
  if (isIPv6(typed)) return candidates(typed, undefined, true);
  const [host = "", port, ...rest] = typed.split(":");
  if (rest.length > 0) throw new TypedAddressError("write an IPv6 address with a port as [address]:port");
  return candidates(host, port, false);
}

function readUrl(typed: string): Candidate {
  // URLs know no zones: it is taken out and put back.
  const zoned = /^([a-z]+:\/\/\[[0-9a-f:.]+)%(?:25)?([\w.-]{1,64})(\].*)$/i.exec(typed);
  const url = readXAddr(zoned === null ? typed : `${zoned[1]}${zoned[3]}`);
  if (url === undefined) {
    throw new TypedAddressError(
      "write a web address as http://10.0.0.5/onvif/device_service, without a login",
    );
  }
  const host = zoned === null ? url.host : `${url.host}%${zoned[2]}`;
  return { host, port: url.port, tls: url.tls, path: url.path === "/" ? devicePath : url.path };
}

function candidates(host: string, port: string | undefined, isSix: boolean): readonly Candidate[] {
  const isHost = isSix ? isIPv6(host) : isNameOrIPv4(host);
  if (!isHost) throw new TypedAddressError("write an address like 10.0.0.5, 10.0.0.5:8080 or camera.local");
  if (port === undefined) return usualPorts.map((usual) => ({ host, ...usual, path: devicePath }));
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number < 1 || number > 65_535) {
    throw new TypedAddressError("a port is a number from 1 to 65535");
  }
  return [{ host, port: number, tls: number === 443 || number === 8443, path: devicePath }];
}

function isNameOrIPv4(host: string): boolean {
  if (/^[\d.]+$/.test(host))
    return /^(\d{1,3}\.){3}\d{1,3}$/.test(host) && host.split(".").every((n) => Number(n) < 256);
  return host.length <= 253 && /^[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_-]{1,63})*\.?$/i.test(host);
}
