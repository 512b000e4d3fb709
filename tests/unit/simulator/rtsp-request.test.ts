import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  RtspRequestError,
  RtspRequestReader,
  type RtspInput,
} from "../../../electron/simulator/rtsp/rtsp-request.ts";
import { parseTransport } from "../../../electron/simulator/rtsp/transport-header.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const conversation = [
  "OPTIONS rtsp://127.83.0.1:8554/main RTSP/1.0\r\nCSeq: 1\r\n\r\n",
  "$\0\0\u0004abcd",
  "SET_PARAMETER rtsp://127.83.0.1/main RTSP/1.0\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nhello",
  "\r\nTEARDOWN rtsp://127.83.0.1/main RTSP/1.0\nCSeq: 3\nSession:  abc \n\n",
].join("");

function read(chunks: readonly Uint8Array[]): RtspInput[] {
  const reader = new RtspRequestReader();
  return chunks.flatMap((chunk) => reader.push(chunk));
}

describe("RTSP request reader", () => {
  it("reads requests, bodies and interleaved packets however the bytes are cut", () => {
    const whole = bytes(conversation);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: whole.length }), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        const inputs = read(places.slice(1).map((end, index) => whole.subarray(places[index], end)));
        expect(inputs.map((input) => (input.kind === "request" ? input.request.method : "$"))).toEqual([
          "OPTIONS",
          "$",
          "SET_PARAMETER",
          "TEARDOWN",
        ]);
        const last = inputs[3];
        expect(last?.kind === "request" && last.request.headers.get("session")).toBe("abc");
        const third = inputs[2];
        expect(third?.kind === "request" && new TextDecoder().decode(third.request.body)).toBe("hello");
      }),
    );
  });

  it("either understands arbitrary bytes or throws its own error", () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .constantFrom(
          "PLAY ",
          "rtsp://x/y ",
          "RTSP/1.0",
          "\r\n",
          "\r\n\r\n",
          "$",
          "Content-Length: ",
          "99999",
          ":",
          "-1",
        )
        .map(bytes),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          read(pieces);
        } catch (error) {
          expect(error).toBeInstanceOf(RtspRequestError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a header without end", `GET_PARAMETER rtsp://x/ RTSP/1.0\r\nX: ${"a".repeat(20_000)}`],
    ["a body that is too long", "SET_PARAMETER rtsp://x/ RTSP/1.0\r\nContent-Length: 70000\r\n\r\n"],
    ["a length that is no number", "SET_PARAMETER rtsp://x/ RTSP/1.0\r\nContent-Length: -5\r\n\r\n"],
    ["another protocol", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a header without a name", "OPTIONS * RTSP/1.0\r\n: x\r\n\r\n"],
    ["too many headers", `OPTIONS * RTSP/1.0\r\n${"A: b\r\n".repeat(101)}\r\n`],
  ])("refuses %s", (_, text) => {
    expect(() => read([bytes(text)])).toThrow(RtspRequestError);
  });
});

describe("Transport header", () => {
  it.each([
    ["RTP/AVP/TCP;unicast;interleaved=2-3", { kind: "tcp", channels: [2, 3] }],
    ["RTP/AVP/TCP;unicast", { kind: "tcp", channels: undefined }],
    ["RTP/AVP;unicast;client_port=5000-5001", { kind: "udp", clientPorts: [5_000, 5_001] }],
    ["RTP/AVP;multicast,RTP/AVP/UDP;unicast;client_port=6000", { kind: "udp", clientPorts: [6_000, 6_001] }],
    ["RTP/SAVP;unicast;client_port=5000-5001", undefined],
    ["RTP/AVP;unicast;client_port=70000-70001", undefined],
    ["RTP/AVP/TCP;interleaved=254-999", undefined],
    ["", undefined],
  ])("%s", (header, expected) => {
    expect(parseTransport(header)).toEqual(expected);
  });

  it("is a known way or none, whatever it says", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        "RTP/AVP",
        "/TCP",
        ";",
        ",",
        "interleaved=",
        "client_port=",
        "-",
        "0",
        "70000",
        "unicast",
      ),
    );
    const way = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(way, (header) => {
        const choice = parseTransport(header);
        const numbers = choice?.kind === "tcp" ? (choice.channels ?? []) : (choice?.clientPorts ?? []);
        const most = choice?.kind === "tcp" ? 255 : 65_535;
        expect(numbers.filter((number) => number > most)).toEqual([]);
      }),
    );
  });
});
