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
    list: bookmarkCalls.list.handler(({ input }) => service.list(input)),
    search: bookmarkCalls.search.handler(({ input }) => service.search(input)),
    tags: bookmarkCalls.tags.handler(() => service.tags()),
    history: bookmarkCalls.history.handler(({ input }) => service.history(input.id)),
    save: bookmarkCalls.save.handler(async ({ input, context, errors }) => {
      const saved = await service.save(input, context.session.name);
      if (saved === undefined) throw errors.NOT_FOUND();
      return saved;
    }),
    remove: bookmarkCalls.remove.handler(async ({ input, context, errors }) => {
      if (!(await service.remove(input.id, context.session.name))) throw errors.NOT_FOUND();
      return null;
    }),
    restore: bookmarkCalls.restore.handler(async ({ input, context, errors }) => {
      const restored = await service.restore(input.id, context.session.name);
      if (restored === undefined) throw errors.NOT_FOUND();
      return restored;
    }),
    changed: bookmarkCalls.changed.handler(({ signal }) => feed(service.changed, signal)),
  });

/** The evidence locks' side of the contract. */
export const createLocksHandlers = (service: LocksService) =>
  lockCalls.router({
    list: lockCalls.list.handler(({ input }) => service.list(input)),
    search: lockCalls.search.handler(({ input }) => service.search(input)),
    history: lockCalls.history.handler(({ input }) => service.history(input.id)),
    add: lockCalls.add.handler(({ input, context }) => service.add(input, context.session.name)),
    lift: lockCalls.lift.handler(async ({ input, context, errors }) => {
      const lifted = await service.lift(input.id, input.reason, context.session.name);
      if (lifted === undefined) throw errors.NOT_FOUND();
      return lifted;
    }),
    prolong: lockCalls.prolong.handler(async ({ input, context, errors }) => {
      const lock = await service.prolong(input.id, input.until, context.session.name);
      if (lock === undefined) throw errors.NOT_FOUND();
      return lock;
    }),
    changed: lockCalls.changed.handler(({ signal }) => feed(service.changed, signal)),
  });
