import { isIPv6 } from "node:net";
import { withoutZone } from "../addresses.ts";
import { descend, textAt, childrenNamed } from "../xml/read-xml.ts";
import { xml } from "../xml/write-xml.ts";
import { forAdministrators, forUsers, open, setting, type Call, type Operation } from "./operation.ts";
import { invalidArgument } from "./soap.ts";

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** Host name, interfaces, DNS, gateway and protocols of the Device service. */
export const networkOperations: Readonly<Record<string, Operation>> = {
  GetHostname: open(
    ({ device }) =>
      xml`<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>${device.isHostnameFromDhcp}</tt:FromDHCP><tt:Name>${device.hostname}</tt:Name></tds:HostnameInformation></tds:GetHostnameResponse>`,
  ),
  SetHostname: setting(({ device, body }) => {
    const name = textAt(body, "Name") ?? "";
    if (!/^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(name)) {
      throw invalidArgument("InvalidHostname", "The host name is not one");
    }
    device.hostname = name;
    device.isHostnameFromDhcp = false;
  }),
  SetHostnameFromDHCP: setting(({ device, body }) => {
    device.isHostnameFromDhcp = textAt(body, "FromDHCP") === "true";
    return xml`<tds:SetHostnameFromDHCPResponse><tds:RebootNeeded>${needsReboot(device, "SetHostnameFromDHCP")}</tds:RebootNeeded></tds:SetHostnameFromDHCPResponse>`;
  }),
  GetNetworkInterfaces: forUsers(({ device }) => {
    const { host } = device.parts.address;
    const mac = device.told.mac;
    const prefix = host.startsWith("127.") ? 8 : 24;
    const ip = isIPv6(host)
      ? xml`<tt:IPv6><tt:Enabled>true</tt:Enabled><tt:Config><tt:AcceptRouterAdvert>false</tt:AcceptRouterAdvert><tt:DHCP>Off</tt:DHCP><tt:Manual><tt:Address>${withoutZone(host)}</tt:Address><tt:PrefixLength>64</tt:PrefixLength></tt:Manual></tt:Config></tt:IPv6>`
      : xml`<tt:IPv4><tt:Enabled>true</tt:Enabled><tt:Config><tt:Manual><tt:Address>${host}</tt:Address><tt:PrefixLength>${prefix}</tt:PrefixLength></tt:Manual><tt:DHCP>false</tt:DHCP></tt:Config></tt:IPv4>`;
    return xml`<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled><tt:Info><tt:Name>eth0</tt:Name><tt:HwAddress>${mac}</tt:HwAddress><tt:MTU>1500</tt:MTU></tt:Info>${ip}</tds:NetworkInterfaces></tds:GetNetworkInterfacesResponse>`;
  }),
  SetNetworkInterfaces: setting(({ device, body }) => {
    if (textAt(body, "InterfaceToken") !== "eth0")
      throw invalidArgument("InvalidNetworkInterface", "No such interface");
    const address = textAt(descend(body, "NetworkInterface", "IPv4", "Manual"), "Address");
    if (address !== undefined && !ipv4.test(address))
      throw invalidArgument("InvalidIPv4Address", "No such address");
    device.pendingHost = address;
    return xml`<tds:SetNetworkInterfacesResponse><tds:RebootNeeded>true</tds:RebootNeeded></tds:SetNetworkInterfacesResponse>`;
  }),
  GetDNS: forUsers(
    ({ device }) =>
      xml`<tds:GetDNSResponse><tds:DNSInformation><tt:FromDHCP>${device.isDnsFromDhcp}</tt:FromDHCP>${device.dnsServers.map((server) => xml`<tt:DNSManual><tt:Type>IPv4</tt:Type><tt:IPv4Address>${server}</tt:IPv4Address></tt:DNSManual>`)}</tds:DNSInformation></tds:GetDNSResponse>`,
  ),
  SetDNS: setting(({ device, body }) => {
    const servers = childrenNamed(body, "DNSManual").map((entry) => textAt(entry, "IPv4Address") ?? "");
    if (servers.some((server) => !ipv4.test(server)))
      throw invalidArgument("InvalidIPv4Address", "No such address");
    device.isDnsFromDhcp = textAt(body, "FromDHCP") === "true";
    device.dnsServers = servers;
  }),
  GetNetworkDefaultGateway: forUsers(
    ({ device }) =>
      xml`<tds:GetNetworkDefaultGatewayResponse><tds:NetworkGateway><tt:IPv4Address>${device.gateway}</tt:IPv4Address></tds:NetworkGateway></tds:GetNetworkDefaultGatewayResponse>`,
  ),
  SetNetworkDefaultGateway: setting(({ device, body }) => {
    const address = textAt(body, "IPv4Address") ?? "";
    if (!ipv4.test(address)) throw invalidArgument("InvalidGatewayAddress", "No such address");
    device.gateway = address;
  }),
  GetNetworkProtocols: forUsers(({ device }) => {
    const { httpPort, rtspPort } = device.parts.address;
    const ports = new Map([
      ["HTTP", httpPort],
      ["RTSP", rtspPort],
    ]);
    const list = [...device.protocols].map(
      ([name, protocol]) =>
        xml`<tds:NetworkProtocols><tt:Name>${name}</tt:Name><tt:Enabled>${protocol.enabled}</tt:Enabled><tt:Port>${ports.get(name) ?? protocol.port}</tt:Port></tds:NetworkProtocols>`,
    );
    return xml`<tds:GetNetworkProtocolsResponse>${list}</tds:GetNetworkProtocolsResponse>`;
  }),
  SetNetworkProtocols: setting(({ device, body }) => {
    for (const entry of childrenNamed(body, "NetworkProtocols")) {
      const name = textAt(entry, "Name") ?? "";
      const protocol = device.protocols.get(name);
      if (protocol === undefined) throw invalidArgument("ServiceNotSupported", "No such protocol");
      device.protocols.set(name, { ...protocol, enabled: textAt(entry, "Enabled") === "true" });
    }
  }),
  GetZeroConfiguration: forUsers(
    () =>
      xml`<tds:GetZeroConfigurationResponse><tds:ZeroConfiguration><tt:InterfaceToken>eth0</tt:InterfaceToken><tt:Enabled>false</tt:Enabled></tds:ZeroConfiguration></tds:GetZeroConfigurationResponse>`,
  ),
  GetDiscoveryMode: forUsers(
    ({ device }) =>
      xml`<tds:GetDiscoveryModeResponse><tds:DiscoveryMode>${device.discoveryMode}</tds:DiscoveryMode></tds:GetDiscoveryModeResponse>`,
  ),
  SetDiscoveryMode: setting(({ device, body }) => {
    const mode = textAt(body, "DiscoveryMode");
    if (mode !== "Discoverable" && mode !== "NonDiscoverable")
      throw invalidArgument("InvalidMode", "DiscoveryMode");
    device.discoveryMode = mode;
  }),
  GetCertificates: forAdministrators(() => xml`<tds:GetCertificatesResponse/>`),
};

function needsReboot(device: Call["device"], operation: string): boolean {
  const fault = device.parts.faults.find("setter-needs-reboot");
  return fault !== undefined && (fault.operations?.includes(operation) ?? true);
}
