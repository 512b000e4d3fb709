/** What a client asks for in SETUP, RFC 2326 section 12.39. */
export type TransportChoice =
  | { readonly kind: "tcp"; readonly channels: readonly [rtp: number, rtcp: number] | undefined }
  | { readonly kind: "udp"; readonly clientPorts: readonly [rtp: number, rtcp: number] };

/**
 * The first alternative of a Transport header that this server can serve, or undefined: multicast, another profile,
 * ports or channels out of range.
 */
export function parseTransport(header: string): TransportChoice | undefined {
  for (const alternative of header.split(",")) {
    const choice = parseAlternative(alternative.trim());
    if (choice !== undefined) return choice;
  }
  return undefined;
}

function parseAlternative(text: string): TransportChoice | undefined {
  const [profile = "", ...parameters] = text.split(";").map((part) => part.trim());
  if (parameters.includes("multicast")) return undefined;
  const value = (name: string): string | undefined =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
  switch (profile.toUpperCase()) {
    case "RTP/AVP/TCP": {
      const wanted = value("interleaved");
      if (wanted === undefined) return { kind: "tcp", channels: undefined };
      const channels = pair(wanted, 255);
      return channels && { kind: "tcp", channels };
    }
    case "RTP/AVP":
    case "RTP/AVP/UDP": {
      const clientPorts = pair(value("client_port") ?? "", 65_535);
      return clientPorts && clientPorts[0] > 0 ? { kind: "udp", clientPorts } : undefined;
    }
    default:
      return undefined;
  }
}

function pair(text: string, most: number): readonly [number, number] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const second = match[2] === undefined ? first + 1 : Number(match[2]);
  return first <= most && second <= most ? [first, second] : undefined;
}
