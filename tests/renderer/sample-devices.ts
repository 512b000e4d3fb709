import { ChannelId, CredentialId, DeviceId, SightingId } from "../../shared/base/ids.ts";
import type { Device, DeviceState } from "../../shared/model/device.ts";
import type { Sighting } from "../../shared/model/sighting.ts";
import type { Stream } from "../../shared/model/stream.ts";

/** 2026-11-22 02:14:07 UTC. */
export const sampleNow = Date.UTC(2026, 10, 22, 2, 14, 7);

const places = [
  "Assembly point",
  "Loading bay",
  "Corridor B",
  "Car park",
  "Gate",
  "Perimeter north",
  "Park east",
  "Roof plant",
  "Server room",
  "Lobby",
];

function stream(role: Stream["role"], host: string, overrides: Partial<Stream> = {}): Stream {
  const isMain = role === "main";
  return {
    role,
    profileToken: `profile_${role}`,
    profileName: role,
    codec: "H264",
    width: isMain ? 1920 : 640,
    height: isMain ? 1080 : 360,
    fps: isMain ? 25 : 10,
    bitrateKbps: isMain ? 4096 : 512,
    govLength: isMain ? 50 : 20,
    audioCodec: null,
    uri: `rtsp://${host}:554/${role}`,
    ...overrides,
  };
}

/** The `index`-th device of a sample site; equal for equal arguments. */
export function sampleDevice(index: number, overrides: Partial<Device> = {}): Device {
  const id = DeviceId.parse(`device-${index}`);
  const channelId = ChannelId.parse(`channel-${index}`);
  const host = `10.20.${4 + Math.floor(index / 200)}.${11 + (index % 200)}`;
  const place = places[index % places.length] ?? "Camera";
  const name = index < places.length ? place : `${place} ${Math.floor(index / places.length) + 1}`;
  const isContoso = index % 3 !== 2;
  return {
    id,
    name,
    identity: {
      mac: `02:00:5e:00:${(index >> 8).toString(16).padStart(2, "0")}:${(index & 255).toString(16).padStart(2, "0")}`,
      serial: `20261122${String(index).padStart(6, "0")}`,
      maker: isContoso ? "Contoso" : "Fabrikam",
      model: isContoso ? "C-220" : "D3",
      hardwareId: "1.0",
      firmware: isContoso ? "1.10" : "5.50",
      endpointReference: `urn:uuid:00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    },
    address: { host, port: 80, tls: index % 4 === 0, path: "/onvif/device_service" },
    login: "digest",
    credentialId: CredentialId.parse("credential-1"),
    state: { kind: "adopted", since: sampleNow - 86_400_000 },
    services: [
      { name: "device", path: "/onvif/device_service", version: "23.12" },
      { name: "media2", path: "/onvif/media2", version: "23.12" },
      { name: "events", path: "/onvif/events", version: "23.12" },
    ],
    hasEvents: true,
    clockOffsetMs: index % 7 === 6 ? 41_000 : (index % 5) * 100 - 200,
    adoptedAt: sampleNow - 30 * 86_400_000,
    lastSeenAt: sampleNow - 2_000,
    channels: [
      {
        id: channelId,
        deviceId: id,
        number: 101 + index,
        name,
        sourceToken: "source_0",
        ptz: index % 6 === 0,
        streams: [stream("main", host), stream("sub", host)],
      },
    ],
    ...overrides,
  };
}

/** States a real site shows: mostly fine, a few lost, degraded or without a second stream. */
export function sampleSite(count: number): Device[] {
  return Array.from({ length: count }, (_, index) => {
    const state = stateOf(index);
    return sampleDevice(index, state === null ? {} : { state });
  });
}

function stateOf(index: number): DeviceState | null {
  if (index % 10 === 4) {
    const retryAt = sampleNow + 18_000;
    return {
      kind: "unreachable",
      since: sampleNow - 266_000,
      reason: "unreachable",
      detail: "EHOSTUNREACH",
      retryAt,
    };
  }
  if (index % 10 === 2) {
    return { kind: "degraded", since: sampleNow - 12_000, reason: "stalled", detail: "no packet for 12 s" };
  }
  if (index % 10 === 7) {
    return {
      kind: "unreachable",
      since: sampleNow - 60_000,
      reason: "unauthorised",
      detail: "401 to GetDeviceInformation",
      retryAt: null,
    };
  }
  return null;
}

/** A device that answered discovery and is not adopted. */
export function sampleSighting(index: number, overrides: Partial<Sighting> = {}): Sighting {
  return {
    id: SightingId.parse(`sighting-${index}`),
    endpointReference: `urn:uuid:11111111-0000-4000-8000-${String(index).padStart(12, "0")}`,
    host: `10.20.6.${31 + index}`,
    port: 80,
    tls: false,
    path: "/onvif/device_service",
    name: "Fabrikam D3",
    hardware: "D3",
    location: "",
    mac: null,
    via: "probe",
    interfaceAddress: "10.20.4.2",
    firstSeenAt: sampleNow - 3_000,
    lastSeenAt: sampleNow - 1_000,
    gone: false,
    flags: [],
    remarks: [],
    deviceId: null,
    ...overrides,
  };
}
