import { ChannelId, DeviceId } from "../../shared/base/ids.ts";
import type { Adoption } from "../../electron/store/device-adoption.ts";

/** What adopting an ordinary camera learns; `key` makes its identity and ids different from others'. */
export function exampleAdoption(key: string, change: Partial<Adoption> = {}): Adoption {
  const stream = {
    profileToken: "p0",
    profileName: "Profile 0",
    codec: "H264",
    fps: 12.5,
    bitrateKbps: 2048,
    govLength: 25,
    audioCodec: null,
  } as const;
  return {
    at: 1_000,
    name: `Camera ${key}`,
    identity: {
      mac: null,
      serial: `SN-${key}`,
      maker: "Maker",
      model: "Model",
      hardwareId: "1.0",
      firmware: "V5.7.3 build 220112",
      endpointReference: `urn:uuid:${key}`,
    },
    address: { host: "127.81.0.1", port: 8080, tls: false, path: "/onvif/device_service" },
    login: "digest",
    credentialId: null,
    services: [
      { name: "device", path: "/onvif/device_service", version: "2.42" },
      { name: "media", path: "/onvif/media_service", version: "2.42" },
    ],
    hasEvents: true,
    clockOffsetMs: -120,
    channels: [
      {
        sourceToken: "src0",
        name: `Camera ${key}`,
        ptz: true,
        streams: [
          { ...stream, role: "main", width: 1920, height: 1080, uri: "rtsp://127.81.0.1:8554/main" },
          { ...stream, role: "sub", width: 640, height: 360, uri: "rtsp://127.81.0.1:8554/sub" },
        ],
      },
    ],
    newDeviceId: DeviceId.parse(`device-${key}`),
    newChannelIds: [ChannelId.parse(`channel-${key}`)],
    ...change,
  };
}
