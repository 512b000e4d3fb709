import { randomInt } from "node:crypto";
import { ORPCError, type Router } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type { MessagePortMain } from "electron";
import type { Contract } from "../../../shared/contract/index.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { CallContext } from "../access/call-context.ts";
import { isAllowed } from "../access/permissions.ts";

export interface RpcServerDeps {
  readonly log: Log;
  /** The whole contract: a handler that is missing does not compile. */
  readonly router: Router<Contract, CallContext>;
}

/** Errors that say something to the caller and nothing of our insides. */
const spoken: ReadonlySet<string> = new Set(["BAD_REQUEST", "FORBIDDEN", "NOT_FOUND"]);

/** Eight digits that a person can read out; the log has the rest. */
const newIncident = (): string => String(randomInt(10_000_000, 100_000_000));

/** The store's error, known by its code: the platform does not link the store. */
const codeOf = (error: unknown): unknown =>
  error instanceof Error && error.name === "StoreError" && "code" in error ? error.code : undefined;

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.stack ?? error.message}${causeOf(error)}` : String(error);
const causeOf = (error: Error): string => (error.cause === undefined ? "" : ` ← ${describe(error.cause)}`);

/**
 * Where calls enter: one port a window, and for every call first the permission, then the input, then the
 * handler. What a handler did not promise becomes INTERNAL with an incident number.
 */
export class RpcServer {
  readonly #handler: RPCHandler<CallContext>;
  readonly #log: Log;
  readonly #ports = new Map<number, MessagePortMain>();

  constructor({ log, router }: RpcServerDeps) {
    this.#log = log;
    this.#handler = new RPCHandler<CallContext>(router, {
      clientInterceptors: [
        async (call) => {
          const { context, path } = call;
          if (!isAllowed(context.session, path)) {
            log.warn("call forbidden", { call: path.join("."), user: context.session.name });
            throw new ORPCError("FORBIDDEN");
          }
          try {
            return await call.next();
          } catch (error) {
            throw this.#spokenError(error, path);
          }
        },
      ],
    });
  }

  /** Serves a window on a fresh port; the one it had before (its page was loaded again) is closed. */
  serve(port: MessagePortMain, context: CallContext): void {
    this.drop(context.windowId);
    this.#ports.set(context.windowId, port);
    this.#handler.upgrade(port, { context });
    port.start();
  }

  /** The window is gone: its calls and feeds end. */
  drop(windowId: number): void {
    this.#ports.get(windowId)?.close();
    this.#ports.delete(windowId);
  }

  stop(): void {
    for (const windowId of this.#ports.keys()) this.drop(windowId);
  }

  #spokenError(error: unknown, path: readonly string[]): unknown {
    if (error instanceof ORPCError && (error.defined || spoken.has(error.code))) return error;
    if (codeOf(error) === "disk-full") return new ORPCError("DISK_FULL", { status: 507 });
    const incident = newIncident();
    this.#log.error("call failed", { incident, call: path.join("."), error: describe(error) });
    return new ORPCError("INTERNAL", { status: 500, message: `Incident ${incident}`, data: { incident } });
  }
}
