const maxNameLength = 80;
const forbidden = /[<>:"/\\|?*\p{Cc}]/gu;

/**
 * File name of a snapshot: `12 Loading bay 2026-11-22 05.31.43.120 +0100.png`.
 *
 * Site time with its UTC offset, and nothing that Windows, macOS or Linux refuse in a name.
 *
 * @param timeZone IANA name; empty or unknown: the computer's own.
 */
export function snapshotName(
  channel: { readonly number: number; readonly name: string },
  capturedAt: number,
  timeZone: string,
): string {
  const name = channel.name
    .replaceAll(forbidden, "_")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, maxNameLength)
    .replace(/[. ]+$/, "");
  return `${channel.number} ${name === "" ? "camera" : name} ${siteTime(capturedAt, timeZone)}.png`;
}

function siteTime(at: number, timeZone: string): string {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  const zone = part("timeZoneName").replace("GMT", "").replace(":", "").replace("−", "-");
  const date = `${part("year")}-${part("month")}-${part("day")}`;
  const time = `${part("hour")}.${part("minute")}.${part("second")}.${part("fractionalSecond")}`;
  return `${date} ${time} ${zone === "" ? "+0000" : zone}`;
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    timeZoneName: "longOffset",
  };
  try {
    return new Intl.DateTimeFormat("en-GB", timeZone === "" ? options : { ...options, timeZone });
  } catch (error) {
    // A zone this computer does not know; the offset in the name says which was used.
    if (error instanceof RangeError) return new Intl.DateTimeFormat("en-GB", options);
    throw error;
  }
}
