import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { BookmarksService } from "./bookmarks-service.ts";
import type { LocksService } from "./locks-service.ts";

/** What these handlers must know of their caller. */
export interface Caller {
  readonly session: { readonly name: string };
}

const bookmarkCalls = implement(contract.bookmarks).$context<Caller>();
const lockCalls = implement(contract.locks).$context<Caller>();

/** The bookmarks' side of the contract. */
export const createBookmarksHandlers = (service: BookmarksService) =>
  bookmarkCalls.router({
    list: bookmarkCalls.list.handler(({ input }) => service.list(input, input.text)),
    save: bookmarkCalls.save.handler(async ({ input, context, errors }) => {
      const saved = await service.save(input, context.session.name);
      if (saved === undefined) throw errors.NOT_FOUND();
      return saved;
    }),
    remove: bookmarkCalls.remove.handler(async ({ input, errors }) => {
      if (!(await service.remove(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
    changed: bookmarkCalls.changed.handler(({ signal }) => feed(service.changed, signal)),
  });

/** The evidence locks' side of the contract. */
export const createLocksHandlers = (service: LocksService) =>
  lockCalls.router({
    list: lockCalls.list.handler(({ input }) => service.list(input, input.withEnded)),
    add: lockCalls.add.handler(({ input, context }) => service.add(input, context.session.name)),
    lift: lockCalls.lift.handler(async ({ input, context, errors }) => {
      const lifted = await service.lift(input.id, context.session.name);
      if (lifted === undefined) throw errors.NOT_FOUND();
      return lifted;
    }),
    changed: lockCalls.changed.handler(({ signal }) => feed(service.changed, signal)),
  });
