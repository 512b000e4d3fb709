import type { SoapCall, SoapClient } from "../../soap/soap-client.ts";
import { SoapError } from "../../soap/soap-error.ts";
import { at, escapeXml, textAt, type XmlElement } from "../../soap/xml.ts";
import { readXAddr } from "../../ws-discovery/xaddrs.ts";
import { type EventMessage, readMessages, readTermMs } from "./event-message.ts";

const tev = "http://www.onvif.org/ver10/events/wsdl";
const wsnt = "http://docs.oasis-open.org/wsn/b-2";
const wsa = "http://www.w3.org/2005/08/addressing";

/** A subscription at a device. Only the path of its address is used: host and port are the device's own. */
export interface Subscription {
  readonly path: string;
  /** Header elements the device wants back with every call, as XML. */
  readonly header: string;
  /** Granted from now on, ms; undefined when the device's times make no sense. */
  readonly termMs: number | undefined;
}

interface Request {
  readonly namespace: string;
  readonly portType: string;
  readonly name: string;
  readonly content: string;
}

function call({ namespace, portType, name, content }: Request, path: string, echo: string): SoapCall {
  const action = `${namespace === wsnt ? "http://docs.oasis-open.org/wsn/bw-2" : tev}/${portType}/${name}Request`;
  const header = `<a:Action xmlns:a="${wsa}">${action}</a:Action>${echo}`;
  const body = `<e:${name} xmlns:e="${namespace}">${content}</e:${name}>`;
  return { path, body, header, action, access: "login" };
}

/** Asks for a pull point that lasts `termS` seconds. Throws `SoapError`. */
export async function createPullPoint(
  client: SoapClient,
  path: string,
  termS: number,
  signal?: AbortSignal,
): Promise<Subscription> {
  const request = {
    namespace: tev,
    portType: "EventPortType",
    name: "CreatePullPointSubscription",
    content: `<e:InitialTerminationTime>PT${termS}S</e:InitialTerminationTime>`,
  };
  const reply = await client.call({ ...call(request, path, ""), signal });
  const reference = at(reply, "SubscriptionReference");
  const address = textAt(reference, "Address") ?? "";
  const own = readXAddr(address)?.path ?? (address.startsWith("/") ? address : undefined);
  if (own === undefined) {
    throw new SoapError({ reason: "garbage", words: "the device told no address of its subscription" });
  }
  const parameters = at(reference, "ReferenceParameters") ?? at(reference, "ReferenceProperties");
  const header = (parameters?.children ?? []).slice(0, 8).map(echoed).join("");
  return {
    path: own,
    header: `${header}<a:To xmlns:a="${wsa}">${escapeXml(address)}</a:To>`,
    termMs: readTermMs(reply),
  };
}

/** A reference parameter as it goes back (WS-Addressing 1.0, section 2.2); names were read by the parser. */
function echoed(element: XmlElement): string {
  const inner = escapeXml(element.text.slice(0, 1_000)) + element.children.slice(0, 8).map(echoed).join("");
  return `<p:${element.name} xmlns:p="${escapeXml(element.namespace)}">${inner}</p:${element.name}>`;
}

/** What one pull brought. */
export interface Pulled {
  readonly messages: readonly EventMessage[];
  /** Messages in it that could not be read. */
  readonly unreadable: number;
}

/** Waits up to `waitS` seconds for messages. Throws `SoapError`; `timeout` when no answer came long after that. */
export async function pullMessages(
  client: SoapClient,
  { path, header }: Subscription,
  { waitS, limit }: { readonly waitS: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<Pulled> {
  const request = {
    namespace: tev,
    portType: "PullPointSubscription",
    name: "PullMessages",
    content: `<e:Timeout>PT${waitS}S</e:Timeout><e:MessageLimit>${limit}</e:MessageLimit>`,
  };
  const deadlineMs = waitS * 1_000 + 4_000;
  return readMessages(await client.call({ ...call(request, path, header), deadlineMs, signal }));
}

/** Makes the subscription last `termS` seconds from now. Answers what was granted, as for `createPullPoint`. */
export async function renewSubscription(
  client: SoapClient,
  { path, header }: Subscription,
  termS: number,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const request = {
    namespace: wsnt,
    portType: "SubscriptionManager",
    name: "Renew",
    content: `<e:TerminationTime>PT${termS}S</e:TerminationTime>`,
  };
  return readTermMs(await client.call({ ...call(request, path, header), signal }));
}

/** Asks the device to repeat the state of every property as `Initialized`. */
export async function setSynchronizationPoint(
  client: SoapClient,
  { path, header }: Subscription,
  signal?: AbortSignal,
): Promise<void> {
  const portType = "PullPointSubscription";
  const request = { namespace: tev, portType, name: "SetSynchronizationPoint", content: "" };
  await client.call({ ...call(request, path, header), signal });
}

/** Gives the subscription up. Only at the very end: some devices end every subscription on one Unsubscribe. */
export async function unsubscribe(
  client: SoapClient,
  { path, header }: Subscription,
  signal?: AbortSignal,
): Promise<void> {
  const request = { namespace: wsnt, portType: "SubscriptionManager", name: "Unsubscribe", content: "" };
  await client.call({ ...call(request, path, header), deadlineMs: 2_000, signal });
}
