import type { Clock } from "../../../shared/base/clock.ts";
import type { Channel } from "../../../shared/model/channel.ts";
import type {
  DeviceAddress,
  DeviceIdentity,
  DeviceService,
  LoginKind,
} from "../../../shared/model/device.ts";
import type { Stream } from "../../../shared/model/stream.ts";
import { SoapClient, type Login } from "../soap/soap-client.ts";
import { SoapError } from "../soap/soap-error.ts";
import { cleanLine } from "../ws-discovery/scopes.ts";
import { ClockFit, type DeviceTime } from "./clock-fit.ts";
import { askDeviceFacts, askEndpointReference, askTime } from "./device-calls.ts";
import { askProfiles, askStreamUri, type OfferedMedia } from "./media-calls.ts";
import type { MediaProfile } from "./media-profiles.ts";
import { askMac } from "./network-calls.ts";
import { askServices } from "./services.ts";
import { chooseRoles } from "./stream-roles.ts";
import { pinStreamUri } from "./stream-uri.ts";

export interface OnvifDeviceDeps {
  readonly clock: Clock;
  readonly address: DeviceAddress;
  readonly login: Login | null;
  /** As the device let us in before; null when not known. */
  readonly loginKind: LoginKind | null;
  readonly clockOffsetMs: number | null;
  /** Certificate accepted before; null: the first one met is taken. */
  readonly fingerprint: string | null;
  readonly deadlineMs?: number;
  /** Bounds of the clock known from before; a new one when left out. */
  readonly clockFit?: ClockFit;
}

/** One video source with its streams, before it has a number on this site. */
export type FoundChannel = Pick<Channel, "sourceToken" | "ptz" | "streams"> & { readonly name: string };

/** Everything one look at a device gives. */
export interface DeviceReading {
  readonly identity: DeviceIdentity;
  readonly services: readonly DeviceService[];
  readonly hasEvents: boolean;
  readonly channels: readonly FoundChannel[];
  readonly loginKind: LoginKind;
  readonly time: DeviceTime | undefined;
  readonly fingerprint: string | null;
  /** Oddities in plain words: "its stream address named another host (10.0.0.9); not used". */
  readonly remarks: readonly string[];
}

/** Until the clock is known this well, further questions are worth it. */
const fineEnoughMs = 75;
const fineQuestions = 12;
const fineEveryMs = 90;

/** A clock that moved more than this since the token was dated explains a refusal. */
const clockJumpMs = 3_000;

/** An ONVIF device at one address, with at most one login. Throws `SoapError` only; `close` when done. */
export class OnvifDevice {
  readonly #deps: OnvifDeviceDeps;
  #client: SoapClient;
  #offsetMs: number;
  readonly #clockFit: ClockFit;

  constructor(deps: OnvifDeviceDeps) {
    this.#deps = deps;
    this.#clockFit = deps.clockFit ?? new ClockFit();
    this.#offsetMs = deps.clockOffsetMs ?? 0;
    this.#client = this.#connect(deps.loginKind);
  }

  get fingerprint(): string | null {
    return this.#client.fingerprint;
  }

  close(): void {
    this.#client.close();
  }

  /** Asks the time without login; tokens are dated by it from then on. */
  async measureTime(signal?: AbortSignal, deadlineMs?: number): Promise<DeviceTime | undefined> {
    const { clock, address } = this.#deps;
    const sample = await askTime(this.#client, address.path, clock, signal, deadlineMs);
    if (sample === undefined) return undefined;
    const time = this.#clockFit.add(sample);
    this.#offsetMs = time.offsetMs;
    this.#client.setClockOffset(time.offsetMs);
    return time;
  }

  /** Asks the time until the device's second turns over: known to some 50 ms within a second. */
  async measureTimeFinely(signal?: AbortSignal): Promise<DeviceTime | undefined> {
    let time = await this.#timeOrNothing(signal);
    for (let asked = 1; asked < fineQuestions; asked += 1) {
      if (time === undefined || time.uncertaintyMs <= Math.max(fineEnoughMs, time.roundTripMs)) break;
      await this.#deps.clock.sleep(fineEveryMs);
      time = await this.#timeOrNothing(signal);
    }
    return time;
  }

  /** The endpoint reference, asked without login; null when the device does not tell. */
  async endpointReference(signal?: AbortSignal): Promise<string | null> {
    try {
      return await askEndpointReference(this.#client, this.#deps.address.path, signal);
    } catch (error) {
      if (error instanceof SoapError && isAnAnswer(error)) return null;
      throw error;
    }
  }

  /** Looks at everything: identity, services, profiles and streams. The first call proves the login. */
  async read(signal?: AbortSignal): Promise<DeviceReading> {
    const { path } = this.#deps.address;
    await this.#timeOrNothing(signal);
    const facts = await this.#proveLogin(signal);
    const fineTime = this.measureTimeFinely(signal);
    // It is awaited below; if another call fails first, its own failure is of no interest.
    fineTime.catch(() => undefined);
    const endpointReference = await this.endpointReference(signal);
    const mac = await optional(askMac(this.#client, path, signal));
    const { services, foreignHosts } = await askServices(this.#client, path, signal);
    const media = await askProfiles(this.#client, services, signal);
    const remarks = foreignHosts.map(
      (host) => `its service addresses named another host (${host}); not used`,
    );
    const channels = media === undefined ? [] : await this.#channels(media, remarks, signal);
    return {
      identity: { ...facts, mac: mac ?? null, endpointReference },
      services,
      hasEvents: services.some((service) => service.name === "events"),
      channels,
      loginKind: this.#client.loginKind,
      time: await fineTime,
      fingerprint: this.#client.fingerprint,
      remarks: [...new Set(remarks)],
    };
  }

  /** A refusal right after the device's clock jumped is not the password's fault: dated anew, tried once. */
  async #proveLogin(signal: AbortSignal | undefined): Promise<Awaited<ReturnType<typeof askDeviceFacts>>> {
    const { path } = this.#deps.address;
    const usedOffsetMs = this.#offsetMs;
    try {
      return await askDeviceFacts(this.#client, path, signal);
    } catch (error) {
      if (
        !(error instanceof SoapError) ||
        !error.refusedLogin ||
        this.#client.loginKind !== "ws-username-token"
      ) {
        throw error;
      }
      // A device that wants a login even for the time leaves the refusal as it is.
      if ((await this.#timeOrNothing(signal)) === undefined) throw error;
      if (Math.abs(this.#offsetMs - usedOffsetMs) < clockJumpMs) throw error;
      this.#client.close();
      this.#client = this.#connect("ws-username-token");
      return askDeviceFacts(this.#client, path, signal);
    }
  }

  async #timeOrNothing(signal: AbortSignal | undefined): Promise<DeviceTime | undefined> {
    try {
      return await this.measureTime(signal);
    } catch (error) {
      // Some devices ask for a login even for the time; the token is then dated by our own clock.
      if (error instanceof SoapError && isAnAnswer(error)) return undefined;
      throw error;
    }
  }

  async #channels(
    media: OfferedMedia,
    remarks: string[],
    signal: AbortSignal | undefined,
  ): Promise<readonly FoundChannel[]> {
    const bySource = new Map<string, MediaProfile[]>();
    for (const profile of media.profiles) {
      bySource.set(profile.sourceToken, [...(bySource.get(profile.sourceToken) ?? []), profile]);
    }
    const channels: FoundChannel[] = [];
    for (const [sourceToken, profiles] of [...bySource].slice(0, 256)) {
      const roles = chooseRoles(profiles);
      const streams: Stream[] = [];
      for (const profile of profiles.slice(0, 32)) {
        const uri = await this.#streamUri(media, profile, remarks, signal);
        if (uri !== undefined) streams.push(toStream(profile, roles.get(profile.token) ?? "other", uri));
      }
      const name = cleanLine(profiles[0]?.name ?? "", 64);
      const ptz = profiles.some((profile) => profile.hasPtz);
      if (streams.length > 0) channels.push({ sourceToken, name, ptz, streams });
    }
    return channels;
  }

  async #streamUri(
    media: OfferedMedia,
    profile: MediaProfile,
    remarks: string[],
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> {
    let text: string;
    try {
      text = await askStreamUri(this.#client, media.service, profile.token, signal);
    } catch (error) {
      if (!(error instanceof SoapError) || !isAnAnswer(error) || error.refusedLogin) throw error;
      remarks.push(`no address for the stream "${profile.name}": ${error.message}`.slice(0, 300));
      return undefined;
    }
    const pinned = pinStreamUri(text, this.#deps.address.host);
    if (pinned === undefined)
      remarks.push(`no usable address for the stream "${profile.name}"`.slice(0, 300));
    else if (pinned.foreignHost !== null) {
      remarks.push(`its stream address named another host (${pinned.foreignHost}); not used`);
    }
    return pinned?.uri;
  }

  #connect(loginKind: LoginKind | null): SoapClient {
    const { clock, address, login, fingerprint, deadlineMs } = this.#deps;
    return new SoapClient({
      clock,
      target: { host: address.host, port: address.port, tls: address.tls, fingerprint },
      login,
      loginKind,
      clockOffsetMs: this.#offsetMs,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
  }
}

function toStream(profile: MediaProfile, role: Stream["role"], uri: string): Stream {
  const { codec, width, height, fps, bitrateKbps, govLength, audioCodec } = profile;
  const facts = { codec, width, height, fps, bitrateKbps, govLength, audioCodec };
  return { role, profileToken: profile.token, profileName: profile.name, ...facts, uri };
}

/** The device is there and said something: asking for something else makes sense. */
function isAnAnswer(error: SoapError): boolean {
  return error.httpStatus !== undefined || error.fault !== undefined || error.reason === "garbage";
}

/** A value that makes the picture complete but is not needed; null when the device does not give it. */
async function optional<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SoapError && isAnAnswer(error) && !error.refusedLogin) return null;
    throw error;
  }
}
