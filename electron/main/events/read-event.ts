import type { ChannelId } from "../../../shared/base/ids.ts";
import type { Device } from "../../../shared/model/device.ts";
import { type EventItem, eventLimits, type EventType } from "../../../shared/model/event.ts";
import type { EventMessage } from "../../drivers/onvif/events/event-message.ts";
import { type EventKind, findKind } from "./event-kinds.ts";

/** What a message of a device means here, before it is known whether it is news. */
export interface ReadEvent {
  readonly type: EventType;
  /** True: it is so now, false: no longer; null: it happened once. */
  readonly isActive: boolean | null;
  readonly operation: EventMessage["operation"];
  readonly channelId: ChannelId | null;
  /** One cause has one key, whatever topics tell it. */
  readonly causeKey: string;
  /** Which of the topics, rules and sources of the cause this is. */
  readonly partKey: string;
  readonly topic: string;
  readonly deviceAt: number | null;
  readonly detail: string;
  readonly items: readonly EventItem[];
}

/** Types of which a camera tells one cause by several topics at once: they are one per channel. */
const oneACamera: ReadonlySet<EventType> = new Set<EventType>([
  "motion",
  "tamper",
  "person",
  "vehicle",
  "animal",
  "video-loss",
]);

/** Items that say in words what happened, in the order in which a person wants them. */
const tellingItems = [
  "PlateNumber",
  "Plate",
  "CredentialHolderName",
  "CredentialToken",
  "Card",
  "IdentifierValue",
  "Reason",
  "ClassTypes",
  "Rule",
  "RuleName",
  "InputToken",
  "AlarmInToken",
  "RelayToken",
  "DoorToken",
  "AccessPointToken",
  "PresetName",
  "Count",
  "Value",
  "NetworkInterface",
  "Progress",
  "Status",
];

/**
 * Reads a message in the site's words. `chosen` is what a person wants its topic to be: null leaves it to the console's
 * table, `ignored` is answered with undefined. What no table knows is a `device-event` with everything it said.
 */
export function readEvent(
  message: EventMessage,
  device: Pick<Device, "channels">,
  chosen: EventType | "ignored" | null,
): ReadEvent | undefined {
  if (chosen === "ignored") return undefined;
  const { topic, source, key, data } = message;
  const known = findKind(topic.owner, topic.path);
  const kind: EventKind = known ?? { type: "device-event" };
  const state = message.operation === "Deleted" ? { value: "false" } : stateItem(kind, message);
  const byValue = kind.byValue?.[(state?.value ?? "").trim().toLowerCase()];
  const isActive = byValue === undefined ? readFlag(state?.value) : byValue !== null;
  const type = chosen ?? byValue ?? kind.type;
  const channelId = channelOf(device, [...source, ...data]);
  const partKey = JSON.stringify([topic.name, source, key.filter(({ name }) => name !== "ObjectId")]);
  const causeKey = oneACamera.has(type)
    ? `${type} ${channelId ?? JSON.stringify(source)}`
    : `${type} ${partKey}`;
  return {
    type,
    isActive,
    operation: message.operation,
    channelId,
    causeKey,
    partKey,
    topic: topic.name,
    deviceAt: message.deviceAt,
    detail: describe(message, known === undefined),
    items: [...source, ...key, ...data],
  };
}

function stateItem(kind: EventKind, { data, operation }: EventMessage): EventItem | undefined {
  for (const name of kind.items ?? []) {
    const found = data.find((item) => item.name === name);
    if (found !== undefined) return found;
  }
  if (operation === null) return undefined;
  const flags = data.filter(({ value }) => readFlag(value) !== null);
  return flags.length === 1 ? flags[0] : undefined;
}

const begun: ReadonlySet<string> = new Set(["true", "1", "active", "on", "yes"]);
const ended: ReadonlySet<string> = new Set(["false", "0", "inactive", "off", "no", "idle"]);

/** A state in any of the spellings devices use; null: it is none. */
export function readFlag(value: string | undefined): boolean | null {
  const text = value?.trim().toLowerCase() ?? "";
  if (begun.has(text)) return true;
  return ended.has(text) ? false : null;
}

/** The camera it is about: the only one of the device, or the one whose source the message names. */
function channelOf({ channels }: Pick<Device, "channels">, items: readonly EventItem[]): ChannelId | null {
  if (channels.length === 1) return channels[0]?.id ?? null;
  const tokens = new Set(items.map(({ value }) => value));
  return channels.find(({ sourceToken }) => sourceToken !== "" && tokens.has(sourceToken))?.id ?? null;
}

function describe({ source, key, data, cut, topic }: EventMessage, isUnknown: boolean): string {
  const items = [...data, ...key, ...source];
  const told = tellingItems.flatMap((name) => {
    const found = items.find((item) => item.name === name && item.value.trim() !== "");
    return found === undefined ? [] : [found.value.trim()];
  });
  const last = topic.path.split("/").at(-1) ?? "";
  const words = isUnknown
    ? [topic.path, ...items.map(({ name, value }) => `${name} ${value}`)]
    : [...told, last];
  const cutWords = cut === 0 ? [] : [`${cut} values cut`];
  return [...words, ...cutWords].join(" · ").slice(0, eventLimits.detail);
}
