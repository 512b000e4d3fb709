import { isIPv6 } from "node:net";

/** An RTSP address as the device gave it, put right. */
export interface StreamUri {
  /** Without user info, at the device's own host. */
  readonly uri: string;
  /** The host that the device named instead of its own; null when it named itself. */
  readonly foreignHost: string | null;
}

/**
 * Makes a stream address safe to use: the host becomes `deviceHost`, whatever the device claimed; logins in
 * it are dropped. Undefined when it is no RTSP address.
 */
export function pinStreamUri(text: string, deviceHost: string): StreamUri | undefined {
  if (text.length > 1_800) return undefined;
  const found = /^(rtsps?):\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d{1,5}))?([/?][!-"$-~]*)?$/i.exec(
    text.trim(),
  );
  if (found === null) return undefined;
  const [, scheme = "rtsp", host = "", port, rest = "/"] = found;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  const named = host.replaceAll(/[[\]]/g, "").toLowerCase();
  const bare = (deviceHost.split("%")[0] ?? deviceHost).toLowerCase();
  const own = isIPv6(bare) ? `[${deviceHost.replace("%", "%25")}]` : deviceHost;
  return {
    uri: `${scheme.toLowerCase()}://${own}${port === undefined ? "" : `:${port}`}${rest}`,
    foreignHost: named === bare || named === "" ? null : named.slice(0, 253),
  };
}
