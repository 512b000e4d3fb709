import type { Clock } from "../../../shared/base/clock.ts";
import type { SoapClient } from "../soap/soap-client.ts";
import { at, textAt, type XmlElement } from "../soap/xml.ts";
import type { TimeSample } from "./clock-fit.ts";

const device = "http://www.onvif.org/ver10/device/wsdl";

/** One request element of the device service without content. */
export const deviceCall = (name: string, content = ""): { body: string; action: string } => ({
  body: `<tds:${name} xmlns:tds="${device}">${content}</tds:${name}>`,
  action: `${device}/${name}`,
});

/**
 * Asks the time without any login (GetSystemDateAndTime).
 *
 * Undefined when the device answered but gave no readable time. Throws `SoapError`.
 */
export async function askTime(
  client: SoapClient,
  path: string,
  clock: Clock,
  signal?: AbortSignal,
  deadlineMs?: number,
): Promise<TimeSample | undefined> {
  const startedMs = clock.monotonicMs();
  const sentAt = clock.now();
  const reply = await client.call({
    path,
    ...deviceCall("GetSystemDateAndTime"),
    access: "open",
    signal,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  const receivedAt = sentAt + (clock.monotonicMs() - startedMs);
  const deviceAt = readDeviceTime(reply);
  return deviceAt === undefined ? undefined : { deviceAt, sentAt, receivedAt };
}

/** UTC of a GetSystemDateAndTimeResponse in ms; undefined when absent or no date. */
export function readDeviceTime(reply: XmlElement): number | undefined {
  const utc = at(reply, "SystemDateAndTime", "UTCDateTime");
  const field = (...path: readonly string[]): number => {
    const text = textAt(utc, ...path);
    return text === undefined || !/^\d{1,4}$/.test(text) ? Number.NaN : Number(text);
  };
  const [year, month, day] = [field("Date", "Year"), field("Date", "Month"), field("Date", "Day")];
  const [hour, minute, second] = [field("Time", "Hour"), field("Time", "Minute"), field("Time", "Second")];
  const isSane =
    year >= 1970 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour <= 24 &&
    minute <= 59 &&
    second <= 61;
  return isSane ? Date.UTC(year, month - 1, day, hour, minute, second) : undefined;
}

/** Exactly what GetDeviceInformation said; firmware "1.10" stays "1.10". */
export interface DeviceFacts {
  readonly maker: string;
  readonly model: string;
  readonly firmware: string;
  readonly serial: string | null;
  readonly hardwareId: string;
}

/** Identity texts, exactly as sent. Throws `SoapError`. */
export async function askDeviceFacts(
  client: SoapClient,
  path: string,
  signal?: AbortSignal,
): Promise<DeviceFacts> {
  const reply = await client.call({ path, ...deviceCall("GetDeviceInformation"), access: "login", signal });
  const text = (name: string): string => (textAt(reply, name) ?? "").slice(0, 256);
  return {
    maker: text("Manufacturer"),
    model: text("Model"),
    firmware: text("FirmwareVersion"),
    serial: text("SerialNumber") === "" ? null : text("SerialNumber"),
    hardwareId: text("HardwareId"),
  };
}

/** The endpoint reference, asked without login; null when the device does not tell. Throws `SoapError`. */
export async function askEndpointReference(
  client: SoapClient,
  path: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const reply = await client.call({ path, ...deviceCall("GetEndpointReference"), access: "open", signal });
  const reference = textAt(reply, "GUID") ?? textAt(reply, "Address") ?? "";
  if (!/^[\u0021-\u007e]{1,512}$/.test(reference)) return null;
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(reference) ? `urn:uuid:${reference}` : reference;
}
