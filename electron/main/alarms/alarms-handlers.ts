import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { AlarmsService } from "./alarms-service.ts";
import type { DefinitionsService } from "./definitions-service.ts";

/** What these handlers must know of their caller. */
export interface Caller {
  readonly session: { readonly name: string };
}

const calls = implement(contract.alarms).$context<Caller>();

/** The alarms' side of the contract. */
export const createAlarmsHandlers = (service: AlarmsService, definitions: DefinitionsService) =>
  calls.router({
    open: calls.open.handler(() => [...service.open]),
    closed: calls.closed.handler(({ input }) => service.closed(input.limit, input.before)),
    get: calls.get.handler(async ({ input, errors }) => {
      const found = await service.get(input.id);
      if (found === undefined) throw errors.NOT_FOUND();
      return found;
    }),
    act: calls.act.handler(async ({ input, context }) => [
      ...(await service.act(input.ids, input.action, context.session.name)),
    ]),
    shown: calls.shown.handler(({ input }) => {
      service.shown(input.ids);
      return null;
    }),
    recent: calls.recent.handler(() => service.recent()),
    load: calls.load.handler(({ input }) => service.load(input.days)),
    definitions: calls.definitions.handler(() => [...definitions.list]),
    saveDefinition: calls.saveDefinition.handler(async ({ input, context, errors }) => {
      const saved = await definitions.save(input, context.session.name);
      if (saved === "not-found") throw errors.NOT_FOUND();
      if (saved === "name-taken") throw errors.NAME_TAKEN();
      return saved;
    }),
    removeDefinition: calls.removeDefinition.handler(async ({ input, errors }) => {
      if (!(await definitions.remove(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal)),
    definitionsChanged: calls.definitionsChanged.handler(({ signal }) => feed(definitions.changed, signal)),
  });
