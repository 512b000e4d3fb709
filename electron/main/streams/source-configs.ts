import { isIPv6 } from "node:net";
import type { MediaCommand } from "../../../shared/contract/media-port.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device, FailureReason } from "../../../shared/model/device.ts";
import type { Settings } from "../../../shared/model/settings.ts";

/** What opens a device's streams, or why nothing does. */
export type StreamLogin =
  | { readonly kind: "login"; readonly username: string; readonly password: string }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly reason: FailureReason; readonly detail: string };

/** The commands that tell the media process where a device's streams are and how to get them. */
export function sourceCommands(
  device: Device,
  login: StreamLogin,
  transport: Settings["rtspTransport"],
): readonly MediaCommand[] {
  return device.channels.flatMap((channel) => channelCommands(device, channel, login, transport));
}

function channelCommands(
  device: Device,
  channel: Channel,
  login: StreamLogin,
  transport: Settings["rtspTransport"],
): readonly MediaCommand[] {
  if (login.kind === "refused") {
    const { reason, detail } = login;
    return [{ type: "refuse", channelId: channel.id, reason, detail }];
  }
  const roles = new Set<string>();
  const commands: MediaCommand[] = [];
  for (const stream of channel.streams) {
    if (roles.has(stream.role)) continue;
    roles.add(stream.role);
    commands.push({
      type: "configure",
      source: {
        channelId: channel.id,
        role: stream.role,
        uri: withHost(stream.uri, device.address.host),
        username: login.kind === "login" ? login.username : null,
        password: login.kind === "login" ? login.password : null,
        transport,
        clockOffsetMs: device.clockOffsetMs,
      },
    });
  }
  return commands;
}

/**
 * A stream address on the device's present host, without user info.
 *
 * The login goes only to the address the device was adopted at, or came back under; never to a host that
 * a reply named.
 */
export function withHost(uri: string, host: string): string {
  const found = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?(?:\[[^\]/]*\]|[^/?#:]*)(:\d+)?(.*)$/is.exec(uri);
  if (!found) return uri;
  const [, scheme = "", port = "", rest = ""] = found;
  return `${scheme}${isIPv6(host) ? `[${host}]` : host}${port}${rest}`;
}
