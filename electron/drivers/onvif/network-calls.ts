import type { SoapClient } from "../soap/soap-client.ts";
import { all, at, textAt, type XmlElement } from "../soap/xml.ts";
import { readMac } from "../ws-discovery/scopes.ts";
import { deviceCall } from "./device-calls.ts";

/** MAC of the first enabled card by GetNetworkInterfaces; null when the device names none. Throws `SoapError`. */
export async function askMac(client: SoapClient, path: string, signal?: AbortSignal): Promise<string | null> {
  const reply = await client.call({ path, ...deviceCall("GetNetworkInterfaces"), access: "login", signal });
  return readInterfaceMac(reply);
}

/** The MAC in a GetNetworkInterfacesResponse: enabled cards first. */
export function readInterfaceMac(reply: XmlElement): string | null {
  const cards = all(reply, "NetworkInterfaces");
  const isEnabled = (card: XmlElement): boolean => /^(true|1)$/i.test(textAt(card, "Enabled") ?? "");
  for (const card of [...cards.filter(isEnabled), ...cards]) {
    const mac = readMac(textAt(at(card, "Info"), "HwAddress") ?? "");
    if (mac !== null) return mac;
  }
  return null;
}
