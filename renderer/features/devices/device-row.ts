import type { Device, FailureReason } from "../../../shared/model/device.ts";
import { assertNever } from "../../../shared/base/result.ts";
import type { StreamStatus } from "../../../shared/model/stream-status.ts";
import type { Stream } from "../../../shared/model/stream.ts";
import type { Severity } from "../../design/StateMark.tsx";

/** Something about a device that a technician should look at; the worst one names its state. */
export type DeviceFinding =
  | {
      readonly kind: "failure";
      readonly severity: Severity;
      readonly reason: FailureReason;
      readonly since: number;
    }
  | { readonly kind: "clock"; readonly severity: Severity; readonly offsetMs: number }
  | { readonly kind: "no-stream" | "no-sub" | "format"; readonly severity: Severity };

/** A device as the table shows it. */
export interface DeviceRow {
  readonly id: string;
  readonly device: Device;
  readonly numbers: readonly number[];
  readonly findings: readonly DeviceFinding[];
  readonly isWatched: boolean;
}

/** A clock further off than this makes login by token, synchronised play and evidence doubtful. */
export const clockFindingMs = 5_000;

const rank: Readonly<Record<Severity, number>> = {
  critical: 0,
  serious: 1,
  warning: 2,
  notice: 3,
  quiet: 4,
  normal: 5,
};

/** Rows in the order of the devices; `statuses` says which are being watched. */
export function deviceRows(
  devices: readonly Device[],
  statuses: readonly StreamStatus[],
): readonly DeviceRow[] {
  const playing = new Set(
    statuses.filter(({ status }) => status.kind === "playing").map((status) => status.channelId),
  );
  return devices.map((device) => ({
    id: device.id,
    device,
    numbers: device.channels.map((channel) => channel.number),
    findings: findingsOf(device),
    isWatched: device.channels.some((channel) => playing.has(channel.id)),
  }));
}

/** Everything there is to say against a device, worst first. */
export function findingsOf(device: Device): readonly DeviceFinding[] {
  const findings: DeviceFinding[] = [...stateFindings(device), ...streamFindings(device)];
  const offsetMs = device.clockOffsetMs;
  if (offsetMs !== null && Math.abs(offsetMs) > clockFindingMs) {
    findings.push({ kind: "clock", severity: "notice", offsetMs });
  }
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function stateFindings(device: Device): readonly DeviceFinding[] {
  const { state } = device;
  switch (state.kind) {
    case "unreachable":
      return [{ kind: "failure", severity: "critical", reason: state.reason, since: state.since }];
    case "degraded":
      return [{ kind: "failure", severity: "warning", reason: state.reason, since: state.since }];
    case "adopted":
    case "retired":
      return [];
    default:
      return assertNever(state);
  }
}

function streamFindings(device: Device): readonly DeviceFinding[] {
  if (device.channels.length === 0) return [{ kind: "no-stream", severity: "serious" }];
  const findings: DeviceFinding[] = [];
  for (const { streams } of device.channels) {
    if (streams.length === 0) findings.push({ kind: "no-stream", severity: "serious" });
    else if (!streams.some(isShowable)) findings.push({ kind: "format", severity: "serious" });
    else if (!streams.some((stream) => stream.role === "sub"))
      findings.push({ kind: "no-sub", severity: "notice" });
  }
  return findings;
}

/** Whether the console can show the stream at all. */
export function isShowable(stream: Stream): boolean {
  return stream.codec === "H264" || stream.codec === "H265";
}
