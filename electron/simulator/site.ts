import { systemClock, type Clock } from "../../shared/base/clock.ts";
import { Lifetime } from "../../shared/base/lifetime.ts";
import { addressAfter, canListenAt } from "./addresses.ts";
import { Camera } from "./camera.ts";
import type { CameraCounts } from "./counters.ts";
import { startDecoy } from "./decoy.ts";
import { demoSite } from "./demo-site.ts";
import { DiscoveryNetwork } from "./discovery/discovery-network.ts";
import { cameraIdentity } from "./identity.ts";
import { FramePump } from "./rtsp/frame-pump.ts";
import { SceneShelf } from "./scene-shelf.ts";
import { sceneNames } from "./scenes/scene.ts";
import type { Decoy, Site } from "./site-api.ts";
import { SiteOptions, type CameraSpec, type SiteSettings } from "./site-options.ts";
import { playActivity } from "./activity.ts";

export type { Site, SimulatedCamera } from "./site-api.ts";
export type { FaultInput } from "./fault.ts";
export type { SiteOptions } from "./site-options.ts";

/** What a site takes from outside beside its options. */
export interface SiteDeps {
  readonly clock?: Clock;
  /** A number in [0, 1). */
  readonly random?: () => number;
  /** Told what could not be had as asked, when it is noticed. */
  readonly remark?: (remark: string) => void;
}

/**
 * Starts a simulated site; resolves when every camera listens and has said Hello.
 *
 * @throws ZodError for options that are none, SceneFileError without scene files, and the socket's own error when an
 *   address or port is taken; nothing stays open then
 */
export async function startSite(options: SiteOptions = {}, deps: SiteDeps = {}): Promise<Site> {
  const site = new RunningSite(SiteOptions.parse(options), deps);
  try {
    await site.start();
  } catch (error) {
    await site.stop();
    throw error;
  }
  return site;
}

class RunningSite implements Site {
  readonly remarks: string[] = [];
  readonly cameras: Camera[] = [];
  readonly #settings: SiteSettings;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #discovery: DiscoveryNetwork;
  readonly #pump: FramePump;
  readonly #lifetime = new Lifetime();
  readonly #tell: (remark: string) => void;
  #addressesTaken = 0;
  /** Where several 127.x.y.z do not exist: everything at one address, told apart by ports. */
  #hasOneAddress = false;

  constructor(settings: SiteSettings, deps: SiteDeps) {
    this.#settings = settings;
    this.#clock = deps.clock ?? systemClock;
    this.#random = deps.random ?? Math.random;
    this.#tell = deps.remark ?? ((): void => undefined);
    this.#pump = new FramePump({ clock: this.#clock });
    const remark = (text: string): void => this.#remark(text);
    this.#discovery = new DiscoveryNetwork({
      spec: settings.discovery,
      clock: this.#clock,
      random: this.#random,
      remark,
    });
  }

  async start(): Promise<void> {
    const { cameras, addresses, addressBase } = this.#settings;
    if (addresses === undefined && !(await canListenAt(addressAfter(addressBase, 1)))) {
      this.#hasOneAddress = true;
      this.#remark(
        "This computer has no further 127.x.y.z addresses: all cameras are at 127.0.0.1 with ports of their own.",
      );
    }
    const specs = typeof cameras === "number" ? demoSite(cameras) : cameras;
    const shelf = new SceneShelf({
      folder: this.#settings.rtsp ? this.#settings.scenesDirectory : undefined,
      isServed: this.#settings.rtsp,
      remark: (text) => this.#remark(text),
    });
    for (const [index, spec] of specs.entries()) this.cameras.push(await this.#build(spec, index, shelf));
    this.#lifetime.add("discovery", () => this.#discovery.stop());
    for (const camera of this.cameras) {
      this.#lifetime.add(camera.id, () => camera.stop());
      await camera.start();
    }
    if (this.#settings.activity) {
      const ended = new AbortController();
      this.#lifetime.add("activity", () => ended.abort(new Error("the site stopped")));
      playActivity(this.cameras, { clock: this.#clock, random: this.#random, signal: ended.signal });
    }
  }

  camera(id: string): Camera | undefined {
    return this.cameras.find((camera) => camera.id === id);
  }

  counts(): Record<string, CameraCounts> {
    return Object.fromEntries(this.cameras.map((camera) => [camera.id, camera.counters.snapshot()]));
  }

  async addDecoy(options: { readonly host?: string; readonly port?: number } = {}): Promise<Decoy> {
    const decoy = await startDecoy({ host: options.host ?? this.#nextAddress(), port: options.port ?? 0 });
    this.#lifetime.add("decoy", () => decoy.stop());
    return decoy;
  }

  async stop(): Promise<void> {
    await this.#lifetime.stop();
  }

  async #build(spec: CameraSpec, index: number, shelf: SceneShelf): Promise<Camera> {
    const settings = this.#settings;
    const scene = spec.scene ?? sceneNames[index % sceneNames.length] ?? "gate";
    const auth = settings.auth ?? spec.auth ?? { kind: "none" };
    const lockout = settings.lockout ?? spec.lockout;
    const shown = await shelf.take(scene, spec.sources ?? 1);
    const step = this.#hasOneAddress ? index : 0;
    const port = (given: number): number => (given === 0 ? 0 : given + step);
    return new Camera({
      ...shown,
      id: spec.id ?? `cam-${String(index + 1)}`,
      name: spec.name ?? `Camera ${String(index + 1)}`,
      scene,
      spec: { ...spec, ...(lockout === undefined ? {} : { lockout }) },
      identity: cameraIdentity(
        `${settings.seed}/${settings.addresses?.[0] ?? settings.addressBase}`,
        index,
        spec,
      ),
      address: {
        host: spec.host ?? this.#nextAddress(),
        httpPort: port(spec.httpPort ?? settings.httpPort),
        rtspPort: port(spec.rtspPort ?? settings.rtspPort),
      },
      username: settings.username,
      password: settings.password,
      auth,
      pump: this.#pump,
      clock: this.#clock,
      discovery: this.#discovery,
      rebootMs: settings.rebootMs,
      nextAddress: () => this.#nextAddress(),
      remark: (text) => this.#remark(text),
    });
  }

  #nextAddress(): string {
    if (this.#hasOneAddress) return "127.0.0.1";
    const { addresses, addressBase } = this.#settings;
    const index = this.#addressesTaken;
    this.#addressesTaken += 1;
    if (addresses === undefined) return addressAfter(addressBase, index);
    const address = addresses[index];
    if (address === undefined) throw new RangeError(`only ${String(addresses.length)} addresses were given`);
    return address;
  }

  #remark(text: string): void {
    if (this.remarks.length < 1_000) this.remarks.push(text);
    this.#tell(text);
  }
}
