import {
  floodBegins,
  targetFloodShare,
  targetPerInterval,
  type AlarmLoad,
  type Percentiles,
} from "../../../shared/model/alarm-load.ts";
import { dateTime, duration, percent } from "../../messages/format.ts";
import type { Say } from "../../messages/messages.ts";

/** One measure in words; `isWithin` null: there is no target, or nothing to judge. */
export interface LoadLine {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly target: string;
  readonly isWithin: boolean | null;
}

/** A mix of priorities out of fewer alarms says nothing. */
const enoughForMix = 20;

/** Every measure of the load with its target (EEMUA 191, ISA-18.2), in words. */
export function loadLines(say: Say, load: AlarmLoad, zone: string): readonly LoadLine[] {
  const { busiest, floods, now } = load;
  const none = say("alarms.load.none");
  const plain = (id: string, name: string, value: string): LoadLine => ({
    id,
    name,
    value,
    target: "",
    isWithin: null,
  });
  const empty = (id: "stale" | "chattering", count: number): LoadLine => ({
    id,
    name: say(`alarms.load.${id}`),
    value: String(count),
    target: none,
    isWithin: count === 0,
  });
  return [
    plain(
      "raised",
      say("alarms.load.raised"),
      say("alarms.load.raised.value", { raised: load.raised, repeats: load.repeats }),
    ),
    {
      id: "rate",
      name: say("alarms.load.rate"),
      value: load.perInterval.toFixed(load.perInterval < 10 ? 2 : 0),
      target: say("alarms.load.rate.target", { count: targetPerInterval }),
      isWithin: load.perInterval <= targetPerInterval,
    },
    {
      id: "busiest",
      name: say("alarms.load.busiest"),
      value:
        busiest === null
          ? none
          : say("alarms.load.busiest.value", { count: busiest.count, time: dateTime(busiest.fromAt, zone) }),
      target: say("alarms.load.busiest.target", { count: floodBegins }),
      isWithin: busiest === null || busiest.count < floodBegins,
    },
    {
      id: "floods",
      name: say("alarms.load.floods", { begins: floodBegins }),
      value: say("alarms.load.floods.value", { count: floods.count, share: percent(say, floods.share) }),
      target: say("alarms.load.floods.target", { share: percent(say, targetFloodShare) }),
      isWithin: floods.share < targetFloodShare,
    },
    plain("standing", say("alarms.load.standing"), String(now.standing)),
    empty("stale", now.stale),
    plain("shelved", say("alarms.load.shelved"), String(now.shelved)),
    empty("chattering", load.chattering),
    ...mixLines(say, load),
    plain("acknowledged", say("alarms.load.acknowledged"), times(say, load.toAcknowledge)),
    plain("closed", say("alarms.load.closed"), times(say, load.toClose)),
  ];
}

const times = (say: Say, of: Percentiles | null): string =>
  of === null
    ? say("alarms.load.none")
    : say("alarms.load.times", { p50: duration(say, of.p50Ms), p95: duration(say, of.p95Ms) });

/** Few may be grave: more than twice the aim is too many. */
function mixLines(say: Say, { byPriority, raised }: AlarmLoad): LoadLine[] {
  const count = (...of: readonly number[]): number =>
    byPriority.reduce((sum, { priority, count: here }) => sum + (of.includes(priority) ? here : 0), 0);
  const line = (id: "1" | "2" | "low", here: number, isWithin: (share: number) => boolean): LoadLine => {
    const share = raised === 0 ? 0 : here / raised;
    return {
      id: `mix-${id}`,
      name: say(`alarms.load.mix.${id}`),
      value:
        raised === 0
          ? say("alarms.load.none")
          : say("alarms.load.mix.value", { count: here, share: percent(say, share) }),
      target: say(`alarms.load.mix.target.${id}`),
      isWithin: raised < enoughForMix ? null : isWithin(share),
    };
  };
  return [
    line("1", count(1), (share) => share <= 0.1),
    line("2", count(2), (share) => share <= 0.3),
    line("low", count(3, 4), (share) => share >= 0.6),
  ];
}
