import type { Alarm } from "../../../shared/model/alarm.ts";
import { useCommands } from "../../keyboard/KeyboardProvider.tsx";
import type { Command } from "../../keyboard/command.ts";
import type { MessageKey } from "../../messages/messages.ts";
import { useAlarmsStore } from "./alarms-context.tsx";
import { meant, neighbour, type AlarmTask } from "./alarms-store.ts";
import { useAlarmDeeds } from "../../frame/use-alarm-deeds.ts";
import { useShowAlarm } from "./use-show-alarm.ts";

/** The keys of the page: an alarm can be answered from first to last without the mouse. */
export function useAlarmKeys(listed: readonly Alarm[]): void {
  const store = useAlarmsStore();
  const deed = useAlarmDeeds();
  const show = useShowAlarm();
  const ids = () => meant(store.getState(), listed);
  const opened = () => listed.find(({ id }) => id === store.getState().openId);
  const hasAny = (): boolean => ids().length > 0;
  const ask = (kind: AlarmTask["kind"]): void => store.setState({ task: { kind, ids: ids() } });
  const move = (direction: 1 | -1): void =>
    store.setState(({ openId }) => ({ openId: neighbour(listed, openId, direction), task: null }));
  const acknowledge = (): void => {
    const chosen = new Set<string>(ids());
    const needsNote = listed.some(({ id, rules }) => chosen.has(id) && rules.noteToAcknowledge);
    if (needsNote) ask("acknowledge");
    else void deed(ids(), { kind: "acknowledge", note: "" });
  };
  const command = (
    id: string,
    title: MessageKey,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = { isEnabled: hasAny },
  ): Command => ({ id: `alarms.${id}`, title, keys, scope: "page", run, ...rest });
  useCommands([
    command("next", "command.alarms.next", ["↓", "J"], () => move(1), { listed: "keys" }),
    command("previous", "command.alarms.previous", ["↑", "K"], () => move(-1), { listed: "keys" }),
    command("acknowledge", "command.alarms.acknowledge", ["A"], acknowledge),
    command("take", "command.alarms.take", ["T"], () => void deed(ids(), { kind: "take" })),
    command("note", "command.alarms.note", ["N"], () => ask("note")),
    command("hand-over", "command.alarms.handOver", ["H"], () => ask("hand-over")),
    command("shelve", "command.alarms.shelve", ["S"], () => {
      if (opened()?.shelved == null) ask("shelve");
      else void deed(ids(), { kind: "unshelve" });
    }),
    command("close", "command.alarms.close", ["C"], () => ask("close")),
    command("step", "command.alarms.step", ["I"], () =>
      document.querySelector<HTMLElement>("[data-open-step] button")?.focus(),
    ),
    command("show", "command.alarms.show", ["W"], () => {
      const alarm = opened();
      if (alarm !== undefined) show.onWall(alarm);
    }),
    command("play", "command.alarms.play", ["P"], () => {
      const alarm = opened();
      if (alarm !== undefined) show.before(alarm);
    }),
    command(
      "definitions",
      "command.alarms.definitions",
      ["D"],
      () => store.setState({ drawer: { kind: "definitions" } }),
      {},
    ),
    command(
      "load",
      "command.alarms.load",
      ["L"],
      () => store.setState({ lane: "load", openId: null, ticked: new Set(), task: null }),
      {},
    ),
    command(
      "back",
      "command.alarms.back",
      ["Esc"],
      () => store.setState({ task: null, ticked: new Set(), drawer: { kind: "none" } }),
      { listed: "keys" },
    ),
  ]);
}
