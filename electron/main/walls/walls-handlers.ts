import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { WallsService } from "./walls-service.ts";

const calls = implement(contract.walls);

/** The walls' side of the contract. */
export const createWallsHandlers = (service: WallsService) =>
  calls.router({
    list: calls.list.handler(() => service.list()),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal)),
    save: calls.save.handler(async ({ input, errors }) => {
      const saved = await service.save(input);
      if (!saved.ok) throw errors.NAME_TAKEN();
      return saved.value;
    }),
    remove: calls.remove.handler(async ({ input, errors }) => {
      if (!(await service.remove(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
  });
