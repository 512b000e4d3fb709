import type { RecordingOrder } from "../../../shared/contract/media-port.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device } from "../../../shared/model/device.ts";
import type { RecordedStreams } from "../../../shared/model/recording-rule.ts";
import type { StreamRole } from "../../../shared/model/stream.ts";
import type { ChannelOrders } from "./recording-rules.ts";

/** A stream that the site knows how to record, and what is to be done with it now. */
export interface PlannedStream extends ChannelOrders {
  readonly channelId: ChannelId;
  readonly role: StreamRole;
  /** The one that stands for the channel where it records two. */
  readonly isFirst: boolean;
}

const recordable: ReadonlySet<string> = new Set(["H264", "H265"]);
/** An event that is heard of this much later still finds its whole pre-roll. */
const lateEventMs = 5_000;

/** Every channel of the devices in use, with the streams its rule names as far as they can be recorded. */
export function planRecording(
  devices: readonly Device[],
  ordersOf: (channelId: ChannelId) => ChannelOrders,
): readonly PlannedStream[] {
  return devices
    .filter(({ state }) => state.kind !== "retired")
    .flatMap(({ channels }) => channels)
    .flatMap((channel) => {
      const orders = ordersOf(channel.id);
      return recordedRoles(channel, orders.rule.streams).map((role, index) => ({
        ...orders,
        channelId: channel.id,
        role,
        isFirst: index === 0,
      }));
    });
}

/** What the media process is told; a stream that rests is not named. */
export function ordersFor(plan: readonly PlannedStream[]): RecordingOrder[] {
  return plan.flatMap(({ channelId, role, task, rule }) => {
    if (task.kind === "rest") return [];
    const holdMs = rule.preRollS * 1_000 + lateEventMs;
    const how =
      task.kind === "arm"
        ? { isWriting: false, from: null, holdMs }
        : { isWriting: true, from: task.from, holdMs: task.from === null ? 0 : holdMs };
    return [{ channelId, role, ...how }];
  });
}

/** The streams wanted, the larger one first; what the camera does not have in H.264 or H.265 is replaced. */
function recordedRoles({ streams }: Channel, wanted: RecordedStreams): readonly StreamRole[] {
  const roles = streams.filter(({ codec }) => recordable.has(codec)).map(({ role }) => role);
  const [any] = roles;
  if (any === undefined) return [];
  const main = roles.includes("main") ? "main" : any;
  const sub = roles.includes("sub") ? "sub" : main;
  if (wanted === "both") return main === sub ? [main] : [main, sub];
  return [wanted === "sub" ? sub : main];
}
