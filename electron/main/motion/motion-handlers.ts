import { implement } from "@orpc/server";
import { contract } from "../../../shared/contract/index.ts";
import type { MotionService } from "./motion-service.ts";

const calls = implement(contract.motion).$context<{ readonly windowId: number }>();

/** Motion search's side of the contract. */
export const createMotionHandlers = (service: MotionService) =>
  calls.router({
    begin: calls.begin.handler(({ context, signal }) => service.begin(context.windowId, signal)),
    report: calls.report.handler(({ input, context }) => {
      service.report(context.windowId, input.jobId, input.share, input.step);
      return null;
    }),
    end: calls.end.handler(({ input, context }) => {
      service.end(context.windowId, input.jobId, input.failure);
      return null;
    }),
  });
