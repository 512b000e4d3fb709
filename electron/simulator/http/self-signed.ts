import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A key and the certificate that it signed itself, PEM: what `createServer` of HTTPS takes. */
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from("2a8648ce3d040302", "hex")));
const commonName = Buffer.from("550403", "hex");
const dayMs = 86_400_000;

/**
 * A new P-256 certificate (X.509 v3, RFC 5280) for `name`, valid from yesterday for ten years, as a camera makes one at
 * its first start. Another each time it is called.
 */
export function selfSigned(name: string, now: number): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const attribute = der(0x30, der(0x06, commonName), der(0x0c, Buffer.from(name.slice(0, 64))));
  const who = der(0x30, der(0x31, attribute));
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    who,
    der(0x30, time(now - dayMs), time(now + 3_650 * dayMs)),
    who,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").replaceAll(/.{64}/g, "$&\n").trimEnd();
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** One element in DER (X.690): tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** GeneralizedTime `20260102030405Z`; before 2050 RFC 5280 wants UTCTime, without the century. */
function time(ms: number): Buffer {
  const text = `${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, "")}`;
  return text < "2050" ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}
