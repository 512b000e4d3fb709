import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId, CredentialId, SightingId, WallId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { AdoptOutcome } from "../../../shared/contract/devices.ts";
import type { Device } from "../../../shared/model/device.ts";
import { layoutPlaces, type LayoutName, type Wall } from "../../../shared/model/layout.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import { SimulatedSite } from "./simulated-site.ts";

export interface DemoServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Starts so many simulated cameras in their own process; answers its ready line, or why not in plain words. */
  readonly startSimulator: (cameras: number) => Promise<Result<unknown, string>>;
  readonly stopSimulator: () => Promise<void>;
  /** One discovery run over every card, loopback included; resolves when it is over. */
  readonly probe: () => Promise<void>;
  readonly sightings: () => readonly Sighting[];
  /** Stores a login. */
  readonly addCredential: (login: {
    readonly label: string;
    readonly username: string;
    readonly password: string;
  }) => Promise<CredentialId>;
  readonly adopt: (
    sightings: readonly SightingId[],
    credentials: readonly CredentialId[],
  ) => Promise<readonly AdoptOutcome[]>;
  readonly devices: () => Promise<readonly Device[]>;
  readonly walls: () => Promise<readonly Wall[]>;
  readonly saveWall: (wall: {
    readonly id: WallId | null;
    readonly name: string;
    readonly layout: LayoutName;
    readonly columns: number;
    readonly rows: number;
    readonly tiles: Wall["tiles"];
  }) => Promise<Result<Wall, unknown>>;
}

/** Name of the wall that shows every simulated camera. */
export const demoWallName = "Demo site";
const credentialLabel = "Demo site";
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
    await this.#deps.stopSimulator();
  }

  async #start(cameras: number): Promise<Result<number, string>> {
    const { clock, log, stopSimulator } = this.#deps;
    const startedMs = clock.monotonicMs();
    const since = (): number => Math.round(clock.monotonicMs() - startedMs);
    try {
      const started = await this.#deps.startSimulator(cameras);
      if (!started.ok) return started;
      const site = SimulatedSite.parse(started.value);
      log.info("demo site runs", { cameras: site.cameras.length, afterMs: since() });
      const found = await this.#discover(site);
      log.info("demo site discovered", { found: found.length, afterMs: since() });
      if (found.length === 0) return fail("no simulated camera answered the discovery");
      const adopted = await this.#adopt(site, found);
      log.info("demo site adopted", { adopted, afterMs: since() });
      if (adopted === 0) return fail("no simulated camera could be adopted");
      await this.#arrange(site);
      log.info("demo wall made", { afterMs: since() });
      return ok(adopted);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      log.error("demo site failed", { detail });
      await stopSimulator();
      return fail(detail);
    }
  }

  /** Only the simulator's own cameras: whatever else is on this computer's loopback is left alone. */
  async #discover(site: SimulatedSite): Promise<readonly Sighting[]> {
    const own = new Set(site.cameras.map((camera) => camera.endpointReference));
    const present = (): readonly Sighting[] =>
      this.#deps
        .sightings()
        .filter((each) => !each.gone && each.endpointReference !== null && own.has(each.endpointReference));
    for (let run = 0; run < probeRuns && present().length < own.size; run += 1) await this.#deps.probe();
    return present();
  }

  async #adopt(site: SimulatedSite, found: readonly Sighting[]): Promise<number> {
    const camera = site.cameras[0];
    if (camera === undefined) return 0;
    const { username, password } = camera;
    const credential = await this.#deps.addCredential({ label: credentialLabel, username, password });
    const outcomes = await this.#deps.adopt(
      found.map(({ id }) => id),
      [credential],
    );
    for (const outcome of outcomes) {
      if (outcome.kind !== "failed") continue;
      const { reason, detail } = outcome;
      this.#deps.log.warn("simulated camera not adopted", { reason, detail });
    }
    return outcomes.filter(({ kind }) => kind !== "failed").length;
  }

  /** One tile a channel, in the order of the site. */
  async #arrange(site: SimulatedSite): Promise<void> {
    const place = new Map(site.cameras.map((camera, index) => [camera.endpointReference, index]));
    const rank = (device: Device): number => place.get(device.identity.endpointReference ?? "") ?? -1;
    const devices = (await this.#deps.devices()).filter((device) => rank(device) >= 0);
    const channels: ChannelId[] = devices
      .toSorted((a, b) => rank(a) - rank(b))
      .flatMap((device) => device.channels.map(({ id }) => id))
      .slice(0, 64);
    const layout = squareLayouts.find(([, tiles]) => tiles >= channels.length)?.[0] ?? "64";
    const { columns, rows, places } = layoutPlaces(layout);
    const earlier = (await this.#deps.walls()).find(({ name }) => name === demoWallName);
    const saved = await this.#deps.saveWall({
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
