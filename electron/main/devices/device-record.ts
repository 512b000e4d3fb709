import type { Clock } from "../../../shared/base/clock.ts";
import type { DeviceId } from "../../../shared/base/ids.ts";
import type { ConnectionEntry, DeviceState, FailureReason } from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import type { DeviceTime } from "../../drivers/onvif/clock-fit.ts";
import type { Store } from "../../store/store.ts";
import type { DeviceCache } from "./device-cache.ts";

export interface DeviceRecordDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly cache: DeviceCache;
  readonly store: Pick<Store, "appendClockReading" | "appendConnection" | "setDeviceState" | "touchDevice">;
}

const ledgerEveryMs = 3_600_000;
const ledgerStepMs = 250;
const notableClockMs = 5_000;
const touchEveryMs = 60_000;

/** Writes down what is noticed about devices: state, history and the clock ledger. */
export class DeviceRecord {
  readonly #deps: DeviceRecordDeps;
  readonly #readings = new Map<DeviceId, { readonly at: number; readonly offsetMs: number }>();

  constructor(deps: DeviceRecordDeps) {
    this.#deps = deps;
  }

  /** It answered: seen now; back from unreachable if it was, and its clock goes to the ledger. */
  async answered(id: DeviceId, time: DeviceTime | undefined): Promise<void> {
    const { clock, cache, store } = this.#deps;
    const device = cache.get(id);
    if (device === undefined) return;
    const now = clock.now();
    if (device.state.kind === "unreachable") {
      await this.#note(id, "connected", `${device.address.host}:${device.address.port}`);
      await this.state(id, { kind: "adopted", since: now }, now);
    } else if (now - device.lastSeenAt > touchEveryMs) {
      await store.touchDevice(id, now);
      cache.touch({ ...device, lastSeenAt: now });
    }
    if (time !== undefined) await this.clock(id, time);
  }

  /** It did not answer. The history tells only the first time. */
  async lost(id: DeviceId, reason: FailureReason, words: string, retryAt: number | null): Promise<void> {
    const { clock, cache, log } = this.#deps;
    const device = cache.get(id);
    if (device === undefined) return;
    const before = device.state;
    const wasLost = before.kind === "unreachable";
    const since = wasLost ? before.since : clock.now();
    if (!wasLost || before.reason !== reason) {
      const kind = reason === "identity-changed" ? "identity-changed" : "lost";
      await this.#note(id, kind, words);
      log.warn("device lost", { device: id, reason });
    }
    await this.state(id, { kind: "unreachable", since, reason, detail: words.slice(0, 500), retryAt });
  }

  /** It is there but cannot be used fully before somebody acts. */
  async degraded(id: DeviceId, reason: FailureReason, words: string): Promise<void> {
    const now = this.#deps.clock.now();
    if (reason === "unauthorised" || reason === "locked-out")
      await this.#note(id, "credential-refused", words);
    await this.state(id, { kind: "degraded", since: now, reason, detail: words.slice(0, 500) }, now);
  }

  async state(id: DeviceId, state: DeviceState, lastSeenAt?: number): Promise<void> {
    const device = await this.#deps.store.setDeviceState(id, state, lastSeenAt);
    if (device !== undefined) this.#deps.cache.save(device);
  }

  /** Keeps a clock measurement when it says something new, or an hour after the last one. */
  async clock(id: DeviceId, time: DeviceTime): Promise<void> {
    const { clock, cache, store } = this.#deps;
    const device = cache.get(id);
    if (device === undefined) return;
    const at = clock.now();
    const last = this.#readings.get(id);
    const stepMs = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(time.offsetMs - last.offsetMs);
    if (last !== undefined && at - last.at < ledgerEveryMs && stepMs < ledgerStepMs) return;
    this.#readings.set(id, { at, offsetMs: time.offsetMs });
    const { offsetMs, roundTripMs } = time;
    await store.appendClockReading(id, { at, offsetMs, roundTripMs: Math.max(0, roundTripMs) });
    const before = device.clockOffsetMs ?? 0;
    if (Math.abs(offsetMs - before) > notableClockMs) {
      await this.#note(id, "clock-offset", `${signed(before)} → ${signed(offsetMs)}`);
    }
    const now = cache.get(id);
    if (now !== undefined && now.clockOffsetMs !== offsetMs) cache.save({ ...now, clockOffsetMs: offsetMs });
  }

  forget(id: DeviceId): void {
    this.#readings.delete(id);
  }

  async #note(id: DeviceId, kind: ConnectionEntry["kind"], detail: string): Promise<void> {
    await this.#deps.store.appendConnection(id, {
      at: this.#deps.clock.now(),
      kind,
      detail: detail.slice(0, 500),
    });
  }
}

/** "+12.3 s" */
const signed = (offsetMs: number): string =>
  `${offsetMs < 0 ? "−" : "+"}${(Math.abs(offsetMs) / 1_000).toFixed(1)} s`;
