import { AlarmDefinitionId, type AlarmId } from "../../shared/base/ids.ts";
import type { AlarmOutcome, AlarmsChange } from "../../shared/contract/alarms.ts";
import type { Alarm, AlarmDefinition, AlarmEntry } from "../../shared/model/alarm.ts";
import { alarmLoad } from "../../shared/model/alarm-load.ts";
import { act, type AlarmAction } from "../../shared/model/alarm-action.ts";
import type { fakeCalls } from "./fake-calls.ts";
import { FakeFeed } from "./fake-feed.ts";

/** The alarms of the fake main process, open and closed, with what was done about them. */
export interface FakeAlarms {
  alarms: Alarm[];
  entries: Map<AlarmId, AlarmEntry[]>;
  definitions: AlarmDefinition[];
}

export const createFakeAlarms = (seed: Partial<FakeAlarms> = {}): FakeAlarms => ({
  alarms: [],
  entries: new Map(),
  definitions: [],
  ...seed,
});

/** The alarms' side of the contract over plain objects; what may be done follows the real rules. */
export function fakeAlarmsRouter(site: { desk: FakeAlarms }, os: ReturnType<typeof fakeCalls>) {
  const changed = new FakeFeed<AlarmsChange>();
  const definitionsChanged = new FakeFeed<{ sequence: number }>();
  let sequence = 0;
  const doTo = (id: AlarmId, action: AlarmAction): AlarmOutcome => {
    const alarm = site.desk.alarms.find((known) => known.id === id);
    if (alarm === undefined) return { id, refusal: "gone" };
    const outcome = act(alarm, action, "ann", Date.now());
    if (!outcome.ok) return { id, refusal: outcome.error };
    const { alarm: next, entry } = outcome.value;
    site.desk.alarms = site.desk.alarms.map((known) => (known.id === id ? next : known));
    site.desk.entries.set(id, [...(site.desk.entries.get(id) ?? []), entry]);
    changed.push({ sequence: sequence++, alarms: [next], announced: [] });
    return { id, refusal: null };
  };
  const keep = (definitions: AlarmDefinition[]): void => {
    site.desk.definitions = definitions;
    definitionsChanged.push({ sequence: sequence++ });
  };
  return os.alarms.router({
    open: os.alarms.open.handler(() => site.desk.alarms.filter(({ closed }) => closed === null)),
    closed: os.alarms.closed.handler(() => site.desk.alarms.filter(({ closed }) => closed !== null)),
    get: os.alarms.get.handler(({ input: { id }, errors }) => {
      const alarm = site.desk.alarms.find((known) => known.id === id);
      if (alarm === undefined) throw errors.NOT_FOUND();
      return { alarm, entries: site.desk.entries.get(id) ?? [] };
    }),
    act: os.alarms.act.handler(({ input }) => input.ids.map((id) => doTo(id, input.action))),
    shown: os.alarms.shown.handler(() => null),
    recent: os.alarms.recent.handler(() => site.desk.alarms.map(({ id, raisedAt }) => ({ id, raisedAt }))),
    load: os.alarms.load.handler(({ input }) => {
      const toAt = Date.now() + 1;
      const fromAt = toAt - input.days * 86_400_000;
      const facts = site.desk.alarms.map((alarm) => ({
        ...alarm,
        acknowledgedAt: alarm.acknowledged?.at ?? null,
        closedAt: alarm.closed?.at ?? null,
        disposition: alarm.closed?.disposition ?? null,
        stands: alarm.standing.length > 0,
        isShelved: alarm.shelved !== null,
      }));
      return alarmLoad({
        fromAt,
        toAt,
        isWhole: true,
        raised: facts.filter(({ raisedAt }) => raisedAt >= fromAt),
        repeats: [],
        open: facts.filter(({ closedAt }) => closedAt === null),
      });
    }),
    definitions: os.alarms.definitions.handler(() => site.desk.definitions),
    saveDefinition: os.alarms.saveDefinition.handler(({ input }) => {
      const saved = { ...input, id: input.id ?? AlarmDefinitionId.parse(`definition-${sequence}`) };
      keep([...site.desk.definitions.filter(({ id }) => id !== saved.id), saved]);
      return saved;
    }),
    removeDefinition: os.alarms.removeDefinition.handler(({ input, errors }) => {
      const left = site.desk.definitions.filter(({ id }) => id !== input.id);
      if (left.length === site.desk.definitions.length) throw errors.NOT_FOUND();
      keep(left);
      return null;
    }),
    changed: os.alarms.changed.handler(({ signal }) => changed.open(signal)),
    definitionsChanged: os.alarms.definitionsChanged.handler(({ signal }) => definitionsChanged.open(signal)),
  });
}
