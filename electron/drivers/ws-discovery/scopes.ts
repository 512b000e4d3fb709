/** What a device says about itself in its scopes: shown, never trusted. */
export interface ScopeWords {
  readonly name: string;
  readonly hardware: string;
  readonly location: string;
  /** Lower case with colons, or null. */
  readonly mac: string | null;
  /** `Streaming`, `T`, `G`, … */
  readonly profiles: readonly string[];
}

const prefix = /^onvif:\/\/(?:www\.)?onvif\.org\//i;
const maxScopes = 200;

/**
 * Reads the white-space separated scope list of a match (ONVIF Core, "Device discovery").
 *
 * Values are URL-decoded, control characters removed, lengths cut at 128. The first value of a key wins,
 * locations are joined with ", ". Never throws; what it does not know it ignores.
 */
export function readScopes(text: string): ScopeWords {
  let name = "";
  let hardware = "";
  let mac: string | null = null;
  const places: string[] = [];
  const profiles: string[] = [];
  for (const scope of text.split(/\s+/).slice(0, maxScopes)) {
    const found = prefix.exec(scope);
    if (found === null) continue;
    const [key = "", ...rest] = scope.slice(found[0].length).split("/");
    const value = plain(rest.join("/"));
    if (value === "") continue;
    switch (key.toLowerCase()) {
      case "name":
        name ||= value;
        break;
      case "hardware":
        hardware ||= value;
        break;
      case "location":
        places.push(value.replace(/^(country|city|region|building|floor|room)\//i, ""));
        break;
      case "mac":
        mac ??= readMac(value);
        break;
      case "profile":
        if (profiles.length < 16) profiles.push(value);
        break;
      default:
    }
  }
  return { name, hardware, location: [...new Set(places)].join(", ").slice(0, 128), mac, profiles };
}

/** A hardware address in any usual spelling as lower case with colons; null for anything else. */
export function readMac(text: string): string | null {
  const hex = text.replaceAll(/[:\-.\s]/g, "").toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(hex)) return null;
  // All zeros, all ones and group addresses name no single device.
  if (hex === "000000000000" || Number.parseInt(hex.slice(0, 2), 16) % 2 === 1) return null;
  return hex.replaceAll(/(..)(?!$)/g, "$1:");
}

function plain(encoded: string): string {
  let text = encoded;
  try {
    text = decodeURIComponent(encoded.replaceAll("+", " "));
  } catch (error) {
    // A stray "%" is common; the raw text is then what the person sees.
    if (!(error instanceof URIError)) throw error;
  }
  return cleanLine(text, 128);
}

/** One line of printable text: control and direction-changing characters removed, cut at `maxLength`. */
export function cleanLine(text: string, maxLength: number): string {
  return text
    .replaceAll(/[\ud800-\udfff]/gu, "\ufffd")
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, "");
}
