import type { DeviceModel } from "../device-model.ts";
import { namespaces } from "../xml/namespaces.ts";
import { childrenNamed, textAt } from "../xml/read-xml.ts";
import { xml, type Xml } from "../xml/write-xml.ts";
import { deviceRelayOperations } from "./deviceio-service.ts";
import { networkOperations } from "./device-network.ts";
import { timeOperations } from "./device-time.ts";
import { userOperations } from "./device-users.ts";
import {
  forAdministrators,
  forUsers,
  open,
  setting,
  type OnvifService,
  type Operation,
} from "./operation.ts";
import { invalidArgument } from "./soap.ts";

/** The Device service (ONVIF core specification, chapter 8), over the list of all services of this camera. */
export function deviceService(others: () => readonly OnvifService[]): OnvifService {
  return {
    name: "device",
    prefix: "tds",
    namespace: namespaces.tds,
    path: "/onvif/device_service",
    version: { major: 21, minor: 6 },
    operations: new Map(
      Object.entries({
        ...serviceLists(others),
        ...systemOperations,
        ...scopeOperations,
        ...timeOperations,
        ...networkOperations,
        ...userOperations,
        ...deviceRelayOperations,
      }),
    ),
  };
}

function serviceLists(others: () => readonly OnvifService[]): Record<string, Operation> {
  return {
    GetServices: open(({ device, body }) => {
      const withCapabilities = textAt(body, "IncludeCapability") === "true";
      const list = others().map((service) => {
        const { major, minor } = service.version;
        const told = withCapabilities
          ? xml`<tds:Capabilities>${capabilitiesOf(service.name, device)}</tds:Capabilities>`
          : undefined;
        return xml`<tds:Service><tds:Namespace>${service.namespace}</tds:Namespace><tds:XAddr>${device.httpOrigin}${service.path}</tds:XAddr>${told}<tds:Version><tt:Major>${major}</tt:Major><tt:Minor>${String(minor).padStart(2, "0")}</tt:Minor></tds:Version></tds:Service>`;
      });
      return xml`<tds:GetServicesResponse>${list}</tds:GetServicesResponse>`;
    }),
    GetServiceCapabilities: open(
      ({ device }) =>
        xml`<tds:GetServiceCapabilitiesResponse>${capabilitiesOf("device", device)}</tds:GetServiceCapabilitiesResponse>`,
    ),
    GetCapabilities: open(({ device, body }) => {
      const wanted = childrenNamed(body, "Category").map((element) => element.text.trim());
      const wants = (name: string): boolean =>
        wanted.length === 0 || wanted.includes("All") || wanted.includes(name);
      const has = new Map(others().map((service) => [service.name, `${device.httpOrigin}${service.path}`]));
      return xml`<tds:GetCapabilitiesResponse><tds:Capabilities>${oldCapabilities(device, has, wants)}</tds:Capabilities></tds:GetCapabilitiesResponse>`;
    }),
  };
}

const systemOperations: Readonly<Record<string, Operation>> = {
  GetDeviceInformation: forUsers(({ device }) => {
    const { maker, model, firmware, serial, hardwareId } = device.told;
    return xml`<tds:GetDeviceInformationResponse><tds:Manufacturer>${maker}</tds:Manufacturer><tds:Model>${model}</tds:Model><tds:FirmwareVersion>${firmware}</tds:FirmwareVersion><tds:SerialNumber>${serial}</tds:SerialNumber><tds:HardwareId>${hardwareId}</tds:HardwareId></tds:GetDeviceInformationResponse>`;
  }),
  GetEndpointReference: open(
    ({ device }) =>
      xml`<tds:GetEndpointReferenceResponse><tds:GUID>${device.told.endpointReference}</tds:GUID></tds:GetEndpointReferenceResponse>`,
  ),
  GetWsdlUrl: open(
    () =>
      xml`<tds:GetWsdlUrlResponse><tds:WsdlUrl>http://www.onvif.org/</tds:WsdlUrl></tds:GetWsdlUrlResponse>`,
  ),
  SystemReboot: forAdministrators(({ device }) => {
    device.parts.requestReboot();
    return xml`<tds:SystemRebootResponse><tds:Message>Rebooting</tds:Message></tds:SystemRebootResponse>`;
  }),
  SetSystemFactoryDefault: setting(({ device }) => device.resetSettings()),
  GetSystemLog: forAdministrators(
    ({ device }) =>
      xml`<tds:GetSystemLogResponse><tds:SystemLog><tt:String>${device.told.model} started</tt:String></tds:SystemLog></tds:GetSystemLogResponse>`,
  ),
};

const scopeOperations: Readonly<Record<string, Operation>> = {
  GetScopes: forUsers(({ device }) => {
    return xml`<tds:GetScopesResponse>${device.fixedScopes.map((item) => scope("Fixed", item))}${device.scopes.map((item) => scope("Configurable", item))}</tds:GetScopesResponse>`;
  }),
  SetScopes: setting(({ device, body }) => {
    device.scopes = readScopes(childrenNamed(body, "Scopes").map((element) => element.text.trim()));
  }),
  AddScopes: setting(({ device, body }) => {
    const added = readScopes(childrenNamed(body, "ScopeItem").map((element) => element.text.trim()));
    device.scopes = [...new Set([...device.scopes, ...added])];
  }),
  RemoveScopes: forAdministrators(({ device, body }) => {
    const removed = childrenNamed(body, "ScopeItem").map((element) => element.text.trim());
    if (removed.some((item) => device.fixedScopes.includes(item)))
      throw invalidArgument("FixedScope", "Fixed scope");
    device.scopes = device.scopes.filter((item) => !removed.includes(item));
    return xml`<tds:RemoveScopesResponse>${removed.map((item) => xml`<tds:ScopeItem>${item}</tds:ScopeItem>`)}</tds:RemoveScopesResponse>`;
  }),
};

function scope(kind: "Fixed" | "Configurable", item: string): Xml {
  return xml`<tds:Scopes><tt:ScopeDef>${kind}</tt:ScopeDef><tt:ScopeItem>${item}</tt:ScopeItem></tds:Scopes>`;
}

function readScopes(items: readonly string[]): string[] {
  if (items.some((item) => !/^onvif:\/\/www\.onvif\.org\/\S{1,300}$/.test(item))) {
    throw invalidArgument("InvalidScope", "A scope is not one of ours");
  }
  return [...items];
}

function capabilitiesOf(service: string, device: DeviceModel): Xml {
  const token = device.parts.accounts.all.length > 0;
  switch (service) {
    case "device":
      return xml`<tds:Capabilities><tds:Network IPFilter="false" ZeroConfiguration="true" IPVersion6="false" DynDNS="false" NTP="2" HostnameFromDHCP="true"/><tds:Security TLS1.2="false" HttpDigest="true" UsernameToken="${token}" MaxUsers="16"/><tds:System DiscoveryResolve="true" DiscoveryBye="true" RemoteDiscovery="false" SystemLogging="true"/></tds:Capabilities>`;
    case "media":
      return xml`<trt:Capabilities SnapshotUri="${device.parts.snapshot(0) !== undefined}" Rotation="false"><trt:ProfileCapabilities MaximumNumberOfProfiles="8"/><trt:StreamingCapabilities RTPMulticast="false" RTP_TCP="true" RTP_RTSP_TCP="true"/></trt:Capabilities>`;
    case "media2":
      return xml`<tr2:Capabilities SnapshotUri="${device.parts.snapshot(0) !== undefined}" Rotation="false"><tr2:ProfileCapabilities MaximumNumberOfProfiles="8" ConfigurationsSupported="VideoSource VideoEncoder AudioSource AudioEncoder PTZ"/><tr2:StreamingCapabilities RTSPStreaming="true" RTPMulticast="false" RTP_RTSP_TCP="true"/></tr2:Capabilities>`;
    case "events":
      return xml`<tev:Capabilities WSSubscriptionPolicySupport="true" WSPausableSubscriptionManagerInterfaceSupport="false" MaxNotificationProducers="0" MaxPullPoints="${device.parts.spec.pullPoints ?? 4}" PersistentNotificationStorage="false"/>`;
    case "ptz":
      return xml`<tptz:Capabilities EFlip="false" Reverse="false" MoveStatus="true" StatusPosition="true"/>`;
    case "imaging":
      return xml`<timg:Capabilities ImageStabilization="false" Presets="false"/>`;
    case "search":
      return xml`<tse:Capabilities MetadataSearch="false" GeneralStartEvents="false"/>`;
    case "replay":
      return xml`<trp:Capabilities ReversePlayback="false" SessionTimeoutRange="1 60" RTP_RTSP_TCP="true"/>`;
    default:
      return xml`<tmd:Capabilities VideoSources="${device.parts.sources.length}" RelayOutputs="${device.relays.length}" DigitalInputs="${device.inputs.size}"/>`;
  }
}

/** GetCapabilities' answer: the older list that Media1 clients read. */
function oldCapabilities(
  device: DeviceModel,
  has: ReadonlyMap<string, string>,
  wants: (name: string) => boolean,
): Xml[] {
  const address = (name: string): Xml => xml`<tt:XAddr>${has.get(name)}</tt:XAddr>`;
  const extension = xml`<tt:Extension><tt:DeviceIO>${address("deviceio")}<tt:VideoSources>${device.parts.sources.length}</tt:VideoSources><tt:VideoOutputs>0</tt:VideoOutputs><tt:AudioSources>0</tt:AudioSources><tt:AudioOutputs>0</tt:AudioOutputs><tt:RelayOutputs>${device.relays.length}</tt:RelayOutputs></tt:DeviceIO></tt:Extension>`;
  return [
    wants("Device")
      ? xml`<tt:Device>${address("device")}<tt:Network><tt:ZeroConfiguration>true</tt:ZeroConfiguration></tt:Network><tt:System><tt:DiscoveryResolve>true</tt:DiscoveryResolve><tt:DiscoveryBye>true</tt:DiscoveryBye><tt:RemoteDiscovery>false</tt:RemoteDiscovery><tt:SystemBackup>false</tt:SystemBackup><tt:SystemLogging>true</tt:SystemLogging><tt:FirmwareUpgrade>false</tt:FirmwareUpgrade></tt:System><tt:IO><tt:InputConnectors>${device.inputs.size}</tt:InputConnectors><tt:RelayOutputs>${device.relays.length}</tt:RelayOutputs></tt:IO></tt:Device>`
      : xml``,
    wants("Events")
      ? xml`<tt:Events>${address("events")}<tt:WSSubscriptionPolicySupport>true</tt:WSSubscriptionPolicySupport><tt:WSPullPointSupport>true</tt:WSPullPointSupport><tt:WSPausableSubscriptionManagerInterfaceSupport>false</tt:WSPausableSubscriptionManagerInterfaceSupport></tt:Events>`
      : xml``,
    wants("Imaging") ? xml`<tt:Imaging>${address("imaging")}</tt:Imaging>` : xml``,
    wants("Media")
      ? xml`<tt:Media>${address("media")}<tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>true</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities></tt:Media>`
      : xml``,
    wants("PTZ") && has.has("ptz") ? xml`<tt:PTZ>${address("ptz")}</tt:PTZ>` : xml``,
    wants("All") ? extension : xml``,
  ];
}
