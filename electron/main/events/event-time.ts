/** When something happened, and how that is known. */
export interface EventTime {
  readonly occurredAt: number;
  readonly offsetMs: number | null;
  /** In words, when the device's own time was not used; empty otherwise. */
  readonly remark: string;
}

/** Beyond these a device's time is not believed: it buffers for minutes, not for hours, and knows no future. */
const earliestMs = 3_600_000;
const latestMs = 5_000;

/**
 * The device's time less its measured offset, or our own where that makes no sense: a clock in 1970 or next week, no
 * time at all. So `occurredAt` is never more than an hour before `receivedAt`.
 */
export function placeInTime(deviceAt: number | null, offsetMs: number | null, receivedAt: number): EventTime {
  if (deviceAt === null) return { occurredAt: receivedAt, offsetMs: null, remark: "" };
  const corrected = deviceAt - (offsetMs ?? 0);
  const lateBy = receivedAt - corrected;
  if (lateBy > earliestMs || lateBy < -latestMs) {
    const remark = `the device's time makes no sense (${new Date(clamp(deviceAt)).toISOString()}); ours is used`;
    return { occurredAt: receivedAt, offsetMs: null, remark };
  }
  return { occurredAt: Math.min(corrected, receivedAt), offsetMs, remark: "" };
}

const clamp = (at: number): number => Math.max(-8.64e15, Math.min(8.64e15, at));
