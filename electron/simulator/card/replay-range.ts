import type { KeptSpan } from "./memory-card.ts";

const clockRange = /^clock=(\d{8}T\d{6}(?:\.\d{1,6})?Z)-(\d{8}T\d{6}(?:\.\d{1,6})?Z)?$/;

/**
 * An absolute `Range` of RTSP (RFC 2326, 3.7) in ms UTC of the camera's clock; open at its end: for ever. Undefined
 * when it is none, or ends before it begins.
 */
export function parseClockRange(header: string): KeptSpan | undefined {
  const [, first, last] = clockRange.exec(header.trim()) ?? [];
  if (first === undefined) return undefined;
  const from = instant(first);
  const to = last === undefined ? Number.MAX_SAFE_INTEGER : instant(last);
  return Number.isNaN(from) || Number.isNaN(to) || to < from ? undefined : { from, to };
}

function instant(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d(?:\.\d{1,3})?)/.exec(text) ?? [];
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
