import type { DeviceModel } from "../device-model.ts";
import { forUsers, open, type Call, type OnvifService } from "../onvif/operation.ts";
import { notSupported, SoapFault } from "../onvif/soap.ts";
import { durationMs, termMs, utcText } from "../onvif/time-text.ts";
import { namespaces } from "../xml/namespaces.ts";
import { childrenNamed, descend, textAt } from "../xml/read-xml.ts";
import { xml, type Xml } from "../xml/write-xml.ts";
import { plainTopic, type PullPoint } from "./pull-point.ts";
import { notificationElement, topicSet } from "./notification.ts";

const defaultTermMs = 60_000;
const longestTermMs = 86_400_000;
const longestPullMs = 120_000;
const defaultPullPoints = 4;

/** Path below which every pull point has its own. */
export const subscriptionPath = "/onvif/subscription/";

/** The Events service: pull points as in ONVIF core, chapter 9. */
export const eventsService: OnvifService = {
  name: "events",
  prefix: "tev",
  namespace: namespaces.tev,
  path: "/onvif/events_service",
  version: { major: 2, minor: 6 },
  operations: new Map(
    Object.entries({
      GetServiceCapabilities: open(
        ({ device }) =>
          xml`<tev:GetServiceCapabilitiesResponse><tev:Capabilities WSSubscriptionPolicySupport="true" WSPausableSubscriptionManagerInterfaceSupport="false" MaxNotificationProducers="0" MaxPullPoints="${maxPullPoints(device)}"/></tev:GetServiceCapabilitiesResponse>`,
      ),
      GetEventProperties: forUsers(
        ({ device }) =>
          xml`<tev:GetEventPropertiesResponse><tev:TopicNamespaceLocation>http://www.onvif.org/onvif/ver10/topics/topicns.xml</tev:TopicNamespaceLocation><wsnt:FixedTopicSet>true</wsnt:FixedTopicSet>${topicSet(device.parts.events.properties)}<wsnt:TopicExpressionDialect>http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet</wsnt:TopicExpressionDialect><wsnt:TopicExpressionDialect>http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete</wsnt:TopicExpressionDialect><tev:MessageContentFilterDialect>http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter</tev:MessageContentFilterDialect><tev:MessageContentSchemaLocation>http://www.onvif.org/onvif/ver10/schema/onvif.xsd</tev:MessageContentSchemaLocation></tev:GetEventPropertiesResponse>`,
      ),
      CreatePullPointSubscription: forUsers(createPullPoint),
      PullMessages: forUsers(pullMessages),
      SetSynchronizationPoint: forUsers((call) => {
        call.device.parts.events.synchronise(pointOf(call));
        return undefined;
      }),
    }),
  ),
};

/** Renew and Unsubscribe, which are WS-BaseNotification's and come to the pull point's own path. */
export const subscriptionOperations: OnvifService["operations"] = new Map(
  Object.entries({
    Renew: forUsers((call) => {
      const { device, body } = call;
      if (device.parts.faults.find("renew-unsupported") !== undefined) {
        device.parts.counters.countFault("renew-unsupported");
        throw notSupported();
      }
      const point = pointOf(call);
      point.renew(readTerm(device, textAt(body, "TerminationTime")));
      return xml`<wsnt:RenewResponse>${times(device, point, "wsnt")}</wsnt:RenewResponse>`;
    }),
    Unsubscribe: forUsers((call) => {
      const { events, faults } = call.device.parts;
      const point = pointOf(call);
      if (faults.find("unsubscribe-ends-all") === undefined) events.end(point);
      else events.endAll();
      return xml`<wsnt:UnsubscribeResponse/>`;
    }),
  }),
);

function createPullPoint({ device, body }: Call): Xml {
  const { events, faults } = device.parts;
  const initial = textAt(body, "InitialTerminationTime");
  if (initial === undefined && faults.find("termination-time-required") !== undefined) {
    device.parts.counters.countFault("termination-time-required");
    throw new SoapFault(["ter:Action"], "Internal error", "s:Receiver");
  }
  if (events.live.length >= maxPullPoints(device)) {
    throw new SoapFault(["wsnt:SubscribeCreationFailedFault"], "No pull point is free", "s:Receiver");
  }
  const point = events.subscribe(readTerm(device, initial), readFilter(body));
  const fault = faults.find("subscription-reference");
  const address = fault?.address ?? `${device.httpOrigin}${subscriptionPath}${point.id}`;
  return xml`<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${address}</wsa:Address></tev:SubscriptionReference>${times(device, point, "wsnt")}</tev:CreatePullPointSubscriptionResponse>`;
}

async function pullMessages(call: Call): Promise<Xml> {
  const { device, body, signal } = call;
  const { faults, counters, clock } = device.parts;
  const point = pointOf(call);
  const limit = Number(textAt(body, "MessageLimit") ?? "1");
  const asked = durationMs(textAt(body, "Timeout") ?? "");
  if (!Number.isInteger(limit) || limit < 1 || asked === undefined) {
    throw new SoapFault(["tev:PullMessagesFaultResponse"], "Timeout or MessageLimit is not valid");
  }
  if (faults.find("empty-pull") !== undefined) {
    counters.countFault("empty-pull");
    return pulled(device, point, []);
  }
  if (faults.find("endless-pull") !== undefined) {
    counters.countFault("endless-pull");
    await clock.sleep(86_400_000, signal);
  }
  const messages = await point.pull(Math.min(limit, 1_000), Math.min(asked, longestPullMs), signal);
  return pulled(device, point, messages.map(notificationElement));
}

function pulled(device: DeviceModel, point: PullPoint, messages: readonly Xml[]): Xml {
  return xml`<tev:PullMessagesResponse>${times(device, point, "tev")}${messages}</tev:PullMessagesResponse>`;
}

function pointOf({ device, path }: Call): PullPoint {
  const id = path.startsWith(subscriptionPath) ? path.slice(subscriptionPath.length) : "";
  const point = device.parts.events.find(id);
  if (point === undefined) {
    throw new SoapFault(["wsrf-rw:ResourceUnknownFault"], "There is no such subscription", "s:Sender");
  }
  return point;
}

function maxPullPoints(device: DeviceModel): number {
  return (
    device.parts.faults.find("max-pull-points")?.limit ?? device.parts.spec.pullPoints ?? defaultPullPoints
  );
}

function readTerm(device: DeviceModel, text: string | undefined): number {
  if (text === undefined || text === "") return defaultTermMs;
  const term = termMs(text, device.parts.clock.now());
  if (term === undefined || term <= 0) {
    throw new SoapFault(
      ["wsnt:UnacceptableInitialTerminationTimeFault"],
      "The termination time is not acceptable",
    );
  }
  return Math.min(term, longestTermMs);
}

function readFilter(body: Call["body"]): string[] {
  const expressions = childrenNamed(descend(body, "Filter"), "TopicExpression");
  return expressions
    .flatMap((expression) => expression.text.split("|"))
    .map((topic) => topic.trim())
    .filter(Boolean)
    .map(plainTopicFilter);
}

/** `tns1:VideoSource//.` keeps its ending, its steps lose their prefixes. */
function plainTopicFilter(topic: string): string {
  return topic.endsWith("//.") ? `${plainTopic(topic.slice(0, -3))}//.` : plainTopic(topic);
}

function times(device: DeviceModel, point: PullPoint, prefix: "wsnt" | "tev"): Xml {
  const { clock, faults, counters } = device.parts;
  const now = clock.now();
  const end = now + point.leftMs;
  const mode = faults.find("subscription-times")?.mode;
  if (mode !== undefined) counters.countFault("subscription-times");
  const both = (current: string, termination: string): Xml =>
    prefix === "tev"
      ? xml`<tev:CurrentTime>${current}</tev:CurrentTime><tev:TerminationTime>${termination}</tev:TerminationTime>`
      : xml`<wsnt:CurrentTime>${current}</wsnt:CurrentTime><wsnt:TerminationTime>${termination}</wsnt:TerminationTime>`;
  switch (mode) {
    case "offset":
      return both(offsetText(now), offsetText(end));
    case "expired":
      return both(utcText(now), utcText(now - 3_600_000));
    case "unparsable":
      return both("0000-00-00T00:00:00Z", "in a while");
    case undefined:
      return both(utcText(now), utcText(end));
  }
}

/** The same instant as told in China: `2026-11-22T13:00:00+08:00`. */
function offsetText(timeMs: number): string {
  return utcText(timeMs + 8 * 3_600_000).replace("Z", "+08:00");
}
