import { createHash, randomBytes } from "node:crypto";
import { escapeXml } from "./xml.ts";

const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const digestType =
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
const base64Type =
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

export interface TokenFacts {
  readonly username: string;
  /** Hashed as UTF-8. */
  readonly password: string;
  /** The device's own present time, ms UTC: tokens dated by our clock are refused by devices that run wrong. */
  readonly deviceTime: number;
  readonly nonce?: Uint8Array;
}

/** A WS-Security header with a password digest (UsernameToken Profile 1.0, section 3.2.1). */
export function usernameTokenHeader(facts: TokenFacts): string {
  const nonce = facts.nonce ?? randomBytes(20);
  const created = new Date(facts.deviceTime).toISOString();
  const digest = createHash("sha1")
    .update(nonce)
    .update(created)
    .update(facts.password, "utf8")
    .digest("base64");
  return (
    `<wsse:Security xmlns:wsse="${security}" xmlns:wsu="${utility}" s:mustUnderstand="1"><wsse:UsernameToken>` +
    `<wsse:Username>${escapeXml(facts.username)}</wsse:Username>` +
    `<wsse:Password Type="${digestType}">${digest}</wsse:Password>` +
    `<wsse:Nonce EncodingType="${base64Type}">${Buffer.from(nonce).toString("base64")}</wsse:Nonce>` +
    `<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`
  );
}
