import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { applyPacketFaults } from "../../../electron/simulator/rtsp/packet-faults.ts";
import { packetiseFrame } from "../../../electron/simulator/rtsp/packetiser.ts";
import { RtspFaults } from "../../../electron/simulator/rtsp/rtsp-fault.ts";
import { senderReport } from "../../../electron/simulator/rtsp/rtcp.ts";
import { videoTrack } from "./tracks.ts";

const track = videoTrack();
const always = (value: number) => (): number => value;
const run = () => {
  const { bytes, offsets } = packetiseFrame(track, 0);
  return { bytes: bytes.slice(), offsets };
};

describe("packet faults", () => {
  it("leave packets alone when none is set, or only for another path", () => {
    const faults = new RtspFaults();
    faults.set({ kind: "rtsp-loss", share: 1, path: "/sub" });
    const before = run();
    expect(applyPacketFaults(before, faults, "/main", true, always(0))).toBe(before);
  });

  it("lose whole packets and keep the others as they were", () => {
    const faults = new RtspFaults();
    faults.set({ kind: "rtsp-loss", share: 0.5 });
    let turn = 0;
    const after = applyPacketFaults(run(), faults, "/main", true, () => (turn++ % 2 === 0 ? 0 : 0.9));
    expect(after.offsets).toHaveLength(2);
    const all = run();
    expect([...after.bytes.subarray(0, 60)]).toEqual([
      ...all.bytes.subarray(all.offsets[1], (all.offsets[1] ?? 0) + 60),
    ]);
  });

  it("malform payloads in every way without breaking the framing around them", () => {
    const faults = new RtspFaults();
    faults.set({ kind: "rtsp-malformed-nals", share: 1 });
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 5 }), (numbers) => {
        let turn = 0;
        const after = applyPacketFaults(
          run(),
          faults,
          "/main",
          true,
          () => numbers[turn++ % numbers.length] ?? 0,
        );
        const view = new DataView(after.bytes.buffer);
        for (const [index, offset] of after.offsets.entries()) {
          const next = after.offsets[index + 1] ?? after.bytes.length;
          expect(after.bytes[offset]).toBe(0x24);
          expect(offset + 4 + view.getUint16(offset + 2)).toBe(next);
        }
      }),
    );
  });

  it("put garbage between packets, never inside", () => {
    const faults = new RtspFaults();
    faults.set({ kind: "rtsp-garbage", share: 1 });
    const after = applyPacketFaults(run(), faults, "/main", true, always(0.5));
    const before = run();
    for (const [index, offset] of after.offsets.entries()) {
      const from = before.offsets[index] ?? 0;
      expect([...after.bytes.subarray(offset, offset + 20)]).toEqual([
        ...before.bytes.subarray(from, from + 20),
      ]);
    }
    expect(after.bytes.length).toBe(before.bytes.length + before.offsets.length * 151);
  });

  it("are refused when they make no sense", () => {
    expect(() => new RtspFaults().set({ kind: "rtsp-loss", share: 2 })).toThrow(ZodError);
  });
});

describe("sender report", () => {
  it("carries the camera's time as NTP and the frame's timestamp", () => {
    const view = new DataView(
      senderReport({ ssrc: 7, cameraTimeMs: 1_500, rtpTimestamp: 99, packets: 3, octets: 4, name: "x@y" })
        .buffer,
    );
    expect(view.getUint32(0)).toBe(0x80c80006);
    expect(view.getUint32(8)).toBe(2_208_988_801);
    expect(view.getUint32(12)).toBe(2 ** 31);
    expect(view.getUint32(16)).toBe(99);
    expect(view.byteLength % 4).toBe(0);
    expect(28 + (view.getUint16(30) + 1) * 4).toBe(view.byteLength);
  });

  it("can say 1970, and times before it", () => {
    const seconds = (cameraTimeMs: number): number =>
      new DataView(
        senderReport({ ssrc: 7, cameraTimeMs, rtpTimestamp: 0, packets: 0, octets: 0, name: "x" }).buffer,
      ).getUint32(8);
    expect(seconds(0)).toBe(2_208_988_800);
    expect(seconds(-2_000)).toBe(2_208_988_798);
  });
});
