import { implement } from "@orpc/server";
import { feed } from "../../../shared/base/feed.ts";
import { contract } from "../../../shared/contract/index.ts";
import type { VaultService } from "./vault-service.ts";

const calls = implement(contract.vault);

/** The vault's side of the contract: passwords come in, none goes out. */
export const createVaultHandlers = (service: VaultService) =>
  calls.router({
    status: calls.status.handler(() => service.status),
    changed: calls.changed.handler(({ signal }) => feed(service.changed, signal, { latestOnly: true })),
    unlock: calls.unlock.handler(async ({ input, errors }) => {
      const unlocked = await service.unlock(input.passphrase);
      if (!unlocked.ok) throw errors.WRONG_PASSPHRASE();
      return unlocked.value;
    }),
    changePassphrase: calls.changePassphrase.handler(async ({ input, errors }) => {
      const changed = await service.changePassphrase(input.current, input.next);
      if (changed.ok) return null;
      throw changed.error === "no-passphrase" ? errors.NO_PASSPHRASE() : errors.WRONG_PASSPHRASE();
    }),
    list: calls.list.handler(() => service.list()),
    add: calls.add.handler(async ({ input, errors }) => {
      const added = await service.add(input);
      if (!added.ok) throw errors.VAULT_LOCKED();
      return added.value;
    }),
    remove: calls.remove.handler(async ({ input, errors }) => {
      if (!(await service.remove(input.id))) throw errors.NOT_FOUND();
      return null;
    }),
  });
