import { ChannelId, LockId } from "../../shared/base/ids.ts";
import type { EvidenceLock } from "../../shared/model/recording.ts";

/** A lock on the gate's first millisecond, but for what is changed. */
export const lockOf = (id: string, change: Partial<EvidenceLock>): EvidenceLock => ({
  id: LockId.parse(id),
  channels: [ChannelId.parse("gate")],
  from: 0,
  to: 1,
  reason: "incident 7",
  madeAt: 0,
  madeBy: "a",
  until: null,
  liftedAt: null,
  liftedBy: null,
  liftReason: null,
  ...change,
});
