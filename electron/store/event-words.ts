import type { EventQuery, NewEvent } from "../../shared/model/event.ts";

/** Letters and digits of any script; everything else parts words. */
const word = /[\p{L}\p{N}]+/gu;
const longestWord = 40;
const mostWords = 64;
/** A beginning shorter than this stands for too many words to look them all up. */
const shortestBeginning = 3;

/** A text as plain words: no case, no accents, each once. */
export function foldWords(text: string): string[] {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .toLowerCase();
  const words = (plain.match(word) ?? []).map((found) => found.slice(0, longestWord));
  return [...new Set(words)].slice(0, mostWords);
}

const tag = (kind: "c" | "d" | "t", text: string): string =>
  `zq${kind}${text.replaceAll(/[-_]/g, "").toLowerCase()}`;

/** The words an event is found by: its texts and values, and one each for its device, channel and type. */
export function indexedWords(event: NewEvent): string {
  const { place, detail, topic, items, type, deviceId, channelId } = event;
  const spoken = `${place} ${detail} ${type} ${topic} ${items.map(({ value }) => value).join(" ")}`;
  return [...foldWords(spoken), tag("d", deviceId ?? ""), tag("c", channelId ?? ""), tag("t", type)].join(
    " ",
  );
}

/** The full-text expression of a query; undefined: its text holds no word. Safe against the expression language. */
export function matchExpression(query: EventQuery): string | undefined {
  const words = foldWords(query.text);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  const isBeginning = last.length >= shortestBeginning && !/\s$/u.test(query.text);
  const terms = words.map((found) => `"${found}"${found === last && isBeginning ? "*" : ""}`);
  const oneOf = (kind: "c" | "d" | "t", texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [`(${texts.map((text) => `"${tag(kind, text)}"`).join(" OR ")})`];
  return [
    ...terms,
    ...oneOf("d", query.deviceIds),
    ...oneOf("c", query.channelIds),
    ...oneOf("t", query.types),
  ].join(" AND ");
}
