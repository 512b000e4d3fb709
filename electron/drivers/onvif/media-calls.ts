import type { DeviceService } from "../../../shared/model/device.ts";
import { SoapError } from "../soap/soap-error.ts";
import type { SoapClient } from "../soap/soap-client.ts";
import { escapeXml, textAt } from "../soap/xml.ts";
import { readMedia2Profiles, readMediaProfiles, type MediaProfile } from "./media-profiles.ts";
import { isWorthFallback } from "./services.ts";

const media1 = "http://www.onvif.org/ver10/media/wsdl";
const media2 = "http://www.onvif.org/ver20/media/wsdl";
const schema = "http://www.onvif.org/ver10/schema";

/** One of the two media services of a device, asked in its own dialect. */
export interface MediaService {
  readonly dialect: "media" | "media2";
  readonly path: string;
}

/** Profiles and the service that gave them: the same one is then asked for the addresses. */
export interface OfferedMedia {
  readonly service: MediaService;
  readonly profiles: readonly MediaProfile[];
}

/**
 * Profiles by Media2, or by Media where Media2 is absent, broken or has none: some devices announce a Media2
 * that does not work. Undefined when there is no media service. Throws `SoapError`.
 */
export async function askProfiles(
  client: SoapClient,
  services: readonly DeviceService[],
  signal?: AbortSignal,
): Promise<OfferedMedia | undefined> {
  const path = (name: "media" | "media2"): string | undefined =>
    services.find((service) => service.name === name)?.path;
  const [newer, older] = [path("media2"), path("media")];
  if (newer !== undefined) {
    try {
      const offered = await askOne(client, { dialect: "media2", path: newer }, signal);
      if (offered.profiles.length > 0 || older === undefined) return offered;
    } catch (error) {
      if (!(error instanceof SoapError) || !isWorthFallback(error) || older === undefined) throw error;
    }
  }
  return older === undefined ? undefined : askOne(client, { dialect: "media", path: older }, signal);
}

async function askOne(
  client: SoapClient,
  service: MediaService,
  signal: AbortSignal | undefined,
): Promise<OfferedMedia> {
  const isNew = service.dialect === "media2";
  const content = isNew ? "<m:Type>All</m:Type>" : "";
  const reply = await client.call({ ...request(service, "GetProfiles", content), access: "login", signal });
  return { service, profiles: isNew ? readMedia2Profiles(reply) : readMediaProfiles(reply) };
}

/** The RTSP address of a profile as the device gives it. Throws `SoapError`. */
export async function askStreamUri(
  client: SoapClient,
  service: MediaService,
  token: string,
  signal?: AbortSignal,
): Promise<string> {
  const profile = `<m:ProfileToken>${escapeXml(token)}</m:ProfileToken>`;
  const content =
    service.dialect === "media2"
      ? `<m:Protocol>RTSP</m:Protocol>${profile}`
      : `<m:StreamSetup><t:Stream xmlns:t="${schema}">RTP-Unicast</t:Stream>` +
        `<t:Transport xmlns:t="${schema}"><t:Protocol>RTSP</t:Protocol></t:Transport></m:StreamSetup>${profile}`;
  const reply = await client.call({ ...request(service, "GetStreamUri", content), access: "login", signal });
  return textAt(reply, "MediaUri", "Uri") ?? textAt(reply, "Uri") ?? "";
}

/** The address of a profile's still picture as the device gives it; empty when none. Throws `SoapError`. */
export async function askSnapshotUri(
  client: SoapClient,
  service: MediaService,
  token: string,
  signal?: AbortSignal,
): Promise<string> {
  const content = `<m:ProfileToken>${escapeXml(token)}</m:ProfileToken>`;
  try {
    const reply = await client.call({
      ...request(service, "GetSnapshotUri", content),
      access: "login",
      signal,
    });
    return textAt(reply, "MediaUri", "Uri") ?? textAt(reply, "Uri") ?? "";
  } catch (error) {
    if (error instanceof SoapError && ["not-supported", "not-found"].includes(error.reason)) return "";
    throw error;
  }
}

function request(
  service: MediaService,
  name: string,
  content: string,
): { path: string; body: string; action: string } {
  const namespace = service.dialect === "media2" ? media2 : media1;
  return {
    path: service.path,
    body: `<m:${name} xmlns:m="${namespace}">${content}</m:${name}>`,
    action: `${namespace}/${name}`,
  };
}
