import type { Cam } from "onvif";
import type { Clock } from "../../../shared/base/clock.ts";
import type { DeviceAddress, LoginKind } from "../../../shared/model/device.ts";
import { SoapClient, type Login } from "../soap/soap-client.ts";
import { SoapError } from "../soap/soap-error.ts";
import { escapeXml, type XmlElement } from "../soap/xml.ts";
import { askTime } from "./device-calls.ts";
import { readPresets, readPresetToken, readStatus, type Preset, type PtzStatus } from "./ptz-answers.ts";
import { askThroughCam, PtzWordingError } from "./ptz-cam.ts";

/** Speed of each axis, −1 … 1; right, up and closer are positive. */
export interface PtzVelocity {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface PtzControlDeps {
  readonly clock: Clock;
  readonly address: DeviceAddress;
  /** Path of the PTZ service; host and port are the device's own. */
  readonly path: string;
  /** Profiles of the channel, the likeliest to move first. */
  readonly profileTokens: readonly string[];
  readonly login: Login | null;
  readonly loginKind: LoginKind | null;
  readonly clockOffsetMs: number;
  readonly fingerprint: string | null;
  /** The absolute limit of one exchange; 4 s when left out. */
  readonly deadlineMs?: number;
}

const namespace = "http://www.onvif.org/ver20/ptz/wsdl";
const answerMs = 4_000;
/** The camera itself stops after this long without another move, should the console or the network die. */
export const cameraStopsAfterMs = 2_000;
/** A clock that moved more than this since the token was dated explains a refusal. */
const clockJumpMs = 3_000;

/**
 * The moving head of one channel.
 *
 * The `onvif` package words the requests (`ptz-cam.ts`); the pinned SOAP transport carries them, with its
 * deadline, size limit and one refusal per login. Throws `SoapError` only; `close` when done.
 */
export class PtzControl {
  readonly #deps: PtzControlDeps;
  #client: SoapClient;
  #offsetMs: number;
  #profiles: readonly string[];
  #takesTimeout = true;
  /** The refusal that the clock was asked about. */
  #examined: unknown;
  #last = { panTilt: false, zoom: false };

  constructor(deps: PtzControlDeps) {
    this.#deps = deps;
    this.#offsetMs = deps.clockOffsetMs;
    this.#profiles = deps.profileTokens;
    this.#client = this.#connect(deps.loginKind);
  }

  close(): void {
    this.#client.close();
  }

  /** Login tokens are dated by this from now on. */
  setClockOffset(offsetMs: number): void {
    this.#offsetMs = offsetMs;
    this.#client.setClockOffset(offsetMs);
  }

  /** Moves until `stop`, another move, or `cameraStopsAfterMs`. An axis that never moved is not mentioned. */
  async continuousMove(velocity: PtzVelocity, signal?: AbortSignal): Promise<void> {
    const [x, y, zoom] = [velocity.pan, velocity.tilt, velocity.zoom].map(speed);
    const moves = { panTilt: x !== 0 || y !== 0, zoom: zoom !== 0 };
    // Some heads refuse an axis they do not have; one that still turns must be told to hold.
    const onlySendPanTilt = !moves.zoom && !this.#last.zoom;
    const onlySendZoom = !onlySendPanTilt && !moves.panTilt && !this.#last.panTilt;
    const send = (timeout: { readonly timeout?: number }): Promise<XmlElement> =>
      this.#ask(
        (cam, profileToken, ignore) =>
          cam.continuousMove(
            // The package changes the object it is given.
            {
              profileToken,
              x: x ?? 0,
              y: y ?? 0,
              zoom: zoom ?? 0,
              onlySendPanTilt,
              onlySendZoom,
              ...timeout,
            },
            ignore,
          ),
        signal,
      );
    try {
      await send(this.#takesTimeout ? { timeout: cameraStopsAfterMs } : {});
    } catch (error) {
      if (!this.#takesTimeout || !hasFault(error, "TimeoutNotSupported")) throw error;
      this.#takesTimeout = false;
      await send({});
    } finally {
      this.#last = { panTilt: moves.panTilt || this.#last.panTilt, zoom: moves.zoom || this.#last.zoom };
    }
  }

  /** Stops every axis. */
  async stop(signal?: AbortSignal): Promise<void> {
    await this.#ask(
      (cam, profileToken, ignore) => cam.stop({ profileToken, panTilt: true, zoom: true }, ignore),
      signal,
    );
    this.#last = { panTilt: false, zoom: false };
  }

  async presets(signal?: AbortSignal): Promise<readonly Preset[]> {
    return readPresets(
      await this.#ask((cam, profileToken, ignore) => cam.getPresets({ profileToken }, ignore), signal),
    );
  }

  async gotoPreset(token: string, signal?: AbortSignal): Promise<void> {
    const preset = escapeXml(token);
    await this.#ask((cam, profileToken, ignore) => cam.gotoPreset({ profileToken, preset }, ignore), signal);
  }

  /** Keeps where the head looks, as a new preset or under a token there is; its token. */
  async setPreset(name: string, token?: string, signal?: AbortSignal): Promise<string> {
    const presetName = escapeXml(name);
    const place = token === undefined ? {} : { presetToken: escapeXml(token) };
    return readPresetToken(
      await this.#ask(
        (cam, profileToken, ignore) => cam.setPreset({ profileToken, presetName, ...place }, ignore),
        signal,
      ),
    );
  }

  async removePreset(token: string, signal?: AbortSignal): Promise<void> {
    const presetToken = escapeXml(token);
    await this.#ask(
      (cam, profileToken, ignore) => cam.removePreset({ profileToken, presetToken }, ignore),
      signal,
    );
  }

  async gotoHome(signal?: AbortSignal): Promise<void> {
    await this.#ask((cam, profileToken, ignore) => cam.gotoHomePosition({ profileToken }, ignore), signal);
  }

  async status(signal?: AbortSignal): Promise<PtzStatus> {
    return readStatus(
      await this.#ask((cam, profileToken, ignore) => cam.getStatus({ profileToken }, ignore), signal),
    );
  }

  /** Asks under each profile until one belongs to the head; that one is asked first from then on. */
  async #ask(
    operate: (cam: Cam, profileToken: string, ignore: () => void) => void,
    signal: AbortSignal | undefined,
  ): Promise<XmlElement> {
    let refused: unknown = new SoapError({ reason: "not-found", words: "the channel has no profile" });
    for (const token of this.#profiles) {
      try {
        const escaped = escapeXml(token);
        const reply = await this.#askOnce((cam, ignore) => operate(cam, escaped, ignore), signal);
        this.#profiles = [token, ...this.#profiles.filter((other) => other !== token)];
        return reply;
      } catch (error) {
        if (!hasFault(error, "NoPTZProfile", "NoProfile")) throw error;
        refused = error;
      }
    }
    throw refused;
  }

  async #askOnce(
    operate: (cam: Cam, ignore: () => void) => void,
    signal: AbortSignal | undefined,
  ): Promise<XmlElement> {
    const carry = async (body: string, operation: string): Promise<XmlElement> => {
      const call = { path: this.#deps.path, body, action: `${namespace}/${operation}`, signal } as const;
      const usedOffsetMs = this.#offsetMs;
      try {
        return await this.#client.call({ ...call, access: "login" });
      } catch (error) {
        if (!(await this.#hasClockJumped(error, usedOffsetMs, signal))) throw error;
        this.#client.close();
        this.#client = this.#connect("ws-username-token");
        return this.#client.call({ ...call, access: "login" });
      }
    };
    try {
      return await askThroughCam(operate, carry);
    } catch (error) {
      if (!(error instanceof PtzWordingError)) throw error;
      throw new SoapError({ reason: "internal", words: "the request could not be worded", cause: error });
    }
  }

  /** A refusal right after the device's clock jumped is not the password's fault. */
  async #hasClockJumped(
    error: unknown,
    usedOffsetMs: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const isRefusedToken =
      error instanceof SoapError && error.refusedLogin && this.#client.loginKind === "ws-username-token";
    if (!isRefusedToken || error === this.#examined) return false;
    this.#examined = error;
    const { address, clock } = this.#deps;
    try {
      const sample = await askTime(this.#client, address.path, clock, signal);
      if (sample === undefined) return false;
      this.#offsetMs = sample.deviceAt - (sample.sentAt + sample.receivedAt) / 2;
      return Math.abs(this.#offsetMs - usedOffsetMs) >= clockJumpMs;
    } catch (unasked) {
      if (unasked instanceof SoapError) return false; // The refusal itself is what matters.
      throw unasked;
    }
  }

  #connect(loginKind: LoginKind | null): SoapClient {
    const { clock, address, login, fingerprint, deadlineMs = answerMs } = this.#deps;
    return new SoapClient({
      clock,
      target: { host: address.host, port: address.port, tls: address.tls, fingerprint },
      login,
      loginKind,
      clockOffsetMs: this.#offsetMs,
      deadlineMs,
    });
  }
}

/** A speed as devices take it: within −1 … 1, no exponent, no −0. */
function speed(value: number): number {
  if (!Number.isFinite(value)) throw new SoapError({ reason: "internal", words: "a speed must be a number" });
  return Math.round(Math.min(1, Math.max(-1, value)) * 1_000) / 1_000 || 0;
}

function hasFault(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof SoapError && (error.fault?.subcodes.some((code) => names.includes(code)) ?? false);
}
