import { utcText } from "../onvif/time-text.ts";
import { eventNames, type RawEvent } from "../site-api.ts";
import { escapeXml, rawXml, xml, type Xml } from "../xml/write-xml.ts";
import type { EventMessage } from "./event-message.ts";
import { namedEvent } from "./event-names.ts";

/** One NotificationMessage (WS-BaseNotification with ONVIF's message inside). */
export function notificationElement({ event, at, operation }: EventMessage): Xml {
  const property = operation === undefined ? undefined : rawXml(` PropertyOperation="${operation}"`);
  return xml`<wsnt:NotificationMessage><wsnt:Topic Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">${event.topic}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${utcText(at)}"${property}><tt:Source>${items(event.source)}</tt:Source>${event.key === undefined ? undefined : xml`<tt:Key>${items(event.key)}</tt:Key>`}<tt:Data>${items(event.data)}</tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;
}

interface TopicNode {
  readonly children: Map<string, TopicNode>;
  event: RawEvent | undefined;
}

/** The topics this camera knows, as GetEventProperties tells them. */
export function topicSet(properties: readonly RawEvent[]): Xml {
  const root: TopicNode = { children: new Map(), event: undefined };
  for (const event of [...eventNames.map((name) => namedEvent(name)), ...properties]) {
    let node = root;
    for (const step of event.topic.split("/")) {
      const next = node.children.get(step) ?? { children: new Map(), event: undefined };
      node.children.set(step, next);
      node = next;
    }
    node.event = event;
  }
  return xml`<wstop:TopicSet>${[...root.children].map(([name, node]) => topicElement(name, node))}</wstop:TopicSet>`;
}

function topicElement(step: string, node: TopicNode): Xml {
  const name = rawXml(escapeXml(step));
  const children = [...node.children].map(([childStep, child]) => topicElement(childStep, child));
  const { event } = node;
  const description =
    event === undefined
      ? undefined
      : xml`<tt:MessageDescription IsProperty="${event.property === true}"><tt:Source>${descriptions(event.source)}</tt:Source><tt:Data>${descriptions(event.data)}</tt:Data></tt:MessageDescription>`;
  const isTopic = event === undefined ? undefined : rawXml(' wstop:topic="true"');
  return xml`<${name}${isTopic}>${description}${children}</${name}>`;
}

function items(values: Readonly<Record<string, string>> | undefined): Xml[] {
  return Object.entries(values ?? {}).map(
    ([name, value]) => xml`<tt:SimpleItem Name="${name}" Value="${value}"/>`,
  );
}

function descriptions(values: Readonly<Record<string, string>> | undefined): Xml[] {
  return Object.keys(values ?? {}).map(
    (name) => xml`<tt:SimpleItemDescription Name="${name}" Type="xs:string"/>`,
  );
}
