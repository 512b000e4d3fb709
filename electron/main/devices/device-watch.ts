import type { Clock } from "../../../shared/base/clock.ts";
import { deviceBackoff } from "../../../shared/base/backoff.ts";
import { supervise } from "../../../shared/base/supervise.ts";
import type { Device, DeviceAddress } from "../../../shared/model/device.ts";
import { ClockFit, type DeviceTime } from "../../drivers/onvif/clock-fit.ts";
import { OnvifDevice } from "../../drivers/onvif/onvif-device.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";

/** What a watch tells, and asks, about its device. */
export interface WatchPort {
  /** The device as stored now; undefined when it was removed. */
  device(): Device | undefined;
  fingerprint(): string | null;
  /** It answered at its address. */
  answered(time: DeviceTime | undefined): Promise<void>;
  /** It did not answer. */
  lost(error: SoapError, retryAt: number | null): Promise<void>;
  /** Log in at this address, compare the identity, store what is new. Throws `SoapError`. */
  reread(address: DeviceAddress, signal: AbortSignal): Promise<void>;
  /** A fault of our own, such as a store that does not write: for the log. */
  failed(error: unknown): void;
  /** Ask the network where it went. */
  seek(): void;
}

export interface DeviceWatchDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly port: WatchPort;
  readonly checkEveryMs: number;
}

const offerLifeMs = 60_000;
const answerMs = 6_000;
const secondTryMs = 1_000;

/**
 * Watches over one device for as long as it is stored: asks the time without a login, and only when the
 * device was lost looks at it again with its login, after its endpoint reference agreed.
 */
export class DeviceWatch {
  readonly #deps: DeviceWatchDeps;
  readonly #ends = new AbortController();
  readonly #clockFit = new ClockFit();
  readonly #sleepers = new Set<() => void>();
  #done: Promise<void> = Promise.resolve();
  #offer: { readonly address: DeviceAddress; readonly untilMs: number } | undefined;
  #isVerified = false;

  constructor(deps: DeviceWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { clock, random, port } = this.#deps;
    this.#done = supervise((signal, healthy) => this.#watch(signal, healthy), {
      clock,
      random,
      signal: this.#ends.signal,
      policy: { ...deviceBackoff, healthyAfterMs: 0 },
      wake: (signal) => this.#bell(signal),
      onFailure: ({ error, retryAt }) => {
        const words = "the console itself failed; the log says how";
        const isOurs = !(error instanceof SoapError);
        if (isOurs) port.failed(error);
        const lost = isOurs ? new SoapError({ reason: "internal", words, cause: error }) : error;
        port.lost(lost, retryAt ?? null).catch((unsaved: unknown) => port.failed(unsaved));
      },
    });
  }

  async stop(): Promise<void> {
    this.#ends.abort(new Error("no longer watched"));
    await this.#done;
  }

  /** Looks at the device now instead of at the next turn. */
  checkNow(): void {
    for (const wake of this.#sleepers) wake();
  }

  /** The device may have moved here. Tried only if it no longer answers where it was. */
  offer(address: DeviceAddress): void {
    this.#offer = { address, untilMs: this.#deps.clock.monotonicMs() + offerLifeMs };
    this.checkNow();
  }

  async #watch(signal: AbortSignal, healthy: () => void): Promise<void> {
    const { clock, checkEveryMs, random } = this.#deps;
    for (;;) {
      await this.#visit(signal);
      healthy();
      const pauseMs = checkEveryMs * (0.9 + 0.2 * random());
      const ends = new AbortController();
      const end = (): void => ends.abort(new Error("over"));
      signal.addEventListener("abort", end, { once: true });
      const pause = clock.sleep(pauseMs, ends.signal).catch(() => undefined);
      await Promise.race([pause, this.#bell(ends.signal)]);
      signal.removeEventListener("abort", end);
      end();
      if (signal.aborted) return;
    }
  }

  async #visit(signal: AbortSignal): Promise<void> {
    const { port } = this.#deps;
    const device = port.device();
    if (device === undefined) return;
    try {
      await this.#look(device, signal);
    } catch (error) {
      if (signal.aborted || !(error instanceof SoapError)) throw error;
      this.#isVerified = false;
      const offer = this.#takeOffer();
      if (offer === undefined) {
        port.seek();
        throw error;
      }
      await this.#follow(device, offer, signal);
    }
  }

  /** One look at the stored address. A single miss is asked again before it counts. */
  async #look(device: Device, signal: AbortSignal): Promise<void> {
    const { clock, port } = this.#deps;
    const onvif = this.#open(device, device.address);
    try {
      const wasLost = device.state.kind === "unreachable";
      let time = await onvif.measureTime(signal, answerMs).catch(async (error: unknown) => {
        if (!(error instanceof SoapError) || wasLost || signal.aborted) throw error;
        if (isAnswer(error)) return undefined;
        await clock.sleep(secondTryMs, signal);
        return onvif.measureTime(signal, answerMs);
      });
      if (!this.#isVerified) {
        await this.#verify(onvif, device, signal);
        if (wasLost) await port.reread(device.address, signal);
        this.#isVerified = true;
        time = await onvif.measureTimeFinely(signal);
      }
      await port.answered(time);
    } finally {
      onvif.close();
    }
  }

  async #follow(device: Device, address: DeviceAddress, signal: AbortSignal): Promise<void> {
    const onvif = this.#open(device, address);
    try {
      await this.#verify(onvif, device, signal);
      await this.#deps.port.reread(address, signal);
      this.#isVerified = true;
    } finally {
      onvif.close();
    }
  }

  /** Without any login: another endpoint reference is another device, and gets to see nothing of ours. */
  async #verify(onvif: OnvifDevice, device: Device, signal: AbortSignal): Promise<void> {
    const expected = device.identity.endpointReference;
    const met = await onvif.endpointReference(signal);
    if (expected === null || met === null || met === expected) return;
    const words = "another device answers at this address; nothing was sent to it";
    throw new SoapError({ reason: "identity-changed", words });
  }

  #open(device: Device, address: DeviceAddress): OnvifDevice {
    const { clock, port } = this.#deps;
    return new OnvifDevice({
      clock,
      address,
      login: null,
      loginKind: null,
      clockOffsetMs: device.clockOffsetMs,
      fingerprint: port.fingerprint(),
      clockFit: this.#clockFit,
    });
  }

  #takeOffer(): DeviceAddress | undefined {
    const offer = this.#offer;
    this.#offer = undefined;
    return offer !== undefined && offer.untilMs > this.#deps.clock.monotonicMs() ? offer.address : undefined;
  }

  #bell(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal.addEventListener("abort", wake, { once: true });
    });
  }
}

/** It is there, it only does not tell the time. */
function isAnswer(error: SoapError): boolean {
  return error.fault !== undefined || error.reason === "unauthorised" || error.reason === "not-supported";
}
