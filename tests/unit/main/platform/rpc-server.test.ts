import { MessageChannel } from "node:worker_threads";
import { createORPCClient, type ORPCError } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { implement } from "@orpc/server";
import { expect, test } from "vitest";
import type { CallContext } from "../../../../electron/main/access/call-context.ts";
import { localOperator, type Session } from "../../../../electron/main/access/permissions.ts";
import { RpcServer, type RpcServerDeps } from "../../../../electron/main/platform/rpc-server.ts";
import { StoreError } from "../../../../electron/store/store-error.ts";
import { contract, type Contract } from "../../../../shared/contract/index.ts";
import type { LogFields } from "../../../../shared/model/log.ts";

const calls = implement(contract).$context<CallContext>();

/** Asks over a real port for the settings, whose handler throws; answers what reached the window and the log. */
async function failWith(fault: unknown, session: Session = localOperator) {
  const logged: (readonly [string, LogFields | undefined])[] = [];
  const note = (message: string, fields?: LogFields): void => void logged.push([message, fields]);
  const get = calls.settings.get.handler(() => {
    throw fault;
  });
  // One handler of the contract is enough here; the whole router is the composition's.
  const router = { settings: { get } } as unknown as RpcServerDeps["router"];
  const server = new RpcServer({ log: { debug: note, info: note, warn: note, error: note }, router });
  const { port1, port2 } = new MessageChannel();
  server.serve(port1 as unknown as Parameters<RpcServer["serve"]>[0], { windowId: 1, session });
  const client: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({ port: port2 as unknown as MessagePort }),
  );
  port2.start();
  try {
    const error = await client.settings.get().then(
      () => undefined,
      (failure: unknown) => failure as ORPCError<string, { readonly incident?: string } | undefined>,
    );
    return { error, logged };
  } finally {
    server.stop();
    port2.close();
  }
}

test("a full disk reaches the window as DISK_FULL, without anything of our insides", async () => {
  const { error, logged } = await failWith(new StoreError("disk-full", "SQLITE_FULL: /home/desk/site.db"));
  expect(error?.code).toBe("DISK_FULL");
  expect(JSON.stringify(error)).not.toContain("SQLITE");
  expect(logged).toEqual([]);
});

test("any other fault reaches it as INTERNAL with an incident that the log explains", async () => {
  const { error, logged } = await failWith(new Error("secret path /home/desk"));
  expect(error?.code).toBe("INTERNAL");
  expect(JSON.stringify(error)).not.toContain("secret path");
  const [[message, fields] = []] = logged;
  expect(message).toBe("call failed");
  expect(fields?.["incident"]).toBe(error?.data?.incident);
  expect(fields?.["error"]).toContain("secret path");
});

test("who may not is told so, and the handler is never asked", async () => {
  const nobody: Session = { name: "nobody", permissions: new Set() };
  const { error, logged } = await failWith(new Error("was asked"), nobody);
  expect(error?.code).toBe("FORBIDDEN");
  expect(logged[0]?.[0]).toBe("call forbidden");
});
