import { descend, textAt, childrenNamed, type XmlElement } from "../xml/read-xml.ts";
import { xml, type Xml } from "../xml/write-xml.ts";
import type { DeviceModel } from "../device-model.ts";
import { forUsers, open, setting, type Operation } from "./operation.ts";
import { invalidArgument } from "./soap.ts";

/** Time and NTP of the Device service. */
export const timeOperations: Readonly<Record<string, Operation>> = {
  GetSystemDateAndTime: open(({ device }) => {
    const date = new Date(device.parts.clock.now());
    return xml`<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>${device.dateTimeType}</tt:DateTimeType><tt:DaylightSavings>${device.daylightSavings}</tt:DaylightSavings><tt:TimeZone><tt:TZ>${device.timeZone}</tt:TZ></tt:TimeZone><tt:UTCDateTime>${dateTime(date)}</tt:UTCDateTime><tt:LocalDateTime>${dateTime(date)}</tt:LocalDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
  }),
  SetSystemDateAndTime: setting(({ device, body }) => {
    const type = textAt(body, "DateTimeType");
    if (type !== "Manual" && type !== "NTP") throw invalidArgument("InvalidDateTime", "DateTimeType");
    const zone = textAt(body, "TimeZone", "TZ");
    if (zone !== undefined && !/^[A-Za-z<][^\s]{1,60}$/.test(zone)) {
      throw invalidArgument("InvalidTimeZone", "The time zone is not POSIX");
    }
    const time = type === "Manual" ? readDateTime(descend(body, "UTCDateTime")) : undefined;
    device.dateTimeType = type;
    device.timeZone = zone ?? device.timeZone;
    device.daylightSavings = textAt(body, "DaylightSavings") === "true";
    if (time !== undefined) device.parts.clock.set(time);
    if (type === "NTP" && isNtpSet(device))
      device.parts.clock.set(device.parts.clock.now() - device.parts.clock.offsetMs);
  }),
  GetNTP: forUsers(
    ({ device }) =>
      xml`<tds:GetNTPResponse><tds:NTPInformation><tt:FromDHCP>${device.isNtpFromDhcp}</tt:FromDHCP>${device.ntpServers.map((server) => ntpServer(server, device.isNtpFromDhcp))}</tds:NTPInformation></tds:GetNTPResponse>`,
  ),
  SetNTP: setting(({ device, body }) => {
    const servers = childrenNamed(body, "NTPManual").map(
      (entry) =>
        textAt(entry, "IPv4Address") ?? textAt(entry, "DNSname") ?? textAt(entry, "IPv6Address") ?? "",
    );
    if (servers.some((server) => server === "" || server.length > 253)) {
      throw invalidArgument("InvalidIPv4Address", "An NTP server has no address");
    }
    device.isNtpFromDhcp = textAt(body, "FromDHCP") === "true";
    device.ntpServers = servers;
  }),
};

function isNtpSet(device: DeviceModel): boolean {
  return device.isNtpFromDhcp || device.ntpServers.length > 0;
}

function ntpServer(server: string, fromDhcp: boolean): Xml {
  const content = /^\d+\.\d+\.\d+\.\d+$/.test(server)
    ? xml`<tt:Type>IPv4</tt:Type><tt:IPv4Address>${server}</tt:IPv4Address>`
    : xml`<tt:Type>DNS</tt:Type><tt:DNSname>${server}</tt:DNSname>`;
  return fromDhcp
    ? xml`<tt:NTPFromDHCP>${content}</tt:NTPFromDHCP>`
    : xml`<tt:NTPManual>${content}</tt:NTPManual>`;
}

function dateTime(date: Date): Xml {
  return xml`<tt:Time><tt:Hour>${date.getUTCHours()}</tt:Hour><tt:Minute>${date.getUTCMinutes()}</tt:Minute><tt:Second>${date.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${date.getUTCFullYear()}</tt:Year><tt:Month>${date.getUTCMonth() + 1}</tt:Month><tt:Day>${date.getUTCDate()}</tt:Day></tt:Date>`;
}

function readDateTime(element: XmlElement | undefined): number {
  const part = (...path: [string, string]): number => {
    const text = textAt(element, ...path) ?? "";
    if (!/^\d{1,4}$/.test(text)) throw invalidArgument("InvalidDateTime", `${path[1]} is missing`);
    return Number(text);
  };
  const [year, month, day] = [part("Date", "Year"), part("Date", "Month"), part("Date", "Day")];
  const [hour, minute, second] = [part("Time", "Hour"), part("Time", "Minute"), part("Time", "Second")];
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(time);
  if (
    read.getUTCMonth() !== month - 1 ||
    read.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 60
  ) {
    throw invalidArgument("InvalidDateTime", "No such date");
  }
  return time;
}
