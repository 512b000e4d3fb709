import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import { AddressRangeError, parseAddressRange } from "./address-range.ts";
import { NoAnswerError } from "./ask-typed.ts";
import type { DiscoveryService } from "./discovery-service.ts";
import { TypedAddressError } from "./typed-address.ts";

const calls = implement(contract.discovery);

/** A sweep is long work: the job list shows it and can cancel it. */
export type RunSweep = (range: string) => Promise<void>;

/** Discovery's side of the contract. */
export const createDiscoveryHandlers = (service: DiscoveryService, runSweep: RunSweep) =>
  calls.router({
    view: calls.view.handler(() => service.view()),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal, { latestOnly: true })),
    probe: calls.probe.handler(async () => {
      await service.probe();
      return null;
    }),
    stop: calls.stop.handler(() => {
      service.cancel();
      return null;
    }),
    sweep: calls.sweep.handler(async ({ input, errors }) => {
      try {
        parseAddressRange(input.range);
      } catch (error) {
        if (error instanceof AddressRangeError) throw errors.BAD_RANGE({ data: { detail: error.message } });
        throw error;
      }
      await runSweep(input.range);
      return null;
    }),
    add: calls.add.handler(async ({ input, errors, signal }) => {
      try {
        return await service.add(input.address, signal ?? new AbortController().signal);
      } catch (error) {
        if (error instanceof TypedAddressError) throw errors.BAD_ADDRESS({ data: { detail: error.message } });
        if (error instanceof NoAnswerError) throw errors.NO_ANSWER({ data: { detail: error.message } });
        throw error;
      }
    }),
    forget: calls.forget.handler(({ input }) => {
      service.forget(input.id);
      return null;
    }),
  });
