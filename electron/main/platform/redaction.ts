import type { LogFields } from "../../../shared/model/log.ts";

const secretName =
  /pass(word|phrase|wd)?|secret|token|authori[sz]ation|cookie|credentials?$|nonce|digest|api.?key/i;

const patterns: readonly (readonly [RegExp, string])[] = [
  // rtsp://user:password@host
  [/(\b[a-z][a-z0-9+.-]{0,15}:\/\/)[^\s/@]{1,512}@/gi, "$1[redacted]@"],
  // <wsse:Password Type="…">…</…>, <Nonce>…
  [/(<(?:[\w-]{1,64}:)?(?:Password|Nonce|Username)\b[^<>]{0,512}>)[^<]*/gi, "$1[redacted]"],
  // Authorization: Digest …
  [/((?:proxy-)?authorization\s*[:=]\s*)[^\r\n]*/gi, "$1[redacted]"],
  [/\b(Digest|Basic|Bearer)\s+[A-Za-z0-9+/=._~-]{8,}/g, "$1 [redacted]"],
  // password=…, "passphrase": "…"
  [
    /\b(pass(?:word|phrase|wd)?|pwd|secret|token)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s&,;]+)/gi,
    "$1$2[redacted]",
  ],
];

/** Takes out of a text what looks like a login: the last line of defence, secrets are not logged at all. */
export const redactText = (text: string): string =>
  patterns.reduce((clean, [pattern, replacement]) => clean.replaceAll(pattern, replacement), text);

/** Fields whose name says that they are secret lose their value; the texts of the others are cleaned. */
export function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value !== "string") return [name, value];
      return [name, secretName.test(name) ? "[redacted]" : redactText(value)];
    }),
  );
}

const plain = /^[\w./:@+\-[\]→…%]+$/u;

/** One value as it stands in a line: quoted when it holds more than plain characters, never a line break. */
const valueText = (value: LogFields[string]): string => {
  const text = String(value).slice(0, 4_000);
  return typeof value !== "string" || plain.test(text) ? text : JSON.stringify(text);
};

/** One log line: time, level, message, then `name=value` pairs. */
export function logLine(at: number, level: string, message: string, fields: LogFields): string {
  const pairs = Object.entries(redactFields(fields)).map(([name, value]) => ` ${name}=${valueText(value)}`);
  const words = redactText(message)
    .replaceAll(/[\r\n\u2028\u2029]+/g, " ⏎ ")
    .slice(0, 4_000);
  return `${new Date(at).toISOString()} ${level.padEnd(5)} ${words}${pairs.join("")}\n`;
}
