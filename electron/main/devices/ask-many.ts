import type { DeviceId } from "../../../shared/base/ids.ts";
import type { Result } from "../../../shared/base/result.ts";
import type { DeviceOutcome } from "../../../shared/contract/devices.ts";
import type { Device, FailureReason } from "../../../shared/model/device.ts";
import type { JobTitle } from "../../../shared/model/job.ts";
import type { RunJob } from "./run-job.ts";

export interface AskManyOptions {
  readonly title: JobTitle;
  readonly ids: readonly DeviceId[];
  readonly runJob: RunJob;
  readonly nameOf: (id: DeviceId) => string;
  /** Asks one device, once. */
  readonly ask: (
    id: DeviceId,
  ) => Promise<Result<Device, { readonly reason: FailureReason; readonly detail: string } | "not-found">>;
}

const askedAtOnce = 8;

/** Asks several devices as one job: each once, at most eight at a time; cancelled, the rest is left alone. */
export function askMany({ title, ids, runJob, nameOf, ask }: AskManyOptions): Promise<DeviceOutcome[]> {
  return runJob(title, { cancellable: true }, async (job, signal) => {
    const each = [...new Set(ids)];
    const outcomes = new Map<DeviceId, DeviceOutcome>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let id = each[next++]; id !== undefined && !signal.aborted; id = each[next++]) {
        job.step(nameOf(id));
        outcomes.set(id, outcomeOf(id, await ask(id)));
        job.progress(outcomes.size / each.length);
      }
    };
    await Promise.all(Array.from({ length: askedAtOnce }, work));
    return each.map((id) => outcomes.get(id) ?? { kind: "skipped", deviceId: id });
  });
}

function outcomeOf(deviceId: DeviceId, asked: Awaited<ReturnType<AskManyOptions["ask"]>>): DeviceOutcome {
  if (asked.ok) return { kind: "done", deviceId };
  if (asked.error !== "not-found") return { kind: "failed", deviceId, ...asked.error };
  return { kind: "failed", deviceId, reason: "not-found", detail: "it is no longer in the list" };
}
