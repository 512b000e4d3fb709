import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { SettingsService } from "./settings-service.ts";

const calls = implement(contract.settings);

/** The settings' side of the contract. */
export const createSettingsHandlers = (service: SettingsService) =>
  calls.router({
    get: calls.get.handler(() => service.current),
    put: calls.put.handler(({ input }) => service.put(input)),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal, { latestOnly: true })),
  });
