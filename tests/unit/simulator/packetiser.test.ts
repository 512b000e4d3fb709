import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  mostPayloadBytes,
  packetiseFrame,
  videoPayloads,
} from "../../../electron/simulator/rtsp/packetiser.ts";
import { audioTrack, videoTrack } from "./tracks.ts";

/** NAL units put together again, as RFC 6184 and RFC 7798 say; independent of the product's own depacketiser. */
function reassemble(codec: "h264" | "h265", payloads: readonly Uint8Array[]): number[][] {
  const nals: number[][] = [];
  let open: number[] | undefined;
  for (const payload of payloads) {
    const [first = 0, second = 0, third = 0] = payload;
    const type = codec === "h264" ? first & 0x1f : (first >> 1) & 0x3f;
    const head = codec === "h264" ? 1 : 2;
    if (type === (codec === "h264" ? 24 : 48)) {
      for (let at = head; at < payload.length;) {
        const length = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
        nals.push([...payload.subarray(at + 2, at + 2 + length)]);
        at += 2 + length;
      }
    } else if (type === (codec === "h264" ? 28 : 49)) {
      const flags = codec === "h264" ? second : third;
      if ((flags & 0x80) !== 0) {
        open =
          codec === "h264"
            ? [(first & 0xe0) | (flags & 0x1f)]
            : [(first & 0x81) | ((flags & 0x3f) << 1), second];
      }
      open?.push(...payload.subarray(head + 1));
      if ((flags & 0x40) !== 0 && open !== undefined) nals.push(open);
    } else nals.push([...payload]);
  }
  return nals;
}

const nal = (codec: "h264" | "h265") =>
  fc.uint8Array({ minLength: 2, maxLength: 6_000 }).map((bytes) => {
    const copy = bytes.slice();
    if (codec === "h264") copy[0] = 0x60 | (1 + ((copy[0] ?? 0) % 12));
    else copy.set([((copy[0] ?? 0) % 40) << 1, 1]);
    return copy;
  });

describe("packetiser", () => {
  it.each(["h264", "h265"] as const)("cuts any %s access unit so that a receiver gets it back", (codec) => {
    fc.assert(
      fc.property(fc.array(nal(codec), { minLength: 1, maxLength: 6 }), (nals) => {
        const payloads = videoPayloads(codec, nals);
        expect(payloads.every((payload) => payload.length <= mostPayloadBytes)).toBe(true);
        expect(reassemble(codec, payloads)).toEqual(nals.map((one) => [...one]));
      }),
    );
  });

  it("sends parameter sets in one aggregation packet and a large slice in fragments", () => {
    const { offsets, bytes } = packetiseFrame(videoTrack(), 0);
    const types = offsets.map((offset) => (bytes[offset + 16] ?? 0) & 0x1f);
    expect(types).toEqual([24, 28, 28, 28, 28]);
  });

  it("frames every packet for interleaving and marks the last of a picture", () => {
    const { offsets, bytes, payloadBytes } = packetiseFrame(videoTrack(), 0);
    const view = new DataView(bytes.buffer);
    let sum = 0;
    for (const [index, offset] of offsets.entries()) {
      const length = view.getUint16(offset + 2);
      expect(bytes[offset]).toBe(0x24);
      expect(offset + 4 + length).toBe(offsets[index + 1] ?? bytes.length);
      expect(view.getUint8(offset + 5)).toBe(index === offsets.length - 1 ? 0x80 | 96 : 96);
      sum += length - 12;
    }
    expect(sum).toBe(payloadBytes);
  });

  it("puts an AU header of 13 and 3 bits before AAC and none before G.711", () => {
    const aac = packetiseFrame(audioTrack({ codec: "aac" }), 3);
    expect([...aac.bytes.subarray(16, 20)]).toEqual([0, 16, 320 >> 5, (320 << 3) & 0xff]);
    const g711 = packetiseFrame(audioTrack(), 3);
    expect(g711.bytes[16]).toBe(3);
    expect(g711.bytes.length).toBe(4 + 12 + 320);
  });

  it("knows no frame beyond the loop", () => {
    expect(() => packetiseFrame(videoTrack(), 600)).toThrow(RangeError);
  });
});
