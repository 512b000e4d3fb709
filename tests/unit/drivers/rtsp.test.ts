import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RtspError } from "../../../electron/drivers/rtsp/rtsp-error.ts";
import { RtspFramer } from "../../../electron/drivers/rtsp/rtsp-framer.ts";
import { chooseChallenge, parseChallenge, RtspLogin } from "../../../electron/drivers/rtsp/rtsp-login.ts";
import {
  bodyLength,
  parseRtspHead,
  parseSessionHeader,
  parseTransportHeader,
  type RtspMessage,
} from "../../../electron/drivers/rtsp/rtsp-message.ts";
import { parseRtspUrl, resolveControl } from "../../../electron/drivers/rtsp/rtsp-url.ts";

const valueOr = <T>(act: () => T): T | RtspError => {
  try {
    return act();
  } catch (error) {
    if (error instanceof RtspError) return error;
    throw error;
  }
};

interface Found {
  readonly packets: string[];
  readonly messages: RtspMessage[];
}

function framer(channels: readonly number[]): { framer: RtspFramer; found: Found } {
  const found: Found = { packets: [], messages: [] };
  const made = new RtspFramer({
    isChannel: (channel) => channels.includes(channel),
    onPacket: (channel, packet) => found.packets.push(`${channel}:${packet.toString("hex")}`),
    onMessage: (message) => found.messages.push(message),
  });
  return { framer: made, found };
}

const packet = (channel: number, body: readonly number[]): Buffer =>
  Buffer.from([0x24, channel, body.length >> 8, body.length & 255, ...body]);
const rtp = (...rest: readonly number[]): readonly number[] => [0x80, 96, ...rest];

describe("the framer", () => {
  test("finds packets and replies however the bytes are cut", () => {
    const reply = Buffer.from("RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 4\r\n\r\nbody");
    const stream = Buffer.concat([packet(0, rtp(1, 2)), reply, packet(1, [0x81, 200, 0]), packet(0, rtp(9))]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const { framer: own, found } = framer([0, 1]);
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        for (const [index, place] of places.entries()) own.push(stream.subarray(place, places[index + 1]));
        expect(found.packets).toEqual(["0:80600102", "1:81c800", "0:806009"]);
        expect(found.messages).toMatchObject([{ kind: "response", status: 200, body: "body" }]);
        expect(own.noiseBytes).toBe(0);
      }),
    );
  });

  test("finds the packets again after any noise", () => {
    // Noise that happens to hold a whole packet head is a packet to anyone; leave dollar signs out.
    const noise = fc
      .uint8Array({ minLength: 1, maxLength: 300 })
      .map((bytes) => bytes.map((b) => (b === 0x24 ? 0 : b)));
    fc.assert(
      fc.property(noise, (bytes) => {
        const { framer: own, found } = framer([0]);
        own.push(
          Buffer.concat([packet(0, rtp(1)), bytes, Buffer.from([0]), packet(0, rtp(2)), packet(0, rtp(3))]),
        );
        expect(found.packets).toContain("0:806003");
      }),
    );
  });

  test("takes a dollar sign of a channel that was never set up for noise", () => {
    const { framer: own, found } = framer([0]);
    own.push(Buffer.concat([packet(7, rtp(1, 2, 3)), packet(0, rtp(4))]));
    expect(found.packets).toEqual(["0:806004"]);
    expect(own.noiseBytes).toBeGreaterThan(0);
  });

  test("any bytes are survived, or end in an RtspError", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc
          .constantFrom(
            "RTSP/1.0 200 OK\r\n",
            "Content-Length: 10\r\n",
            "\r\n\r\n",
            "$",
            "OPTIONS * RTSP/1.0\r\n\r\n",
          )
          .map((text) => Uint8Array.from(Buffer.from(text))),
      ),
    );
    fc.assert(
      fc.property(pieces, (chunks) => {
        const { framer: own, found } = framer([0, 1]);
        valueOr(() => {
          for (const chunk of chunks) own.push(Buffer.from(chunk));
        });
        expect(found.packets.every((one) => /^[01]:(?:[89ab][0-9a-f]+)?$/.test(one))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("gives up on a body without bounds and on megabytes of noise", () => {
    const big = framer([]).framer;
    const head = "RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n";
    expect(() => big.push(Buffer.from(head))).toThrow(RtspError);
    const noisy = framer([]).framer;
    const noise = Buffer.alloc(1024 * 1024, 0xff);
    expect(() => {
      for (let i = 0; i < 5; i++) noisy.push(noise);
    }).toThrow(RtspError);
  });

  test("does not wait for ever for a header that never ends", () => {
    const { framer: own, found } = framer([0]);
    own.push(Buffer.from(`RTSP/1.0 200 OK\r\nX: ${"a".repeat(40_000)}`));
    own.push(packet(0, rtp(5)));
    expect(found.packets).toEqual(["0:806005"]);
  });
});

describe("replies", () => {
  test("any head gives a value or an RtspError", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 60 }), (text, value) => {
        const length = valueOr(() => bodyLength(parseRtspHead(`RTSP/1.0 200 OK\r\n${text}`).headers));
        expect(length instanceof RtspError || length <= 256 * 1024).toBe(true);
        valueOr(() => parseRtspHead(text));
        valueOr(() => parseSessionHeader(value));
        valueOr(() => parseTransportHeader(value));
        valueOr(() => parseChallenge(value));
        valueOr(() => parseRtspUrl(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test("reads session timeout and agreed channels", () => {
    expect(parseSessionHeader("12345678;timeout=30")).toEqual({ id: "12345678", timeoutS: 30 });
    expect(parseSessionHeader("abc")).toEqual({ id: "abc", timeoutS: 60 });
    expect(parseTransportHeader("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=0A0B0C0D")).toMatchObject({
      interleaved: 4,
      ssrc: 0x0a0b0c0d,
    });
    expect(parseTransportHeader("RTP/AVP;server_port=7000-7001").serverPorts).toEqual([7000, 7001]);
  });
});

describe("addresses", () => {
  test("are taken apart without their user info", () => {
    expect(parseRtspUrl("rtsp://admin:secret@10.0.0.5:8554/main?x=1")).toEqual({
      host: "10.0.0.5",
      port: 8554,
      uri: "rtsp://10.0.0.5:8554/main?x=1",
    });
    expect(parseRtspUrl("rtsp://[fe80::1]/a")).toEqual({
      host: "fe80::1",
      port: 554,
      uri: "rtsp://[fe80::1]/a",
    });
    for (const written of ["rtsp://[fe80::1%25eth0]:8554/a", "rtsp://[fe80::1%eth0]:8554/a"])
      expect(parseRtspUrl(written)).toEqual({
        host: "fe80::1%eth0",
        port: 8554,
        uri: "rtsp://[fe80::1]:8554/a",
      });
    expect(valueOr(() => parseRtspUrl("rtsp://[fe80::1%a/b]/"))).toMatchObject({ failure: "bad-url" });
    expect(valueOr(() => parseRtspUrl("rtsps://10.0.0.5/"))).toMatchObject({ failure: "not-supported" });
    expect(valueOr(() => parseRtspUrl("rtsp://a b/"))).toMatchObject({ failure: "bad-url" });
  });

  test("never leave the host we were told to use", () => {
    const ours = parseRtspUrl("rtsp://10.0.0.5:8554/main");
    expect(resolveControl(ours, "rtsp://evil.example/x/", "track1")).toBe("rtsp://10.0.0.5:8554/x/track1");
    expect(resolveControl(ours, undefined, "rtsp://evil.example:1/y?z")).toBe("rtsp://10.0.0.5:8554/y?z");
    expect(resolveControl(ours, undefined, "*")).toBe("rtsp://10.0.0.5:8554/main");
    expect(resolveControl(ours, "rtsp://10.0.0.5:8554/main", "trackID=1")).toBe(
      "rtsp://10.0.0.5:8554/main/trackID=1",
    );
    fc.assert(
      fc.property(fc.webUrl(), fc.string({ maxLength: 40 }), (base, control) => {
        const uri = valueOr(() => resolveControl(ours, base.replace(/^https?/, "rtsp"), control));
        if (typeof uri === "string") expect(uri.startsWith("rtsp://10.0.0.5:8554")).toBe(true);
      }),
    );
  });
});

describe("logins", () => {
  const login = (): RtspLogin =>
    new RtspLogin({ username: "Mufasa", password: "Circle of Life" }, () => "0a4f113b");
  const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("hex");

  test("prefer SHA-256 to MD5, and either to Basic", () => {
    const offers = [
      'Basic realm="a"',
      'Digest realm="a", nonce="n", algorithm=MD5',
      'Digest realm="a", nonce="n", algorithm=SHA-256',
    ];
    expect(chooseChallenge(offers)).toMatchObject({ algorithm: "SHA-256" });
    expect(chooseChallenge(offers.slice(0, 2))).toMatchObject({ algorithm: "MD5" });
    expect(chooseChallenge(offers.slice(0, 1))).toEqual({ scheme: "basic" });
    expect(
      chooseChallenge(['Digest realm="a", nonce="n", algorithm=SHA-512-256', "Bearer x"]),
    ).toBeUndefined();
  });

  test("answer as RFC 7616 says, counting the nonce's uses", () => {
    const own = login();
    own.accept(['Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256, opaque="o"']);
    own.authorization("OPTIONS", "rtsp://h/");
    const answer = own.authorization("DESCRIBE", "rtsp://h/main") ?? "";
    const [secret, target] = [
      hash("sha256", "Mufasa:r:Circle of Life"),
      hash("sha256", "DESCRIBE:rtsp://h/main"),
    ];
    const response = hash("sha256", `${secret}:n:00000002:0a4f113b:auth:${target}`);
    expect(answer).toContain(`response="${response}"`);
    expect(answer).toContain("nc=00000002");
    expect(answer).toContain('opaque="o"');
  });

  test("answer as RFC 2069 where the device offers no qop", () => {
    const own = login();
    own.accept(['Digest realm="r", nonce="n"']);
    const [secret, target] = [hash("md5", "Mufasa:r:Circle of Life"), hash("md5", "SETUP:u")];
    expect(own.authorization("SETUP", "u")).toContain(`response="${hash("md5", `${secret}:n:${target}`)}"`);
  });

  test("never put the password into a digest answer", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 9, maxLength: 20 }), (password) => {
        const own = new RtspLogin({ username: "u", password: `pw-${password}` });
        own.accept(['Digest realm="r", nonce="n", qop="auth"']);
        expect(own.authorization("PLAY", "rtsp://h/")).not.toContain(`pw-${password}`);
      }),
    );
  });
});
