import type { Clock } from "../../../shared/base/clock.ts";
import type { ChannelId } from "../../../shared/base/ids.ts";
import { fail, ok, type Result } from "../../../shared/base/result.ts";
import type { PtzPreset } from "../../../shared/contract/ptz.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type { Device, FailureReason } from "../../../shared/model/device.ts";
import type { Log } from "../../../shared/model/log.ts";
import { PtzControl, type PtzVelocity } from "../../drivers/onvif/ptz-control.ts";
import { SoapError } from "../../drivers/soap/soap-error.ts";
import type { Store } from "../../store/store.ts";
import { certificateOf, revealDeviceLogin, type Reveal } from "../access/device-login.ts";
import { CameraMotion } from "./camera-motion.ts";

export interface PtzServiceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "listDeviceCertificates">;
  /** The adopted devices as they are now. */
  readonly listDevices: () => readonly Device[];
  readonly reveal: Reveal;
}

/** Why a camera was not moved. */
export type PtzFailure =
  | { readonly kind: "not-found" }
  | { readonly kind: "not-movable" }
  | { readonly kind: "failed"; readonly reason: FailureReason; readonly detail: string };

interface Head {
  readonly control: PtzControl;
  readonly motion: CameraMotion;
}

interface Place {
  readonly device: Device;
  readonly channel: Channel;
  readonly path: string;
}

const lastStopsMs = 1_500;

/** Moves cameras for the windows; knows for each one who moves it, and stops it when that window is gone. */
export class PtzService {
  readonly #deps: PtzServiceDeps;
  /** By channel: how it is reached and logged in to (`key`), and its head. */
  readonly #heads = new Map<ChannelId, { readonly key: string; readonly head: Promise<Head> }>();

  constructor(deps: PtzServiceDeps) {
    this.#deps = deps;
  }

  move(windowId: number, channelId: ChannelId, velocity: PtzVelocity): Promise<Result<null, PtzFailure>> {
    const isStill = velocity.pan === 0 && velocity.tilt === 0 && velocity.zoom === 0;
    return this.#with(channelId, async ({ motion }) => {
      await (isStill ? motion.stop() : motion.move(windowId, velocity));
      return null;
    });
  }

  stop(channelId: ChannelId): Promise<Result<null, PtzFailure>> {
    return this.#with(channelId, async ({ motion }) => {
      await motion.stop();
      return null;
    });
  }

  presets(channelId: ChannelId): Promise<Result<PtzPreset[], PtzFailure>> {
    return this.#with(channelId, async ({ control }) => [...(await control.presets())]);
  }

  goTo(channelId: ChannelId, token: string): Promise<Result<null, PtzFailure>> {
    return this.#with(channelId, async ({ control, motion }) => {
      if (motion.movedBy !== undefined) await motion.stop();
      await control.gotoPreset(token);
      return null;
    });
  }

  home(channelId: ChannelId): Promise<Result<null, PtzFailure>> {
    return this.#with(channelId, async ({ control, motion }) => {
      if (motion.movedBy !== undefined) await motion.stop();
      await control.gotoHome();
      return null;
    });
  }

  /** The window is closed, crashed or loaded anew: what it moved stops. */
  forgetWindow(windowId: number): void {
    for (const [channelId, { head }] of this.#heads) void this.#stopFor(windowId, channelId, head);
  }

  /** A login was changed or the vault unlocked: a refusal of before no longer counts. */
  loginsChanged(): void {
    for (const channelId of this.#heads.keys()) this.#drop(channelId);
  }

  /** Stops what moves, waiting for slow cameras only briefly. */
  async stopAll(): Promise<void> {
    const stops = [...this.#heads.values()].map(async ({ head }) => {
      const { motion } = await head;
      if (motion.movedBy !== undefined) await motion.stop();
    });
    const waits = new AbortController();
    const limit = this.#deps.clock.sleep(lastStopsMs, waits.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled(stops), limit]);
    waits.abort();
    for (const [channelId, { head }] of this.#heads) {
      this.#heads.delete(channelId);
      void this.#close(channelId, head);
    }
  }

  async #with<T>(channelId: ChannelId, work: (head: Head) => Promise<T>): Promise<Result<T, PtzFailure>> {
    const place = this.#find(channelId);
    if ("kind" in place) {
      if (place.kind === "not-found") this.#drop(channelId);
      return fail(place);
    }
    try {
      const head = await this.#head(place);
      if (place.device.clockOffsetMs !== null) head.control.setClockOffset(place.device.clockOffsetMs);
      return ok(await work(head));
    } catch (error) {
      if (!(error instanceof SoapError)) throw error;
      return fail({ kind: "failed", reason: error.reason, detail: error.message });
    }
  }

  #find(channelId: ChannelId): Place | PtzFailure {
    for (const device of this.#deps.listDevices()) {
      const channel = device.channels.find(({ id }) => id === channelId);
      if (channel === undefined || device.state.kind === "retired") continue;
      const path = device.services.find(({ name }) => name === "ptz")?.path;
      return channel.ptz && path !== undefined ? { device, channel, path } : { kind: "not-movable" };
    }
    return { kind: "not-found" };
  }

  /** The head as it is reached now; another address or login makes another one. */
  #head(place: Place): Promise<Head> {
    const { device, channel, path } = place;
    const profileTokens = ["main", "sub", "other"].flatMap((role) =>
      channel.streams.flatMap((stream) => (stream.role === role ? [stream.profileToken] : [])),
    );
    const key = JSON.stringify([device.address, device.credentialId, path, profileTokens]);
    const known = this.#heads.get(channel.id);
    if (known?.key === key) return known.head;
    this.#drop(channel.id);
    const head = this.#open(place, profileTokens);
    this.#heads.set(channel.id, { key, head });
    head.catch(() => {
      // Not kept: the vault may be open the next time. Whoever asked gets the error itself.
      if (this.#heads.get(channel.id)?.head === head) this.#heads.delete(channel.id);
    });
    return head;
  }

  async #open({ device, channel, path }: Place, profileTokens: readonly string[]): Promise<Head> {
    const { clock, log } = this.#deps;
    const control = new PtzControl({
      clock,
      address: device.address,
      path,
      profileTokens: [...new Set(profileTokens)],
      login: await revealDeviceLogin(device.credentialId, this.#deps.reveal),
      loginKind: device.login,
      clockOffsetMs: device.clockOffsetMs ?? 0,
      fingerprint: device.address.tls ? await certificateOf(device.id, this.#deps.store) : null,
    });
    return { control, motion: new CameraMotion({ clock, log, channelId: channel.id, head: control }) };
  }

  #drop(channelId: ChannelId): void {
    const known = this.#heads.get(channelId);
    if (known === undefined) return;
    this.#heads.delete(channelId);
    void this.#close(channelId, known.head);
  }

  async #stopFor(windowId: number, channelId: ChannelId, opened: Promise<Head>): Promise<void> {
    try {
      const { motion } = await opened;
      if (motion.movedBy === windowId) await motion.stop();
    } catch (error) {
      this.#note(channelId, error);
    }
  }

  /** Stops it first if it moves. */
  async #close(channelId: ChannelId, opened: Promise<Head>): Promise<void> {
    try {
      const { control, motion } = await opened;
      const stopped = motion.movedBy === undefined ? undefined : motion.stop();
      try {
        await stopped;
      } finally {
        motion.close();
        control.close();
      }
    } catch (error) {
      this.#note(channelId, error);
    }
  }

  #note(channelId: ChannelId, error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#deps.log.warn("a camera was not moved", { channel: channelId, why });
  }
}
