import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { JobsService } from "./jobs-service.ts";

const calls = implement(contract.jobs);

/** The job list's side of the contract. */
export const createJobsHandlers = (service: JobsService) =>
  calls.router({
    list: calls.list.handler(() => service.list()),
    cancel: calls.cancel.handler(({ input, errors }) => {
      if (!service.cancel(input.id)) throw errors.NOT_FOUND();
      return null;
    }),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal)),
  });
