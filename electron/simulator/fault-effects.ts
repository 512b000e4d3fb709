import type { Clock } from "../../shared/base/clock.ts";
import type { CameraCounters } from "./counters.ts";
import type { DeviceClock } from "./device-clock.ts";
import { isRtspFault, type Fault, type FaultKind } from "./fault.ts";
import type { SoapServer } from "./http/soap-server.ts";
import type { RawEvent } from "./site-api.ts";
import type { StreamServer } from "./stream-server.ts";

/** What faults that act by themselves act on. */
export interface FaultGround {
  readonly clock: DeviceClock;
  readonly trueClock: Clock;
  readonly soap: SoapServer;
  readonly streams: StreamServer;
  readonly counters: CameraCounters;
  /** The clock's error at start, to which it returns. */
  readonly offsetMs: number;
  /** True while this very fault is set and the camera was not switched off. */
  readonly isStillOn: (fault: Fault) => boolean;
  readonly raiseRaw: (event: RawEvent) => void;
}

/** Carries out faults that do something when they begin or end; the others are looked up when they matter. */
export function applyFault(kind: FaultKind, fault: Fault | undefined, ground: FaultGround): void {
  const { clock, trueClock, soap, streams, counters } = ground;
  if (kind.startsWith("rtsp-")) {
    if (fault === undefined) streams.clearFault(kind);
    else if (fault.kind === "rtsp-kill") streams.killConnections();
    else if (isRtspFault(fault)) streams.setFault(fault);
    if (fault !== undefined) counters.countFault(kind);
    return;
  }
  if (kind.startsWith("clock-")) {
    clock.drift(0);
    clock.set(trueClock.now() + ground.offsetMs);
  }
  if (kind === "new-certificate") soap.changeCertificate();
  if (fault === undefined) return;
  if (fault.kind === "new-certificate") counters.countFault(kind);
  if (fault.kind === "drop") soap.cutConnections();
  else if (fault.kind === "event-flood") void flood(fault.perSecond, fault, ground);
  else if (fault.kind === "clock-1970") clock.set(60_000);
  else if (fault.kind === "clock-jump") clock.jump(fault.byMs);
  else if (fault.kind === "clock-drift") clock.drift(fault.ppm);
  if (kind.startsWith("clock-")) counters.countFault(kind);
}

async function flood(perSecond: number, fault: Fault, ground: FaultGround): Promise<void> {
  for (let number = 1; ground.isStillOn(fault); number += 1) {
    ground.counters.countFault(fault.kind);
    ground.raiseRaw({
      topic: "tnsven:Logs/Entry",
      source: { Device: "1" },
      data: { Line: `entry ${String(number)}` },
    });
    await ground.trueClock.sleep(1_000 / perSecond);
  }
}
