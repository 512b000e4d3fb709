import { type EventItem, eventLimits } from "../../../../shared/model/event.ts";
import { all, at, textAt, type XmlElement } from "../../soap/xml.ts";
import { type EventTopicName, readTopic } from "./event-topic.ts";

/** What a device said, namespaces resolved, sizes bounded, nothing interpreted. */
export interface EventMessage {
  readonly topic: EventTopicName;
  /** What became of a property; null: the event has no state. */
  readonly operation: "Initialized" | "Changed" | "Deleted" | null;
  /** The device's own time, ms UTC; null when it said nothing that is a time. */
  readonly deviceAt: number | null;
  readonly source: readonly EventItem[];
  readonly key: readonly EventItem[];
  readonly data: readonly EventItem[];
  /** How much was cut off because it was too much: items left out or shortened. */
  readonly cut: number;
}

/** More messages than this in one answer are not looked at; nobody may be asked for more. */
export const mostMessages = 1_000;

/** Messages of an answer to PullMessages, or of a Notify. Never throws; what is no notification is counted. */
export function readMessages(element: XmlElement): {
  readonly messages: readonly EventMessage[];
  readonly unreadable: number;
} {
  const found = all(element, "NotificationMessage");
  const messages = found.slice(0, mostMessages).flatMap((each): EventMessage[] => {
    const message = readMessage(each);
    return message === undefined ? [] : [message];
  });
  return { messages, unreadable: found.length - messages.length };
}

function readMessage(notification: XmlElement): EventMessage | undefined {
  const topicElement = at(notification, "Topic");
  const topic = topicElement === undefined ? undefined : readTopic(topicElement.text, topicElement.prefixes);
  if (topic === undefined) return undefined;
  const outer = at(notification, "Message");
  const message = at(outer, "Message") ?? outer;
  const source = readItems(at(message, "Source"));
  const key = readItems(at(message, "Key"));
  const data = readItems(at(message, "Data"));
  const room = eventLimits.items;
  const kept = {
    source: source.slice(0, room),
    key: key.slice(0, Math.max(0, room - source.length)),
    data: data.slice(0, Math.max(0, room - source.length - key.length)),
  };
  const all3 = [...source, ...key, ...data];
  const shortened = all3.filter(({ isCut }) => isCut).length;
  const left = all3.length - kept.source.length - kept.key.length - kept.data.length;
  return {
    topic,
    operation: readOperation(message?.attributes.get("PropertyOperation")),
    deviceAt: readInstant(message?.attributes.get("UtcTime") ?? ""),
    source: kept.source.map(plain),
    key: kept.key.map(plain),
    data: kept.data.map(plain),
    cut: shortened + left,
  };
}

interface ReadItem extends EventItem {
  readonly isCut: boolean;
}

const plain = ({ name, value }: ReadItem): EventItem => ({ name, value });

/** SimpleItems as they are; an ElementItem by its name and the text within. */
function readItems(holder: XmlElement | undefined): ReadItem[] {
  const simple = all(holder, "SimpleItem").map((item) =>
    bounded(item.attributes.get("Name") ?? "", item.attributes.get("Value") ?? item.text.trim()),
  );
  const elements = all(holder, "ElementItem").map((item) =>
    bounded(item.attributes.get("Name") ?? "", innerText(item, 0)),
  );
  return [...simple, ...elements].filter(({ name }) => name !== "");
}

function bounded(name: string, value: string): ReadItem {
  const { itemName, itemValue } = eventLimits;
  return {
    name: name.slice(0, itemName),
    value: value.slice(0, itemValue),
    isCut: name.length > itemName || value.length > itemValue,
  };
}

function innerText(element: XmlElement, depth: number): string {
  if (depth > 16) return "";
  const own = element.text.trim();
  const inner = element.children.slice(0, 64).map((child) => innerText(child, depth + 1));
  return [own, ...inner].filter(Boolean).join(" ");
}

const operations = ["Initialized", "Changed", "Deleted"] as const;

function readOperation(text: string | undefined): EventMessage["operation"] {
  const word = text?.trim().toLowerCase();
  return operations.find((operation) => operation.toLowerCase() === word) ?? null;
}

const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/u;

/** An xs:dateTime as ms UTC; one without a zone is UTC, as ONVIF asks. Null: no time (`0000-00-00…` among them). */
export function readInstant(text: string): number | null {
  const match = instant.exec(text.trim());
  if (match === null) return null;
  const [, seconds = "", fraction = "", zone = "Z"] = match;
  const time = Date.parse(`${seconds}${fraction.slice(0, 4)}${zone}`);
  return Number.isNaN(time) ? null : time;
}

/** A subscription's own times, as far as they can be read: how long it lasts from the device's point of view, ms. */
export function readTermMs(element: XmlElement): number | undefined {
  const now = readInstant(textAt(element, "CurrentTime") ?? "");
  const end = readInstant(textAt(element, "TerminationTime") ?? "");
  return now === null || end === null ? undefined : end - now;
}
