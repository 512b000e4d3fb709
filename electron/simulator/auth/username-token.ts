import { createHash, timingSafeEqual } from "node:crypto";
import { child, textAt, type XmlElement } from "../xml/read-xml.ts";

/** A WS-UsernameToken as it came (WS-Security UsernameToken Profile 1.0). */
export interface UsernameToken {
  readonly username: string;
  readonly password: string;
  /** PasswordDigest; else PasswordText. */
  readonly digested: boolean;
  /** Decoded; empty when there is none. */
  readonly nonce: Buffer;
  readonly created: string;
}

/** Reads the element; undefined when it names no user. */
export function readUsernameToken(element: XmlElement | undefined): UsernameToken | undefined {
  const username = textAt(element, "Username");
  if (username === undefined) return undefined;
  const password = child(element, "Password");
  return {
    username,
    password: password?.text.trim() ?? "",
    digested: (password?.attributes.get("Type") ?? "").endsWith("#PasswordDigest"),
    nonce: Buffer.from(textAt(element, "Nonce") ?? "", "base64"),
    created: textAt(element, "Created") ?? "",
  };
}

/** Base64(SHA-1(nonce + created + password)), the password as UTF-8. */
export function usernameTokenDigest(nonce: Buffer, created: string, password: string): string {
  return createHash("sha1").update(nonce).update(created, "utf8").update(password, "utf8").digest("base64");
}

/** Whether the token proves that password. */
export function provesPassword(token: UsernameToken, password: string): boolean {
  const expected = token.digested ? usernameTokenDigest(token.nonce, token.created, password) : password;
  return sameText(expected, token.password);
}

/** Compares without telling by its time where the texts differ. */
export function sameText(left: string, right: string): boolean {
  return timingSafeEqual(hashed(left), hashed(right));
}

function hashed(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
