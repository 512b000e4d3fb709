import { MessageChannel, type MessagePort as NodePort } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { implement } from "@orpc/server";
import type { MessagePortMain } from "electron";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../../shared/base/clock.ts";
import { feed } from "../../../../shared/base/feed.ts";
import { JobId } from "../../../../shared/base/ids.ts";
import { Topic } from "../../../../shared/base/topic.ts";
import { contract } from "../../../../shared/contract/index.ts";
import type { Job } from "../../../../shared/model/job.ts";
import { isAllowed, localOperator, permissionTable } from "../../../../electron/main/access/permissions.ts";
import { RpcServer } from "../../../../electron/main/platform/rpc-server.ts";
import { createSettingsHandlers } from "../../../../electron/main/settings/settings-handlers.ts";
import { SettingsService } from "../../../../electron/main/settings/settings-service.ts";
import { openMemoryStore } from "../../../store/open-memory-store.ts";

const lines: string[] = [];
const write = (message: string, fields?: object): void => void lines.push(message + JSON.stringify(fields));
const log = { debug: write, info: write, warn: write, error: write };
const changed = new Topic<Job>();
const job: Job = {
  id: JobId.parse("j"),
  title: "job.adopt",
  step: "",
  progress: null,
  startedAt: 0,
  endedAt: null,
  state: "running",
  failure: null,
  cancellable: true,
};

/** Electron's port has `on`, and its messages are events; Node's port gives the bare data. */
function asMain(port: NodePort): MessagePortMain {
  return {
    on: (name: string, heard: (event: { data: unknown }) => void) => {
      port.on(name, (data: unknown) => heard({ data }));
    },
    postMessage: (data: unknown) => port.postMessage(data),
    start: () => undefined,
    close: () => port.close(),
  } as unknown as MessagePortMain;
}

let site: ReturnType<typeof openMemoryStore>;
let server: RpcServer;
const ports: NodePort[] = [];
beforeEach(() => {
  site = openMemoryStore();
  lines.length = 0;
  const calls = implement(contract.jobs);
  const settings = new SettingsService({ clock: systemClock, log, store: site.store });
  const router = {
    settings: createSettingsHandlers(settings),
    jobs: calls.router({
      list: calls.list.handler(() => {
        throw new Error("canary-detail of our insides");
      }),
      cancel: calls.cancel.handler(({ errors }) => {
        throw errors.NOT_FOUND();
      }),
      changed: calls.changed.handler(({ signal }) => feed(changed, signal)),
    }),
  };
  server = new RpcServer({ log, router: router as never });
});
afterEach(() => {
  server.stop();
  for (const port of ports.splice(0)) port.close();
  site.close();
});

function connect(session = localOperator, windowId = 0): ContractRouterClient<typeof contract> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  server.serve(asMain(port1), { windowId, session });
  return createORPCClient(new RPCLink({ port: port2 as unknown as MessagePort }));
}

test("a call is answered, and what it changed is there", async () => {
  const client = connect();
  expect((await client.settings.put({ siteName: "North" })).siteName).toBe("North");
  expect((await client.settings.get()).siteName).toBe("North");
});

test("input that does not parse never reaches a handler", async () => {
  const client = connect();
  const bad = client.settings.put({ siteName: "x", extra: true } as never);
  await expect(bad).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(client.settings.put({ rtspTransport: "smoke" } as never)).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("a promised error arrives as promised", async () => {
  await expect(connect().jobs.cancel({ id: job.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
    defined: true,
  });
});

test("an unexpected error becomes an incident number, and only the log has the details", async () => {
  const failure: unknown = await connect()
    .jobs.list()
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "INTERNAL",
    message: expect.stringMatching(/^Incident \d{8}$/) as string,
  });
  expect(JSON.stringify(failure)).not.toContain("canary");
  const incident = String((failure as { data: { incident: string } }).data.incident);
  expect(lines.join("\n")).toContain("canary-detail");
  expect(lines.join("\n")).toContain(incident);
});

test("a call without its permission is forbidden before its input is looked at", async () => {
  const guest = { name: "guest", permissions: new Set(["view" as const]) };
  const client = connect(guest);
  await expect(client.settings.put({ nonsense: 1 } as never)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(client.settings.get()).resolves.toBeDefined();
});

test("a feed brings every fact in order and ends at main when the window breaks out", async () => {
  const facts = await connect().jobs.changed();
  await expect.poll(() => changed.size).toBe(1);
  for (let n = 0; n < 500; n++) changed.publish({ ...job, startedAt: n });
  const heard: number[] = [];
  for await (const { startedAt } of facts) {
    heard.push(startedAt);
    if (heard.length === 500) break;
  }
  expect(heard).toEqual(Array.from({ length: 500 }, (_, n) => n));
  await expect.poll(() => changed.size).toBe(0);
});

test("a window that goes away takes its feeds along", async () => {
  await connect(localOperator, 4).jobs.changed();
  await expect.poll(() => changed.size).toBe(1);
  server.drop(4);
  await expect.poll(() => changed.size).toBe(0);
});

test("a page that was loaded again gets a new port and the old one's feeds end", async () => {
  await connect(localOperator, 4).jobs.changed();
  await expect.poll(() => changed.size).toBe(1);
  await expect(connect(localOperator, 4).settings.get()).resolves.toBeDefined();
  await expect.poll(() => changed.size).toBe(0);
});

test("every call of the contract has its permission and nothing else has one", () => {
  const calls = (tree: object): string[] =>
    Object.entries(tree).flatMap(([part, of]) => Object.keys(of as object).map((call) => `${part}.${call}`));
  expect(calls(permissionTable).sort()).toEqual(calls(contract).sort());
  const none = { name: "nobody", permissions: new Set<never>() };
  for (const path of calls(contract)) expect(isAllowed(none, path.split("."))).toBe(false);
  for (const path of ["", "app", "app.toString", "constructor.name", "app.info.x", "__proto__.x"]) {
    expect(isAllowed(localOperator, path.split("."))).toBe(false);
  }
});
