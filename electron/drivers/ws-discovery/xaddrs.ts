import { isIP } from "node:net";

/** One transport address from a match: plain parts, nothing resolved. */
export interface XAddr {
  /** IPv4, IPv6 without brackets, or a name. */
  readonly host: string;
  readonly isName: boolean;
  readonly port: number;
  readonly tls: boolean;
  readonly path: string;
}

const maxXAddrs = 16;

/** Reads the white-space separated XAddrs; what is not a plain http(s) URL is left out. Never throws. */
export function readXAddrs(text: string): readonly XAddr[] {
  const found: XAddr[] = [];
  for (const part of text.split(/\s+/).slice(0, 64)) {
    const xaddr = readXAddr(part);
    if (xaddr !== undefined) found.push(xaddr);
    if (found.length >= maxXAddrs) break;
  }
  return found;
}

/** One http(s) URL as parts; undefined when it is not one, carries a login, or is too long. */
export function readXAddr(text: string): XAddr | undefined {
  if (text.length > 1024 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const tls = url.protocol === "https:";
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  const path = url.pathname + url.search;
  if (port === 0 || path.length > 512 || host.length > 253) return undefined;
  return { host, isName: isIP(host) === 0, port, tls, path };
}

/** Where a device is to be asked, and what is odd about it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly path: string;
  readonly flags: readonly ("other-host" | "host-name")[];
}

/**
 * The address to use for a device that answered from `sender`.
 *
 * The host is always the sender itself: an answer can never point us at somebody else. Its own XAddr gives
 * port and path; when it only names others, the first one's port and path are used and it is flagged.
 */
export function chooseEndpoint(xaddrs: readonly XAddr[], sender: string): Endpoint {
  const bare = bareAddress(sender);
  const own = xaddrs.filter((xaddr) => xaddr.host === bare);
  const chosen = own.find((xaddr) => !xaddr.tls) ?? own[0] ?? xaddrs.find((x) => !x.isName) ?? xaddrs[0];
  if (chosen === undefined) {
    return { host: sender, port: 80, tls: false, path: "/onvif/device_service", flags: [] };
  }
  const flags: Endpoint["flags"] =
    own.length > 0 ? [] : xaddrs.every((xaddr) => xaddr.isName) ? ["host-name"] : ["other-host"];
  return { host: sender, port: chosen.port, tls: chosen.tls, path: chosen.path, flags };
}

/** An address without IPv6 zone and in the spelling `URL` gives it. */
export function bareAddress(address: string): string {
  const zone = address.indexOf("%");
  const bare = zone === -1 ? address : address.slice(0, zone);
  if (isIP(bare) !== 6) return bare;
  return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
}
