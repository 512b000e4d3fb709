import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestResponse, readDigestFields } from "../../../electron/simulator/auth/http-digest.ts";
import { provesPassword, usernameTokenDigest } from "../../../electron/simulator/auth/username-token.ts";
import {
  answersProbe,
  probeMatches,
  readWsdRequest,
} from "../../../electron/simulator/discovery/wsd-messages.ts";
import { ArgumentError, readArguments } from "../../../electron/simulator/entry-options.ts";
import { Fault } from "../../../electron/simulator/fault.ts";
import { readSoap } from "../../../electron/simulator/onvif/soap.ts";
import { durationMs, termMs } from "../../../electron/simulator/onvif/time-text.ts";
import { XmlReadError } from "../../../electron/simulator/xml/read-xml.ts";

const soap = "http://www.w3.org/2003/05/soap-envelope";
const probe = `<s:Envelope xmlns:s="${soap}"><s:Header><MessageID>urn:uuid:1</MessageID></s:Header><s:Body><Probe><Types>dn:NetworkVideoTransmitter</Types><Scopes> onvif://www.onvif.org/name/A
 onvif://www.onvif.org/type </Scopes></Probe></s:Body></s:Envelope>`;

/** A well-formed document with a few of its characters changed, dropped or doubled. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.string({ maxLength: 3, unit: "binary" }), fc.nat(6)), {
      maxLength: 5,
    })
    .map((edits) =>
      edits.reduce((now, [at, put, drop]) => now.slice(0, at) + put + now.slice(at + drop), text),
    );

describe("WS-Discovery requests", () => {
  it("are read with their types and scopes", () => {
    expect(readWsdRequest(Buffer.from(probe))).toEqual({
      kind: "probe",
      messageId: "urn:uuid:1",
      types: ["NetworkVideoTransmitter"],
      scopes: ["onvif://www.onvif.org/name/A", "onvif://www.onvif.org/type"],
    });
  });

  it("that are damaged are read, ignored or refused with the reader's own error", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          damaged(probe).map((text) => Buffer.from(text)),
          fc.uint8Array(),
        ),
        (datagram) => {
          try {
            const read = readWsdRequest(datagram);
            expect(["probe", "resolve", undefined]).toContain(read?.kind);
          } catch (error) {
            expect(error).toBeInstanceOf(XmlReadError);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("match scopes by whole path segments, whatever their case", () => {
    const ask = (scope: string): boolean =>
      answersProbe({ kind: "probe", messageId: "", types: [], scopes: [scope] }, [
        "onvif://www.onvif.org/name/Gate",
      ]);
    expect(ask("onvif://www.onvif.org/name")).toBe(true);
    expect(ask("onvif://www.onvif.org/NAME/gate/")).toBe(true);
    expect(ask("onvif://www.onvif.org/nam")).toBe(false);
  });

  it("is answered in XML that says what it is about, whatever the device calls itself", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (reference, scopes) => {
        const target = { endpointReference: reference, scopes, xaddrs: undefined, metadataVersion: 1 };
        const text = probeMatches("urn:uuid:1", { instanceId: 1, messageNumber: 1 }, [target]);
        expect(readWsdRequest(Buffer.from(text))).toBeUndefined();
      }),
    );
  });
});

describe("SOAP requests", () => {
  it("that are damaged are read or refused with the reader's own error", () => {
    const request = `<s:Envelope xmlns:s="${soap}"><s:Header><Security><UsernameToken><Username>a</Username></UsernameToken></Security></s:Header><s:Body><GetProfiles xmlns="urn:x"/></s:Body></s:Envelope>`;
    fc.assert(
      fc.property(damaged(request), (text) => {
        try {
          expect(readSoap(text).operation).not.toBe("");
        } catch (error) {
          expect(error).toBeInstanceOf(XmlReadError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("logins", () => {
  it("HTTP digest answers RFC 7616's own example in both algorithms", () => {
    const request = { method: "GET", uri: "/dir/index.html", body: Buffer.alloc(0) };
    const header = `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth`;
    const fields = readDigestFields(header) ?? new Map<string, string>();
    expect(digestResponse("MD5", fields, "Circle of Life", request)).toBe("8ca523f5e9506fed4657c9700eebdbec");
    expect(digestResponse("SHA-256", fields, "Circle of Life", request)).toBe(
      "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    );
    expect(digestResponse("MD5", fields, "Circle of Life", { ...request, uri: "/else" })).toBeUndefined();
  });

  it("UsernameToken answers the ONVIF programmer's guide's own example", () => {
    const nonce = Buffer.from("LKqI6G/AikKCQrN0zqZFlg==", "base64");
    expect(usernameTokenDigest(nonce, "2010-09-16T07:50:45Z", "userpassword")).toBe(
      "tuOSpGlFlIXsozq4HFNeeGeFLEI=",
    );
    const token = { username: "user", digested: true, nonce, created: "2010-09-16T07:50:45Z" };
    expect(provesPassword({ ...token, password: "tuOSpGlFlIXsozq4HFNeeGeFLEI=" }, "userpassword")).toBe(true);
    expect(provesPassword({ ...token, password: "tuOSpGlFlIXsozq4HFNeeGeFLEI=" }, "userpasswort")).toBe(
      false,
    );
  });

  it("any Authorization header is taken apart or left alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(readDigestFields(text)?.size ?? 0).toBeGreaterThanOrEqual(0);
        expect(readDigestFields(`Digest ${text}`)).toBeInstanceOf(Map);
      }),
    );
  });
});

describe("times", () => {
  it.each([
    ["PT1M30.5S", 90_500],
    ["P1D", 86_400_000],
    ["PT2H", 7_200_000],
    [" PT0S ", 0],
    ["PT", undefined],
    ["P", undefined],
    ["60", undefined],
    ["-PT5S", undefined],
  ])("%s is %s ms", (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it("a term is a duration or an instant", () => {
    const now = Date.UTC(2026, 10, 22, 5);
    expect(termMs("2026-11-22T05:01:00Z", now)).toBe(60_000);
    expect(termMs("2026-11-22T13:01:00+08:00", now)).toBe(60_000);
    expect(termMs("in a while", now)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => ["number", "undefined"].includes(typeof termMs(text, now))));
  });
});

describe("the command line", () => {
  it("is read with single flags over the whole", () => {
    const site = JSON.stringify({ cameras: 3, seed: "x" });
    expect(
      readArguments([`--site=${site}`, "--cameras=5", "--scenes=/x y", "--activity", "--no-rtsp"]),
    ).toMatchObject({
      cameras: 5,
      seed: "x",
      scenesDirectory: "/x y",
      activity: true,
      rtsp: false,
    });
    expect(readArguments([])).toMatchObject({ cameras: 9, addressBase: "127.77.0.1", httpPort: 8_080 });
  });

  it("that is none is refused with its own error", () => {
    for (const wrong of [
      ["--cameras=0"],
      ["--cameras=many"],
      ["--site={"],
      ["--site=[]"],
      ["--else"],
      ["x"],
    ]) {
      expect(() => readArguments(wrong)).toThrow(ArgumentError);
    }
    const word = fc.oneof(
      fc.string(),
      fc.string().map((text) => `--site=${text}`),
      fc.json().map((text) => `--site=${text}`),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), (args) => {
        try {
          expect(readArguments(args)).toHaveProperty("cameras");
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }),
    );
  });
});

describe("faults", () => {
  it("each kind is known by one name, and unknown ones are refused", () => {
    const kinds = Fault.options.map((option) => option.shape.kind.value);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBeGreaterThan(55);
    expect(() => Fault.parse({ kind: "meteor" })).toThrow(/kind/);
    expect(() => Fault.parse({ kind: "hang", surprise: 1 })).toThrow(/surprise/);
  });
});
