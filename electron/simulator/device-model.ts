import { urlHost } from "./addresses.ts";
import { SoapFault } from "./onvif/soap.ts";
import type { MemoryCard } from "./card/memory-card.ts";
import type { UserAccounts } from "./auth/user-accounts.ts";
import type { CameraCounters } from "./counters.ts";
import type { DeviceClock } from "./device-clock.ts";
import type { FaultSet } from "./fault-set.ts";
import type { EventHub } from "./events/event-hub.ts";
import type { CameraIdentity } from "./identity.ts";
import type { PtzHead } from "./onvif/ptz-head.ts";
import type { CameraSpec } from "./site-options.ts";
import type { SourceFormat, VideoFormat } from "./stream-format.ts";

/** A media profile: one source, one encoder. */
export interface MediaProfile {
  readonly token: string;
  name: string;
  readonly fixed: boolean;
  readonly sourceIndex: number;
  readonly role: "main" | "sub";
}

/** A video encoder and how it is configured. */
export interface EncoderSetting extends VideoFormat {
  readonly token: string;
  name: string;
  quality: number;
}

export interface RelaySetting {
  readonly token: string;
  mode: "Monostable" | "Bistable";
  delayMs: number;
  idle: "closed" | "open";
  active: boolean;
}

export interface ImagingSetting {
  brightness: number;
  contrast: number;
  saturation: number;
  sharpness: number;
  irCutFilter: "ON" | "OFF" | "AUTO";
  focus: number;
}

/** Where the camera is on the network now; changes with a reboot. */
export interface CameraAddress {
  host: string;
  httpPort: number;
  rtspPort: number;
}

/** The parts a device is put together from. */
export interface DeviceParts {
  readonly identity: CameraIdentity;
  readonly spec: CameraSpec;
  readonly name: string;
  readonly sources: readonly SourceFormat[];
  readonly address: CameraAddress;
  readonly clock: DeviceClock;
  readonly faults: FaultSet;
  readonly counters: CameraCounters;
  readonly accounts: UserAccounts;
  readonly events: EventHub;
  readonly ptz: PtzHead | undefined;
  /** What it recorded itself; undefined: it has no card. */
  readonly card: MemoryCard | undefined;
  readonly requestReboot: () => void;
  /** JPEG of a source now, or undefined when there is none. */
  readonly snapshot: (sourceIndex: number) => Uint8Array | undefined;
}

/** Everything an ONVIF service reads and changes of one camera: its state between requests. */
export class DeviceModel {
  readonly parts: DeviceParts;
  readonly fixedScopes: readonly string[];
  scopes: string[];
  hostname: string;
  isHostnameFromDhcp = false;
  dateTimeType: "Manual" | "NTP" = "NTP";
  daylightSavings = false;
  timeZone = "UTC0";
  isNtpFromDhcp = false;
  ntpServers: string[] = ["192.0.2.123"];
  isDnsFromDhcp = false;
  dnsServers: string[] = ["192.0.2.53"];
  gateway = "192.0.2.1";
  discoveryMode: "Discoverable" | "NonDiscoverable" = "Discoverable";
  /** Set by SetNetworkInterfaces, taken at the next reboot. */
  pendingHost: string | undefined;
  protocols = new Map([
    ["HTTP", { enabled: true, port: 80 }],
    ["RTSP", { enabled: true, port: 554 }],
  ]);
  profiles: MediaProfile[];
  readonly encoders: Map<string, EncoderSetting>;
  readonly imaging: Map<string, ImagingSetting>;
  readonly relays: RelaySetting[];
  /** Token to closed. */
  readonly inputs: Map<string, boolean>;
  #afterReboot: (() => void)[] = [];

  constructor(parts: DeviceParts) {
    const { spec, identity, sources } = parts;
    this.parts = parts;
    this.hostname = spec.id ?? "camera";
    this.fixedScopes = [
      "onvif://www.onvif.org/type/video_encoder",
      "onvif://www.onvif.org/type/Network_Video_Transmitter",
      "onvif://www.onvif.org/Profile/Streaming",
      ...(spec.media2 === false ? [] : ["onvif://www.onvif.org/Profile/T"]),
      `onvif://www.onvif.org/hardware/${encodeURIComponent(identity.model)}`,
      `onvif://www.onvif.org/MAC/${identity.mac}`,
      ...(parts.card === undefined ? [] : ["onvif://www.onvif.org/Profile/G"]),
      ...(parts.ptz === undefined ? [] : ["onvif://www.onvif.org/type/ptz"]),
    ];
    this.scopes = [
      `onvif://www.onvif.org/name/${encodeURIComponent(parts.name)}`,
      `onvif://www.onvif.org/location/${encodeURIComponent(spec.location ?? "Site")}`,
    ];
    this.profiles = sources.flatMap((_, index) => [
      { token: tokenOf("Profile_Main", index), name: "Main", fixed: true, sourceIndex: index, role: "main" },
      { token: tokenOf("Profile_Sub", index), name: "Sub", fixed: true, sourceIndex: index, role: "sub" },
    ]);
    this.encoders = new Map(
      sources.flatMap((source, index) => [
        encoder(tokenOf("Encoder_Main", index), "Main encoder", source.main),
        encoder(tokenOf("Encoder_Sub", index), "Sub encoder", source.sub),
      ]),
    );
    this.imaging = new Map(sources.map((source) => [source.token, freshImaging()]));
    this.relays = Array.from({ length: spec.relays ?? 0 }, (_, index) => ({
      token: `Relay_${String(index + 1)}`,
      mode: "Bistable",
      delayMs: 1_000,
      idle: "open",
      active: false,
    }));
    this.inputs = new Map(
      Array.from({ length: spec.inputs ?? 0 }, (_, index) => [`Input_${String(index + 1)}`, false]),
    );
  }

  /** Identity as told, faults included. */
  get told(): CameraIdentity {
    const clone = this.parts.faults.find("cloned-identity");
    const { identity } = this.parts;
    return {
      ...identity,
      serial: clone?.serial ?? identity.serial,
      mac: clone?.mac ?? identity.mac,
      endpointReference: clone?.endpointReference ?? identity.endpointReference,
    };
  }

  /** `http://host:port` (`https:` with TLS), or where the `service-xaddr` fault says. */
  get httpOrigin(): string {
    const { host, httpPort } = this.parts.address;
    const fault = this.parts.faults.find("service-xaddr");
    const scheme = this.parts.spec.tls === true ? "https" : "http";
    return `${scheme}://${fault?.host ?? urlHost(host)}:${String(fault?.port ?? httpPort)}`;
  }

  get allScopes(): readonly string[] {
    return [...this.fixedScopes, ...this.scopes];
  }

  /** @throws SoapFault ter:NoProfile */
  profile(token: string | undefined): MediaProfile {
    const found = this.profiles.find((profile) => profile.token === token);
    if (found === undefined) throw new SoapFault(["ter:InvalidArgVal", "ter:NoProfile"], "No such profile");
    return found;
  }

  /** The source a profile looks through. */
  sourceOf(profile: MediaProfile): SourceFormat {
    const source = this.parts.sources[profile.sourceIndex];
    if (source === undefined) throw new SoapFault(["ter:InvalidArgVal", "ter:NoSource"], "No such source");
    return source;
  }

  /** The encoder of a profile. */
  encoderOf(profile: MediaProfile): EncoderSetting {
    const token = tokenOf(profile.role === "main" ? "Encoder_Main" : "Encoder_Sub", profile.sourceIndex);
    return this.encoder(token);
  }

  /** @throws SoapFault ter:NoConfig */
  encoder(token: string | undefined): EncoderSetting {
    const found = this.encoders.get(token ?? "");
    if (found === undefined)
      throw new SoapFault(["ter:InvalidArgVal", "ter:NoConfig"], "No such configuration");
    return found;
  }

  /** Keeps a change until the next reboot. */
  applyAfterReboot(apply: () => void): void {
    this.#afterReboot.push(apply);
  }

  /** Carries out what was kept. */
  rebooted(): void {
    const kept = this.#afterReboot;
    this.#afterReboot = [];
    for (const apply of kept) apply();
  }

  /** Back to the settings it left the factory with; identity, users and streams stay. */
  resetSettings(): void {
    const fresh = new DeviceModel(this.parts);
    const { scopes, hostname, dateTimeType, timeZone, ntpServers, dnsServers, profiles } = fresh;
    Object.assign(this, { scopes, hostname, dateTimeType, timeZone, ntpServers, dnsServers, profiles });
    for (const [token, settings] of fresh.imaging) this.imaging.set(token, settings);
  }
}

/** `Profile_Main_1` for the first source. */
export function tokenOf(prefix: string, index: number): string {
  return `${prefix}_${String(index + 1)}`;
}

function encoder(token: string, name: string, format: VideoFormat): [string, EncoderSetting] {
  return [token, { ...format, token, name, quality: 4 }];
}

function freshImaging(): ImagingSetting {
  return { brightness: 50, contrast: 50, saturation: 50, sharpness: 50, irCutFilter: "AUTO", focus: 0.5 };
}
