import { implement } from "@orpc/server";
import type { DeviceId } from "../../../shared/base/ids.ts";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import { askMany } from "./ask-many.ts";
import type { DeviceService } from "./device-service.ts";
import type { RunJob } from "./run-job.ts";

const calls = implement(contract.devices);

/** The devices' side of the contract. */
export const createDevicesHandlers = (service: DeviceService, runJob: RunJob) => {
  const nameOf = (id: DeviceId): string => service.get(id)?.name ?? "";
  return calls.router({
    list: calls.list.handler(() => service.list()),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal)),
    adopt: calls.adopt.handler(async ({ input, errors }) => {
      const adopted = await service.adopt(input.sightingIds, input.credentialIds);
      if (!adopted.ok) throw errors.VAULT_LOCKED();
      return adopted.value;
    }),
    refresh: calls.refresh.handler(async ({ input, errors }) => {
      const refreshed = await service.refresh(input.id);
      if (refreshed.ok) return refreshed.value;
      throw refreshed.error === "not-found" ? errors.NOT_FOUND() : errors.FAILED({ data: refreshed.error });
    }),
    rename: calls.rename.handler(async ({ input, errors }) => {
      const device = await service.rename(input.id, input.name);
      if (device === undefined) throw errors.NOT_FOUND();
      return device;
    }),
    renameChannel: calls.renameChannel.handler(async ({ input, errors }) => {
      const renamed = await service.renameChannel(input.id, input.name, input.number);
      if (renamed.ok) return renamed.value;
      throw renamed.error.kind === "not-found"
        ? errors.NOT_FOUND()
        : errors.NUMBER_TAKEN({ data: { by: renamed.error.by } });
    }),
    setCredential: calls.setCredential.handler(async ({ input, errors }) => {
      const changed = await service.setCredential(input.id, input.credentialId);
      if (changed.ok) return changed.value;
      throw changed.error === "not-found" ? errors.NOT_FOUND() : errors.FAILED({ data: changed.error });
    }),
    refreshMany: calls.refreshMany.handler(({ input: { ids } }) =>
      askMany({ title: "job.refresh", ids, runJob, nameOf, ask: (id) => service.refresh(id) }),
    ),
    setCredentials: calls.setCredentials.handler(({ input: { ids, credentialId } }) =>
      askMany({
        title: "job.login",
        ids,
        runJob,
        nameOf,
        ask: (id) => service.setCredential(id, credentialId),
      }),
    ),
    remove: calls.remove.handler(async ({ input, errors }) => {
      if (!(await service.remove(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
    history: calls.history.handler(({ input }) => service.history(input.id, input.limit)),
  });
};
