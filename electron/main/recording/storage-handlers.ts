import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { StorageService } from "./storage-service.ts";
import type { StorageSetup } from "./storage-setup.ts";

const calls = implement(contract.storage);

/** Storage's side of the contract. */
export const createStorageHandlers = (service: StorageService, setup: StorageSetup) =>
  calls.router({
    view: calls.view.handler(() => service.view),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal, { latestOnly: true })),
    addLocation: calls.addLocation.handler(async ({ input, errors }) => {
      const added = await setup.addLocation(input.root);
      if (!added.ok) throw errors.REFUSED({ data: { detail: added.error } });
      return added.value;
    }),
    saveLocation: calls.saveLocation.handler(async ({ input, errors }) => {
      const saved = await setup.saveLocation(input);
      if (!saved.ok) throw errors.REFUSED({ data: { detail: saved.error } });
      return saved.value;
    }),
    orderLocations: calls.orderLocations.handler(async ({ input }) => {
      await setup.orderLocations(input.ids);
      return null;
    }),
    removeLocation: calls.removeLocation.handler(async ({ input, errors }) => {
      const removed = await setup.removeLocation(input.id);
      if (!removed.ok) throw errors.REFUSED({ data: { detail: removed.error } });
      return removed.value;
    }),
    move: calls.move.handler(async ({ input, errors }) => {
      const begun = await setup.move(input);
      if (!begun.ok) throw errors.REFUSED({ data: { detail: begun.error } });
      return begun.value;
    }),
    saveGroup: calls.saveGroup.handler(async ({ input, errors }) => {
      const saved = await setup.saveGroup(input);
      if (!saved.ok) throw errors.REFUSED({ data: { detail: saved.error } });
      return saved.value;
    }),
    removeGroup: calls.removeGroup.handler(async ({ input, errors }) => {
      if (!(await setup.removeGroup(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
  });
