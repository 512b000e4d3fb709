import { StoreClient } from "../store/client.ts";
import type { OpeningReport } from "../store/opening.ts";
import type { Store } from "../store/store.ts";
import { VaultService } from "./access/vault-service.ts";
import type { Core } from "./compose-core.ts";
import { askAboutDamage, refusalWords, sayFailure, sayOpening } from "./console/site-words.ts";
import { JobsService } from "./jobs/jobs-service.ts";
import { askPerson, sayCannotStart } from "./platform/desktop.ts";
import { findKeychain } from "./platform/keychain.ts";
import { SettingsService } from "./settings/settings-service.ts";
import { WallsService } from "./walls/walls-service.ts";

/** What the console knows and keeps. */
export interface SiteParts {
  readonly store: Store;
  readonly settings: SettingsService;
  readonly jobs: JobsService;
  readonly vault: VaultService;
  readonly walls: WallsService;
}

/** Opens the site and what lives on it. Undefined: it could not be opened, and it was said why. */
export async function composeSite(core: Core): Promise<SiteParts | undefined> {
  const { clock, flags, lifetime, log } = core;
  const store = await openStore(core);
  if (store === undefined) return undefined;

  const settings = new SettingsService({ clock, log, store });
  await settings.start();
  const jobs = new JobsService({ clock, log });
  lifetime.add("jobs", () => jobs.stop());
  const vault = new VaultService({ clock, log, store, keychain: findKeychain(), isDemo: flags.demo });
  await vault.start();
  lifetime.add("vault", () => vault.stop());
  const walls = new WallsService({ clock, store });
  return { store, settings, jobs, vault, walls };
}

async function openStore({ flags, lifetime, log, notices, places }: Core): Promise<Store | undefined> {
  const isUnattended = flags.reportSeconds !== undefined;
  const site = new StoreClient({
    log,
    workerFile: places.storeWorkerFile,
    path: places.siteFile,
    nativeBinding: places.sqliteBinding,
    backups: { folder: places.backupFolder, keep: 7 },
    onFailure: (error) => sayFailure(error, notices, log),
    onThreadEnd: (fate) => {
      if (fate === "restarted") notices.say("warning", "notice.store-restarted", "Details are in the log.");
      else notices.say("error", "notice.store-stopped", "Details are in the log.");
    },
  });
  lifetime.add("store", () => site.close());
  let opening: OpeningReport = await site.open(isUnattended ? "restore" : "tell");
  if (opening.kind === "damaged") {
    log.warn("site damaged, a person is asked", { detail: opening.detail, copy: opening.copy?.file ?? "" });
    const choice = await askAboutDamage(opening, places.siteFile, askPerson);
    log.info("a person chose what becomes of the damaged site", { choice });
    if (choice === "quit") return undefined;
    opening = await site.open(choice);
  }
  if (opening.kind !== "opened") {
    const { title, text } = refusalWords(opening, places.siteFile);
    const reason = opening.kind === "refused" ? opening.reason : opening.kind;
    log.error("site not opened", { reason, detail: opening.detail });
    sayCannotStart(title, text, isUnattended);
    return undefined;
  }
  log.info("site opened", { isNew: opening.isNew, warnings: opening.warnings.join(",") });
  for (const line of sayOpening(opening, notices)) {
    log.warn(line);
    if (isUnattended) process.stderr.write(`${line}\n`);
  }
  return site.store;
}
