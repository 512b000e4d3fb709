import { urlHost } from "./addresses.ts";
import { Gatekeeper } from "./auth/gatekeeper.ts";
import { UserAccounts } from "./auth/user-accounts.ts";
import type { CameraDeps } from "./camera-deps.ts";
import { MemoryCard } from "./card/memory-card.ts";
import { CameraCounters } from "./counters.ts";
import { DeviceClock } from "./device-clock.ts";
import { DeviceModel } from "./device-model.ts";
import { Announcer } from "./discovery/announcer.ts";
import { EventHub } from "./events/event-hub.ts";
import { endsState, namedEvent } from "./events/event-names.ts";
import { primeEvents } from "./events/prime-events.ts";
import { readRawEvent } from "./events/raw-event.ts";
import type { Fault, FaultInput, FaultKind } from "./fault.ts";
import { applyFault } from "./fault-effects.ts";
import { FaultSet } from "./fault-set.ts";
import { SoapServer } from "./http/soap-server.ts";
import { cameraServices } from "./onvif/camera-services.ts";
import { PtzHead } from "./onvif/ptz-head.ts";
import { runScript } from "./script.ts";
import type {
  EventName,
  RaiseOptions,
  RawEvent,
  RebootOptions,
  ScriptStep,
  SimulatedCamera,
} from "./site-api.ts";
import type { AuthSpec } from "./site-options.ts";
import { StreamServer } from "./stream-server.ts";
import type { SceneName } from "./scenes/scene.ts";

const gone = new Error("the camera is off");

/** One simulated camera: sockets, state, clock, and the strings to pull. */
export class Camera implements SimulatedCamera {
  readonly id: string;
  readonly name: string;
  readonly scene: SceneName;
  readonly auth: AuthSpec;
  readonly username: string;
  readonly counters: CameraCounters;
  readonly #deps: CameraDeps;
  readonly #clock: DeviceClock;
  readonly #faults: FaultSet;
  readonly #accounts: UserAccounts;
  readonly #events: EventHub;
  readonly #card: MemoryCard | undefined;
  readonly #device: DeviceModel;
  readonly #soap: SoapServer;
  readonly #streams: StreamServer;
  readonly #announcer: Announcer;
  #state: SimulatedCamera["state"] = "off";
  #on = new AbortController();
  /** Aborts when it is switched off while it reboots. */
  #away = new AbortController();
  #rebooting: Promise<void> | undefined;
  #wasAt: string | undefined;

  constructor(deps: CameraDeps) {
    const { clock, spec, identity, address, auth, username, password } = deps;
    this.#deps = deps;
    this.id = deps.id;
    this.name = deps.name;
    this.scene = deps.scene;
    this.auth = auth;
    this.username = username;
    this.counters = new CameraCounters({ clock });
    this.#clock = new DeviceClock({ clock, offsetMs: spec.clockOffsetMs ?? 0 });
    this.#faults = new FaultSet((kind, fault) => this.#faultChanged(kind, fault));
    const account = { username, password, level: "Administrator" as const };
    this.#accounts = new UserAccounts({ clock, lockout: spec.lockout, accounts: [account] });
    this.#events = new EventHub({ clock: this.#clock, counters: this.counters });
    this.#card = spec.card === true ? new MemoryCard({ clock }) : undefined;
    this.#device = new DeviceModel({
      identity,
      spec: { ...spec, id: deps.id },
      name: deps.name,
      sources: deps.sources,
      address,
      clock: this.#clock,
      faults: this.#faults,
      counters: this.counters,
      accounts: this.#accounts,
      events: this.#events,
      ptz: spec.ptz === true ? new PtzHead({ clock }) : undefined,
      card: this.#card,
      requestReboot: () => this.#rebootSoon(),
      snapshot: (sourceIndex) => deps.stills[sourceIndex],
    });
    const gatekeeper = new Gatekeeper({
      spec: auth,
      realm: `${identity.maker} ${identity.serial}`,
      accounts: this.#accounts,
      clock: this.#clock,
      counters: this.counters,
    });
    this.#soap = new SoapServer({ device: this.#device, services: cameraServices(this.#device), gatekeeper });
    const streamDeps = { ...deps, accounts: this.#accounts, cameraClock: this.#clock, card: this.#card };
    this.#streams = new StreamServer(streamDeps);
    this.counters.watchRtsp(() => this.#streams.counters);
    this.#announcer = new Announcer({ device: this.#device });
    primeEvents(this.#device);
  }

  get host(): string {
    return this.#deps.address.host;
  }
  get httpPort(): number {
    return this.#deps.address.httpPort;
  }
  get rtspPort(): number {
    return this.#deps.address.rtspPort;
  }
  get password(): string {
    return this.#accounts.find(this.username)?.password ?? this.#deps.password;
  }
  get endpointReference(): string {
    return this.#deps.identity.endpointReference;
  }
  get mac(): string {
    return this.#deps.identity.mac;
  }
  get serial(): string {
    return this.#deps.identity.serial;
  }
  get maker(): string {
    return this.#deps.identity.maker;
  }
  get model(): string {
    return this.#deps.identity.model;
  }
  get firmware(): string {
    return this.#deps.identity.firmware;
  }
  get deviceUrl(): string {
    const scheme = this.#deps.spec.tls === true ? "https" : "http";
    return `${scheme}://${urlHost(this.host)}:${String(this.httpPort)}/onvif/device_service`;
  }
  get mainUri(): string {
    return `rtsp://${urlHost(this.host)}:${String(this.rtspPort)}/main`;
  }
  get subUri(): string {
    return `rtsp://${urlHost(this.host)}:${String(this.rtspPort)}/sub`;
  }
  get now(): number {
    return this.#clock.now();
  }
  get state(): SimulatedCamera["state"] {
    return this.#state;
  }
  get faults(): readonly Fault[] {
    return this.#faults.all;
  }
  get rtspCounters(): SimulatedCamera["rtspCounters"] {
    return this.#streams.counters;
  }

  setFault(fault: FaultInput): void {
    this.#faults.set(fault);
  }
  clearFault(kind: FaultKind): void {
    this.#faults.clear(kind);
  }
  clearFaults(): void {
    this.#faults.clearAll();
  }

  raise(name: EventName, options?: RaiseOptions): void {
    this.raiseRaw(namedEvent(name, options));
    if (name === "digital-input") {
      this.#device.inputs.set(options?.source ?? "Input_1", options?.active ?? true);
    }
  }

  raiseRaw(input: RawEvent): void {
    const event = readRawEvent(input);
    if (this.#faults.find("motion-without-stop") !== undefined && endsState(event)) {
      this.counters.countFault("motion-without-stop");
      return;
    }
    if (this.#state === "on") this.#events.raise(event);
  }

  async play(script: readonly ScriptStep[], signal?: AbortSignal): Promise<void> {
    await runScript(script, { camera: this, clock: this.#deps.clock, signal, off: this.#on.signal });
  }

  skewClock(byMs: number): void {
    this.#clock.jump(byMs);
  }

  setPassword(password: string): void {
    this.#accounts.set({ username: this.username, password, level: "Administrator" });
  }

  async start(): Promise<void> {
    if (this.#state === "on") return;
    const { address, discovery } = this.#deps;
    this.#on = new AbortController();
    try {
      address.httpPort = await this.#soap.start(address.host, address.httpPort);
      address.rtspPort = await this.#streams.start(address.host, address.rtspPort);
    } catch (error) {
      await this.#soap.stop();
      throw error;
    }
    this.#state = "on";
    this.#card?.switchedOn();
    await discovery.join(
      this.#announcer,
      address.host,
      this.#wasAt !== undefined && this.#wasAt !== address.host,
    );
    this.#wasAt = address.host;
  }

  async stop(): Promise<void> {
    this.#away.abort(gone);
    await this.#goDown("off", false);
  }

  async powerOff(): Promise<void> {
    this.#away.abort(gone);
    await this.#goDown("off", true);
  }

  reboot(options: RebootOptions = {}): Promise<void> {
    this.#rebooting ??= this.#reboot(options).finally(() => {
      this.#rebooting = undefined;
    });
    return this.#rebooting;
  }

  async #reboot({ newAddress, downMs, abrupt = false }: RebootOptions): Promise<void> {
    this.counters.reboots += 1;
    this.#away = new AbortController();
    const { signal } = this.#away;
    await this.#goDown("rebooting", abrupt);
    this.#device.rebooted();
    const wanted = newAddress === "next" ? this.#deps.nextAddress() : newAddress;
    this.#deps.address.host = wanted ?? this.#device.pendingHost ?? this.host;
    this.#device.pendingHost = undefined;
    try {
      await this.#deps.clock.sleep(downMs ?? this.#deps.rebootMs, signal);
    } catch (error) {
      // Switched off while it was away: it stays off.
      if (signal.aborted) return;
      throw error;
    }
    await this.start();
  }

  /** SystemReboot answers first and goes down then, as cameras do. */
  #rebootSoon(): void {
    const { clock, remark } = this.#deps;
    clock
      .sleep(50, this.#on.signal)
      .then(() => this.reboot())
      .catch((error: unknown) => {
        if (!this.#on.signal.aborted) remark(`${this.id} did not come back: ${String(error)}`);
      });
  }

  async #goDown(state: "off" | "rebooting", isAbrupt: boolean): Promise<void> {
    const wasOn = this.#state === "on";
    this.#on.abort(gone);
    this.#state = state;
    this.#on = new AbortController();
    if (!wasOn) return;
    this.#card?.switchedOff();
    this.#events.endAll();
    await this.#deps.discovery.leave(this.#announcer, isAbrupt);
    await Promise.all([this.#soap.stop(), this.#streams.stop()]);
  }

  #faultChanged(kind: FaultKind, fault: Fault | undefined): void {
    applyFault(kind, fault, {
      clock: this.#clock,
      trueClock: this.#deps.clock,
      soap: this.#soap,
      streams: this.#streams,
      counters: this.counters,
      offsetMs: this.#deps.spec.clockOffsetMs ?? 0,
      isStillOn: (same) => this.#faults.find(same.kind) === same && this.#state !== "off",
      raiseRaw: (event) => this.raiseRaw(event),
    });
  }
}
