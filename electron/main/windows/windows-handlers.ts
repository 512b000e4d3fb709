import { implement } from "@orpc/server";
import { contract } from "../../../shared/contract/index.ts";
import type { CallContext } from "../access/call-context.ts";
import type { WindowsService } from "./windows-service.ts";

const calls = implement(contract.windows).$context<CallContext>();

/** The windows' side of the contract: each call is about the window it comes from. */
export const createWindowsHandlers = (service: WindowsService) =>
  calls.router({
    open: calls.open.handler(({ input }) => {
      service.open(input);
      return null;
    }),
    setFullScreen: calls.setFullScreen.handler(({ input, context }) => {
      service.setFullScreen(context.windowId, input.on);
      return null;
    }),
    fullScreen: calls.fullScreen.handler(({ context }) => ({ on: service.isFullScreen(context.windowId) })),
    state: calls.state.handler(({ context }) => service.state(context.windowId)),
    keepState: calls.keepState.handler(({ input, context }) => {
      service.keepState(context.windowId, input);
      return null;
    }),
    close: calls.close.handler(({ context }) => {
      service.close(context.windowId);
      return null;
    }),
  });
