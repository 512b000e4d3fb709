import { isOwnPage, parseAddress } from "./asset-path.ts";

/**
 * What a page may load: nothing, and then only what is needed. Pictures arrive over ports as bytes and are
 * played from `blob:`; there is no network to connect to.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sent with everything our scheme serves. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-cache",
};

/** The only things Chromium may grant, and only to our own page's main frame. Everything else is denied. */
const granted: ReadonlySet<string> = new Set(["fullscreen", "clipboard-sanitized-write"]);

/** Answers both questions Chromium asks, "may I?" and "could I?", from one table. */
export const isPermitted = (permission: string, address: string, isMainFrame: boolean): boolean =>
  isMainFrame && granted.has(permission) && isOwnPage(address);

/** May a page load this address at all? The network is not for pages. */
export function mayLoad(address: string): boolean {
  const protocol = parseAddress(address)?.protocol;
  if (protocol === "blob:" || protocol === "data:" || protocol === "devtools:") return true;
  return isOwnPage(address);
}

/** The parts of an ipc event that tell who speaks. */
export interface Speaker {
  readonly senderFrame: { readonly origin: string; readonly url: string; readonly parent: unknown } | null;
}

/** Is this our own page in a window's main frame? The only speaker that is given ports. */
export const isOwnMainFrame = ({ senderFrame }: Speaker, ownOrigin: string): boolean =>
  senderFrame !== null &&
  senderFrame.parent === null &&
  senderFrame.origin === ownOrigin &&
  isOwnPage(senderFrame.url);
