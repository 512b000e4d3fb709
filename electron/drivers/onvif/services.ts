import type { DeviceService, ServiceName } from "../../../shared/model/device.ts";
import { SoapError } from "../soap/soap-error.ts";
import type { SoapClient } from "../soap/soap-client.ts";
import { all, at, textAt, type XmlElement } from "../soap/xml.ts";
import { readXAddr } from "../ws-discovery/xaddrs.ts";
import { deviceCall } from "./device-calls.ts";

const namespaces: ReadonlyMap<string, ServiceName> = new Map([
  ["http://www.onvif.org/ver10/device/wsdl", "device"],
  ["http://www.onvif.org/ver10/media/wsdl", "media"],
  ["http://www.onvif.org/ver20/media/wsdl", "media2"],
  ["http://www.onvif.org/ver10/events/wsdl", "events"],
  ["http://www.onvif.org/ver20/ptz/wsdl", "ptz"],
  ["http://www.onvif.org/ver20/imaging/wsdl", "imaging"],
  ["http://www.onvif.org/ver10/deviceIO/wsdl", "deviceio"],
  ["http://www.onvif.org/ver20/analytics/wsdl", "analytics"],
  ["http://www.onvif.org/ver10/recording/wsdl", "recording"],
  ["http://www.onvif.org/ver10/search/wsdl", "search"],
  ["http://www.onvif.org/ver10/replay/wsdl", "replay"],
]);

const categories: ReadonlyMap<string, ServiceName> = new Map([
  ["Device", "device"],
  ["Media", "media"],
  ["Events", "events"],
  ["PTZ", "ptz"],
  ["Imaging", "imaging"],
  ["Analytics", "analytics"],
  ["DeviceIO", "deviceio"],
  ["Recording", "recording"],
  ["Search", "search"],
  ["Replay", "replay"],
]);

/** What the device offers, and where its answers pointed at somebody else. */
export interface OfferedServices {
  readonly services: readonly DeviceService[];
  /** Hosts other than the device's own that its addresses named; they are not used. */
  readonly foreignHosts: readonly string[];
}

/** Services by GetServices, or GetCapabilities on older devices. Throws `SoapError`. */
export async function askServices(
  client: SoapClient,
  path: string,
  signal?: AbortSignal,
): Promise<OfferedServices> {
  let offered: readonly Offer[] = [];
  try {
    const content = "<tds:IncludeCapability>false</tds:IncludeCapability>";
    const reply = await client.call({ path, ...deviceCall("GetServices", content), access: "login", signal });
    offered = all(reply, "Service").flatMap(readService);
  } catch (error) {
    if (!(error instanceof SoapError) || !isWorthFallback(error)) throw error;
  }
  if (offered.length === 0) {
    const content = "<tds:Category>All</tds:Category>";
    const reply = await client.call({
      path,
      ...deviceCall("GetCapabilities", content),
      access: "login",
      signal,
    });
    offered = readCapabilities(reply);
  }
  return settle(offered, client.target.host, path);
}

/** Errors after which an older way of asking is tried: the device answered, but not to this. */
export function isWorthFallback(error: SoapError): boolean {
  return ["not-supported", "not-found", "garbage"].includes(error.reason) && !error.refusedLogin;
}

interface Offer {
  readonly name: ServiceName;
  readonly xaddr: string;
  readonly version: string;
}

function readService(service: XmlElement): readonly Offer[] {
  const name = namespaces.get(textAt(service, "Namespace") ?? "");
  if (name === undefined) return [];
  const version = [textAt(service, "Version", "Major"), textAt(service, "Version", "Minor")];
  return [
    { name, xaddr: textAt(service, "XAddr") ?? "", version: version.filter(Boolean).join(".").slice(0, 32) },
  ];
}

function readCapabilities(reply: XmlElement): readonly Offer[] {
  const capabilities = at(reply, "Capabilities");
  const groups = [...(capabilities?.children ?? []), ...(at(capabilities, "Extension")?.children ?? [])];
  return groups.flatMap((group) => {
    const name = categories.get(group.name);
    const xaddr = textAt(group, "XAddr") ?? "";
    return name === undefined || xaddr === "" ? [] : [{ name, xaddr, version: "" }];
  });
}

/** Only paths are taken; the device service stays where it was found. */
function settle(offered: readonly Offer[], host: string, devicePath: string): OfferedServices {
  const services = new Map<ServiceName, DeviceService>([
    ["device", { name: "device", path: devicePath, version: "" }],
  ]);
  const foreign = new Set<string>();
  for (const { name, xaddr, version } of offered) {
    const url = readXAddr(xaddr);
    if (url === undefined) continue;
    if (url.host !== (host.split("%")[0] ?? host)) foreign.add(url.host);
    const path = name === "device" ? devicePath : url.path;
    if (!services.has(name) || name === "device") services.set(name, { name, path, version });
  }
  return { services: [...services.values()], foreignHosts: [...foreign].slice(0, 8) };
}
