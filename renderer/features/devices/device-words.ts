import { assertNever } from "../../../shared/base/result.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { Severity } from "../../design/StateMark.tsx";
import { failureWords } from "../../messages/failure-words.ts";
import { clockOffset, duration, resolution } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";
import type { DeviceFinding, DeviceRow } from "./device-row.ts";

/** A finding in words. */
export function findingWords(say: Say, finding: DeviceFinding): string {
  switch (finding.kind) {
    case "failure":
      return say(failureWords[finding.reason].name);
    case "clock":
      return say("devices.finding.clock", { offset: clockOffset(say, finding.offsetMs) });
    case "no-sub":
      return say("devices.finding.noSub");
    case "no-stream":
      return say("devices.finding.noStream");
    case "format":
      return say("devices.finding.format");
    default:
      return assertNever(finding);
  }
}

/** A row's state for its cell: the worst finding, with how long it has stood when it is a failure. */
export function stateWords(
  say: Say,
  row: DeviceRow,
  now: number,
): { readonly severity: Severity; readonly words: string } {
  if (row.device.state.kind === "retired") return { severity: "quiet", words: say("devices.state.retired") };
  const worst = row.findings[0];
  if (worst === undefined) {
    return { severity: "normal", words: say(row.isWatched ? "devices.state.live" : "devices.state.ok") };
  }
  const words = findingWords(say, worst);
  if (worst.kind !== "failure") return { severity: worst.severity, words };
  const since = duration(say, now - worst.since);
  return { severity: worst.severity, words: say("devices.state.since", { state: words, duration: since }) };
}

/** `1080p + 360p`; the format is named when it is not H.264. */
export function streamWords(device: Device): string {
  const streams = device.channels[0]?.streams ?? [];
  const words = streams.map((stream) => {
    const size = resolution(stream.width, stream.height);
    return stream.codec === "H264" ? size : `${size} ${stream.codec === "H265" ? "H.265" : stream.codec}`;
  });
  return words.length === 0 ? "–" : words.join(" + ");
}

/** `digest · TLS`. */
export function loginWords(say: Say, device: Device): string {
  const login = say(`devices.login.${device.login}`);
  return device.address.tls ? say("devices.login.tls", { login }) : login;
}
