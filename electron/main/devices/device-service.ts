import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId, CredentialId, DeviceId, SightingId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { Topic } from "../../../shared/base/topic.ts";
import type { AdoptOutcome, DeviceChange } from "../../../shared/contract/devices.ts";
import type {
  ClockReading,
  ConnectionEntry,
  Device,
  DeviceAddress,
  FailureReason,
} from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { Sighting } from "../../../shared/model/sighting.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { RenameChannelFailure } from "../../store/device-changes.ts";
import type { Store } from "../../store/store.ts";
import { adoptOne } from "./adopt-one.ts";
import { AdoptOrder } from "./adopt-order.ts";
import { DeviceCache } from "./device-cache.ts";
import { DeviceReader } from "./device-reader.ts";
import { DeviceRecord } from "./device-record.ts";
import { DeviceWatch } from "./device-watch.ts";
import { revealLogins, type LoginToTry, type RevealLogin } from "./log-in.ts";
import type { RunJob } from "./run-job.ts";
import { TrustedCertificates } from "./trusted-certificates.ts";

export interface DeviceServiceDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly store: Pick<
    Store,
    | "appendClockReading"
    | "appendConnection"
    | "findDeviceByIdentity"
    | "listDeviceCertificates"
    | "listDevices"
    | "listHistory"
    | "removeDevice"
    | "renameChannel"
    | "renameDevice"
    | "saveAdoption"
    | "saveDeviceCertificate"
    | "setDeviceCredential"
    | "setDeviceState"
    | "touchDevice"
  >;
  /** A login with its password, from the vault. */
  readonly reveal: RevealLogin;
  /** What discovery knows by this id. */
  readonly sighting: (id: SightingId) => Sighting | undefined;
  readonly runJob: RunJob;
  /** Asks the network for devices that are missing; called when one is lost. */
  readonly seek: () => void;
  /** Asks one address by a probe whether a device is there; used to verify a Hello. */
  readonly probe: (host: string) => void;
  /** How often each device is asked whether it is there; 10 s when left out. */
  readonly checkEveryMs?: number;
}

/** Why a device could not be used, in words. */
export interface DeviceFailure {
  readonly reason: FailureReason;
  readonly detail: string;
}

const adoptedAtOnce = 8;

/**
 * The devices of the site: adopts them, keeps them, watches over them and finds them again.
 *
 * A device is itself by its identity, never by its address. Its login goes nowhere but to the address that a
 * person adopted it at, or to one where a device with the same endpoint reference answered our own question
 * after the old address fell silent.
 */
export class DeviceService {
  readonly #deps: DeviceServiceDeps;
  readonly #cache = new DeviceCache();
  readonly #certificates: TrustedCertificates;
  readonly #record: DeviceRecord;
  readonly #reader: DeviceReader;
  readonly #watches = new Map<DeviceId, DeviceWatch>();
  #isRunning = false;

  constructor(deps: DeviceServiceDeps) {
    this.#deps = deps;
    this.#certificates = new TrustedCertificates(deps);
    this.#record = new DeviceRecord({ ...deps, cache: this.#cache });
    this.#reader = new DeviceReader({
      ...deps,
      cache: this.#cache,
      certificates: this.#certificates,
      record: this.#record,
    });
  }

  /** Each device saved or removed, after the store has it. */
  get changed(): Topic<DeviceChange> {
    return this.#cache.changed;
  }

  /** Reads the stored devices and begins to watch over them. */
  async start(): Promise<void> {
    this.#cache.load(await this.#deps.store.listDevices());
    await this.#certificates.load();
    this.#isRunning = true;
    for (const device of this.#cache.list()) this.#watch(device.id);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    const watches = [...this.#watches.values()];
    this.#watches.clear();
    await Promise.all(watches.map((watch) => watch.stop()));
  }

  list(): Device[] {
    return this.#cache.list();
  }

  get(id: DeviceId): Device | undefined {
    return this.#cache.get(id);
  }

  /** The stored device that a sighting is; null when none. */
  deviceOf(sighting: Pick<Sighting, "endpointReference" | "mac">): DeviceId | null {
    return this.#cache.ofSighting(sighting)?.id ?? null;
  }

  /** Adopts sightings as one job, trying the logins in order, each refused at most once per device. */
  async adopt(
    sightingIds: readonly SightingId[],
    credentialIds: readonly CredentialId[],
  ): Promise<Result<AdoptOutcome[], "vault-locked">> {
    const { reveal, log } = this.#deps;
    const logins = await revealLogins(credentialIds, reveal, log);
    if (logins === undefined) return fail("vault-locked");
    const outcomes = await this.#deps.runJob("job.adopt", { cancellable: true }, async (job, signal) => {
      const ids = [...new Set(sightingIds)];
      const order = new AdoptOrder(this.#deps.clock, ids.length);
      const done: AdoptOutcome[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        for (let index = next++; index < ids.length; index = next++) {
          const id = ids[index];
          if (id === undefined) return;
          const sighting = this.#deps.sighting(id);
          job.step(sighting?.name || sighting?.host || "");
          const turn = (): Promise<void> => order.turn(index);
          done.push(await this.#adoptOne(id, sighting, logins, turn, signal));
          order.passed(index);
          job.progress(done.length / ids.length);
        }
      };
      await Promise.all(Array.from({ length: adoptedAtOnce }, work));
      return done;
    });
    return ok(outcomes);
  }

  /** Asks the device again for everything. */
  async refresh(id: DeviceId): Promise<Result<Device, DeviceFailure | "not-found">> {
    const device = this.#cache.get(id);
    return device === undefined ? fail("not-found") : this.#reread(device, device.credentialId);
  }

  /** Uses another login from now on, if the device takes it; a refusal changes nothing. */
  async setCredential(
    id: DeviceId,
    credentialId: CredentialId,
  ): Promise<Result<Device, DeviceFailure | "not-found">> {
    const device = this.#cache.get(id);
    return device === undefined ? fail("not-found") : this.#reread(device, credentialId);
  }

  async rename(id: DeviceId, name: string): Promise<Device | undefined> {
    const device = await this.#deps.store.renameDevice(id, name);
    if (device !== undefined) this.#cache.save(device);
    return device;
  }

  async renameChannel(
    id: ChannelId,
    name: string,
    number: number,
  ): Promise<Result<Device, RenameChannelFailure>> {
    const renamed = await this.#deps.store.renameChannel(id, name, number);
    if (renamed.ok) this.#cache.save(renamed.value);
    return renamed;
  }

  /** Forgets the device with everything of it. False: there was none. */
  async remove(id: DeviceId): Promise<boolean> {
    const watch = this.#watches.get(id);
    this.#watches.delete(id);
    await watch?.stop();
    const isRemoved = await this.#deps.store.removeDevice(id);
    this.#record.forget(id);
    this.#certificates.forget(id);
    this.#cache.remove(id);
    return isRemoved;
  }

  history(id: DeviceId, limit: number): Promise<{ connections: ConnectionEntry[]; clock: ClockReading[] }> {
    return this.#deps.store.listHistory(id, limit);
  }

  /** Looks at a device now: its stream broke, or a person asked. */
  checkNow(id: DeviceId): void {
    this.#watches.get(id)?.checkNow();
  }

  /**
   * Hears what discovery sees. A stored device that shows up elsewhere is followed only when it no longer
   * answers where it was, and only on an answer to our own question: a Hello just makes us ask.
   */
  considerSighting(sighting: Sighting, isAnswer: boolean): void {
    const device = this.#cache.ofSighting(sighting);
    const watch = device === undefined ? undefined : this.#watches.get(device.id);
    if (device === undefined || watch === undefined) return;
    const isElsewhere = sighting.host !== device.address.host || sighting.port !== device.address.port;
    if (!isElsewhere) {
      if (device.state.kind === "unreachable") watch.checkNow();
    } else if (isAnswer) {
      const { host, port, tls, path } = sighting;
      watch.offer({ host, port, tls, path });
    } else this.#deps.probe(sighting.host);
  }

  async #adoptOne(
    sightingId: SightingId,
    sighting: Sighting | undefined,
    logins: readonly LoginToTry[],
    turn: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<AdoptOutcome> {
    if (signal.aborted) return { kind: "failed", sightingId, reason: "closed", detail: "cancelled" };
    if (sighting === undefined) {
      return { kind: "failed", sightingId, reason: "not-found", detail: "it is no longer in the list" };
    }
    const { clock, store, log } = this.#deps;
    const outcome = await adoptOne(
      {
        clock,
        store,
        turn,
        saved: async (device, reading) => {
          await this.#certificates.accept(device.id, reading.fingerprint);
          this.#cache.save(device);
          if (reading.time !== undefined) await this.#record.clock(device.id, reading.time);
          this.#watch(device.id);
        },
      },
      sighting,
      logins,
      signal,
    );
    if (outcome.kind === "failed")
      log.warn("camera not adopted", { host: sighting.host, reason: outcome.reason });
    else log.info("camera adopted", { device: outcome.deviceId, kind: outcome.kind });
    return outcome;
  }

  async #reread(device: Device, credentialId: CredentialId | null): Promise<Result<Device, DeviceFailure>> {
    const signal = new AbortController().signal;
    try {
      const fresh = await this.#reader.reread(device.id, device.address, credentialId, signal);
      this.checkNow(device.id);
      return ok(fresh);
    } catch (error) {
      if (error instanceof SoapError) return fail({ reason: error.reason, detail: error.message });
      throw error;
    }
  }

  #watch(id: DeviceId): void {
    if (!this.#isRunning || this.#watches.has(id)) return;
    const { clock, random, log, checkEveryMs = 10_000 } = this.#deps;
    const watch = new DeviceWatch({
      clock,
      random,
      checkEveryMs,
      port: {
        device: () => this.#cache.get(id),
        fingerprint: () => this.#certificates.of(id),
        answered: (time) => this.#record.answered(id, time),
        lost: (error, retryAt) => this.#record.lost(id, error.reason, error.message, retryAt),
        reread: (address: DeviceAddress, signal) => this.#reader.verify(id, address, signal),
        failed: (error) => log.error("watching a device failed", { device: id, why: String(error) }),
        seek: () => this.#deps.seek(),
      },
    });
    this.#watches.set(id, watch);
    watch.start();
  }
}
