import { RtspError } from "./rtsp-error.ts";

/** An RTSP address taken apart. User info is dropped: logins come from the vault only. */
export interface RtspAddress {
  /** With its zone where a link-local IPv6 address has one: `fe80::1%eth0`. */
  readonly host: string;
  readonly port: number;
  /** Request address as it is sent: without user info, and without the zone, which is our own affair (RFC 6874). */
  readonly uri: string;
}

/**
 * Parses `rtsp://host[:port]/path?query`; an IPv6 host may have a zone, `[fe80::1%25eth0]`.
 *
 * @throws RtspError `bad-url`, or `not-supported` for another scheme.
 */
export function parseRtspUrl(text: string): RtspAddress {
  const found =
    /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?(\[[0-9a-f:.]+(?:%(?:25)?[\w.-]{1,64})?\]|[^/?#:@[\]\s]+)(?::(\d{1,5}))?([/?][^\s#]*)?$/i.exec(
      text.trim(),
    );
  if (!found || /[\s\p{Cc}]/u.test(text.trim())) {
    throw new RtspError("bad-url", "the stream's address cannot be read");
  }
  const scheme = (found[1] ?? "").toLowerCase();
  if (scheme !== "rtsp") {
    throw new RtspError("not-supported", `streams over ${scheme} cannot be shown`);
  }
  const bracketed = (found[2] ?? "").replace(/%[^\]]*/, "");
  const zone = /%(?:25)?([^\]]+)\]$/.exec(found[2] ?? "")?.[1];
  const port = found[3] === undefined ? 554 : Number(found[3]);
  if (port < 1 || port > 65_535) throw new RtspError("bad-url", "the stream's port cannot be used");
  const authority = found[3] === undefined ? bracketed : `${bracketed}:${port}`;
  const path = found[4] ?? "/";
  return {
    host: `${bracketed.replace(/^\[|\]$/g, "")}${zone === undefined ? "" : `%${zone}`}`,
    port,
    uri: `rtsp://${authority}${path.startsWith("?") ? `/${path}` : path}`,
  };
}

/**
 * The address of a control attribute (RFC 2326 appendix C.1.1), always on the host we were told to use.
 *
 * A device behind address translation, or a hostile one, names other hosts in `Content-Base` and
 * `a=control`: their path is taken, their host never, so that no login ever goes elsewhere.
 */
export function resolveControl(address: RtspAddress, base: string | undefined, control: string): string {
  const pinnedBase = base === undefined ? address.uri : pinned(address, base);
  if (control === "" || control === "*") return pinnedBase;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(control)) return pinned(address, control);
  if (/[\s\p{Cc}]/u.test(control)) throw new RtspError("garbage", "the description has a bad address");
  return pinnedBase.endsWith("/") ? `${pinnedBase}${control}` : `${pinnedBase}/${control}`;
}

function pinned(address: RtspAddress, uri: string): string {
  const other = parseRtspUrl(uri);
  const authority = /^rtsp:\/\/[^/?]+/.exec(address.uri)?.[0] ?? "";
  return authority + other.uri.replace(/^rtsp:\/\/[^/?]+/, "");
}
