import { implement } from "@orpc/server";
import { assertNever, type Result } from "../../../shared/base/result.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { FailureReason } from "../../../shared/model/device.ts";
import type { PtzFailure, PtzService } from "./ptz-service.ts";

/** What these handlers must know of their caller. */
interface Caller {
  readonly windowId: number;
}

interface Errors {
  readonly NOT_FOUND: () => Error;
  readonly NOT_MOVABLE: () => Error;
  readonly FAILED: (options: { readonly data: { reason: FailureReason; detail: string } }) => Error;
}

const calls = implement(contract.ptz).$context<Caller>();

/** Moving cameras: each of these calls needs "steer" (`access/permissions.ts`). */
export const createPtzHandlers = (service: PtzService) =>
  calls.router({
    move: calls.move.handler(async ({ input: { channelId, ...velocity }, context, errors }) =>
      valueOf(await service.move(context.windowId, channelId, velocity), errors),
    ),
    stop: calls.stop.handler(async ({ input, errors }) =>
      valueOf(await service.stop(input.channelId), errors),
    ),
    presets: calls.presets.handler(async ({ input, errors }) =>
      valueOf(await service.presets(input.channelId), errors),
    ),
    goTo: calls.goTo.handler(async ({ input, errors }) =>
      valueOf(await service.goTo(input.channelId, input.token), errors),
    ),
    home: calls.home.handler(async ({ input, errors }) =>
      valueOf(await service.home(input.channelId), errors),
    ),
  });

function valueOf<T>(result: Result<T, PtzFailure>, errors: Errors): T {
  if (result.ok) return result.value;
  const { error } = result;
  switch (error.kind) {
    case "not-found":
      throw errors.NOT_FOUND();
    case "not-movable":
      throw errors.NOT_MOVABLE();
    case "failed":
      throw errors.FAILED({ data: { reason: error.reason, detail: error.detail } });
    default:
      return assertNever(error);
  }
}
