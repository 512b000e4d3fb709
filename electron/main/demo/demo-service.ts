import type { Clock } from "../../../shared/base/clock.ts";
import { CredentialId, type ChannelId, type SightingId, type WallId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { AdoptOutcome, Credential } from "../../../shared/contract/devices.ts";
import type { DiscoveryView } from "../../../shared/contract/discovery.ts";
import type { Device } from "../../../shared/model/device.ts";
import { layoutPlaces, type LayoutName, type Wall } from "../../../shared/model/layout.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import { SimulatedSite, simulatedPassword } from "./simulated-site.ts";

/** What the demo asks of the other capabilities; `app.ts` brings them together. */
export interface DemoServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly simulator: {
    /** Answers the simulator's ready line when its cameras listen, or why they do not. */
    start(cameras: number): Promise<Result<unknown, string>>;
    stop(): Promise<void>;
  };
  readonly discovery: {
    /** One run over every card; resolves when it is over. */
    probe(): Promise<void>;
    view(): DiscoveryView;
  };
  /** Makes discovery look at this computer's own loopback, where the simulated cameras are. */
  readonly lookAtLoopback: () => Promise<unknown>;
  readonly vault: { add(login: NewLogin, id: CredentialId): Promise<Result<Credential, "locked">> };
  readonly devices: {
    adopt(
      sightings: readonly SightingId[],
      credentials: readonly CredentialId[],
    ): Promise<Result<readonly AdoptOutcome[], "vault-locked">>;
    list(): readonly Device[];
  };
  readonly walls: {
    list(): Promise<readonly Wall[]>;
    save(
      wall: Omit<Wall, "id" | "changedAt"> & { readonly id: WallId | null },
    ): Promise<Result<Wall, unknown>>;
  };
}

interface NewLogin {
  readonly label: string;
  readonly username: string;
  readonly password: string;
}

/** Name of the wall that shows every simulated camera. */
export const demoWallName = "Demo site";
const login = { label: "Demo site", id: CredentialId.parse("demo-site") };
const lockedWords = "the stored logins are locked: give the passphrase first";
/** The first run misses none on an idle computer; a busy one gets more. */
const probeRuns = 4;
const squareLayouts: readonly (readonly [LayoutName, number])[] = [
  ["1", 1],
  ["4", 4],
  ["9", 9],
  ["16", 16],
  ["25", 25],
  ["36", 36],
  ["64", 64],
];

/**
 * Puts the simulated site on a wall the way a person would: start it, discover it, adopt it, arrange it.
 *
 * Nothing is short-cut: cameras are found by WS-Discovery and adopted over ONVIF with their login.
 */
export class DemoService {
  readonly #deps: DemoServiceDeps;
  #running: Promise<Result<number, string>> | undefined;

  constructor(deps: DemoServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Answers how many cameras were adopted, or why there is no demo in plain words. A second call joins the first;
   * after a failure the next one tries again.
   */
  start(cameras: number): Promise<Result<number, string>> {
    this.#running ??= this.#start(cameras).then((result) => {
      if (!result.ok) this.#running = undefined;
      return result;
    });
    return this.#running;
  }

  /** Ends the simulated site. Idempotent. */
  async stop(): Promise<void> {
    this.#running = undefined;
    await this.#deps.simulator.stop();
  }

  async #start(cameras: number): Promise<Result<number, string>> {
    const { clock, log, simulator } = this.#deps;
    const startedMs = clock.monotonicMs();
    const since = (): number => Math.round(clock.monotonicMs() - startedMs);
    try {
      const started = await simulator.start(cameras);
      if (!started.ok) return started;
      const site = SimulatedSite.parse(started.value);
      log.info("demo site runs", { cameras: site.cameras.length, afterMs: since() });
      // Cameras that are known from an earlier run show pictures from here on, before they are found again.
      const username = site.cameras[0]?.username ?? "";
      const added = await this.#deps.vault.add(
        { label: login.label, username, password: simulatedPassword },
        login.id,
      );
      if (!added.ok) return await this.#giveUp(lockedWords);
      const found = await this.#discover(site);
      log.info("demo site discovered", { found: found.length, afterMs: since() });
      if (found.length === 0) return await this.#giveUp("no simulated camera answered the discovery");
      const adopted = await this.#adopt(found);
      if (!adopted.ok) return await this.#giveUp(adopted.error);
      log.info("demo site adopted", { adopted: adopted.value, afterMs: since() });
      if (adopted.value === 0) return await this.#giveUp("no simulated camera could be adopted");
      await this.#arrange(site);
      log.info("demo wall made", { afterMs: since() });
      return adopted;
    } catch (error) {
      return this.#giveUp(error instanceof Error ? error.message : String(error));
    }
  }

  async #giveUp(detail: string): Promise<Result<never, string>> {
    this.#deps.log.error("demo site failed", { detail });
    await this.#deps.simulator.stop();
    return fail(detail);
  }

  /** Only the simulator's own cameras: whatever else is on this computer's loopback is left alone. */
  async #discover(site: SimulatedSite): Promise<readonly Sighting[]> {
    const { discovery, lookAtLoopback } = this.#deps;
    const own = new Set(site.cameras.map((camera) => camera.endpointReference));
    const present = (): readonly Sighting[] =>
      discovery
        .view()
        .sightings.filter(
          ({ gone, endpointReference }) => !gone && endpointReference !== null && own.has(endpointReference),
        );
    await lookAtLoopback();
    for (let run = 0; run < probeRuns && present().length < own.size; run += 1) await discovery.probe();
    return present();
  }

  /** How many were adopted; those that are known already count. */
  async #adopt(found: readonly Sighting[]): Promise<Result<number, string>> {
    const { devices, log } = this.#deps;
    const outcomes = await devices.adopt(
      found.map(({ id }) => id),
      [login.id],
    );
    if (!outcomes.ok) return fail(lockedWords);
    for (const outcome of outcomes.value) {
      if (outcome.kind !== "failed") continue;
      log.warn("simulated camera not adopted", { reason: outcome.reason, detail: outcome.detail });
    }
    return ok(outcomes.value.filter(({ kind }) => kind !== "failed").length);
  }

  /** One tile a channel, in the order of the site. */
  async #arrange(site: SimulatedSite): Promise<void> {
    const { devices, walls } = this.#deps;
    const place = new Map(site.cameras.map((camera, index) => [camera.endpointReference, index]));
    const rank = (device: Device): number => place.get(device.identity.endpointReference ?? "") ?? -1;
    const channels: ChannelId[] = devices
      .list()
      .filter((device) => rank(device) >= 0)
      .toSorted((a, b) => rank(a) - rank(b))
      .flatMap((device) => device.channels.map(({ id }) => id))
      .slice(0, 64);
    const layout = squareLayouts.find(([, tiles]) => tiles >= channels.length)?.[0] ?? "64";
    const { columns, rows, places } = layoutPlaces(layout);
    const earlier = (await walls.list()).find(({ name }) => name === demoWallName);
    const saved = await walls.save({
      id: earlier?.id ?? null,
      name: demoWallName,
      layout,
      columns,
      rows,
      tiles: places.map((each, index) => ({
        place: each,
        channelId: channels[index] ?? null,
        mode: "auto",
      })),
    });
    if (!saved.ok) throw new Error("the demo wall could not be saved");
  }
}
