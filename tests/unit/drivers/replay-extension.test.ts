import fc from "fast-check";
import { expect, test } from "vitest";
import { readReplayMarks } from "../../../electron/drivers/rtp/replay-extension.ts";
import { parseRtpPacket } from "../../../electron/drivers/rtp/rtp-packet.ts";
import { parseClockRange } from "../../../electron/simulator/card/replay-range.ts";
import { withReplayMarks } from "../../../electron/simulator/card/replay-packets.ts";

/** One interleaved packet with this payload. */
function packetOf(payload: Uint8Array): { bytes: Uint8Array; offsets: number[] } {
  const bytes = new Uint8Array(16 + payload.length);
  new DataView(bytes.buffer).setUint16(2, 12 + payload.length);
  bytes[0] = 0x24;
  bytes[4] = 0x80;
  bytes.set(payload, 16);
  return { bytes, offsets: [0] };
}

test("what a device says of a replayed picture is read as it was written, and the picture stays whole", () => {
  const flags = fc.record({
    isClean: fc.boolean(),
    endsStretch: fc.boolean(),
    isBroken: fc.boolean(),
    isLast: fc.boolean(),
  });
  // To the year 2104: the second era of NTP begins in 2036.
  const times = fc.integer({ min: 0, max: 4_233_600_000_000 });
  fc.assert(
    fc.property(
      flags,
      times,
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      (marks, cameraTimeMs, payload) => {
        const run = withReplayMarks(packetOf(payload), { ...marks, cameraTimeMs }, 7);
        const packet = Buffer.from(run.bytes.subarray(4));
        expect(packet.length).toBe(Buffer.from(run.bytes).readUInt16BE(2));
        const read = readReplayMarks(packet);
        expect(read).toMatchObject(marks);
        expect(Math.abs((read?.deviceAt ?? 0) - cameraTimeMs)).toBeLessThan(0.001);
        expect(parseRtpPacket(packet).payload).toEqual(Buffer.from(payload));
      },
    ),
  );
});

test("any bytes are read as a replay's marks or as none, and never throw", () => {
  const isSane = (bytes: Uint8Array): boolean => {
    const marks = readReplayMarks(Buffer.from(bytes));
    return marks === undefined || Number.isFinite(marks.deviceAt);
  };
  const outcome = fc.check(fc.property(fc.uint8Array({ maxLength: 80 }), isSane));
  expect(outcome.failed).toBe(false);
});

test("a packet that is cut off, or carries another extension, says nothing of a replay", () => {
  const marks = { isClean: true, endsStretch: false, isBroken: false, isLast: false, cameraTimeMs: 1_000 };
  const packet = Buffer.from(withReplayMarks(packetOf(Uint8Array.of(1)), marks, 0).bytes.subarray(4));
  for (let length = 0; length < 28; length += 1) {
    expect(readReplayMarks(packet.subarray(0, length))).toBeUndefined();
  }
  packet.writeUInt16BE(0xbede, 12);
  expect(readReplayMarks(packet)).toBeUndefined();
});

test("an absolute range is read with and without an end, and what is none is refused", () => {
  expect(parseClockRange("clock=20261122T094500.250Z-20261122T094600Z")).toEqual({
    from: Date.UTC(2026, 10, 22, 9, 45, 0, 250),
    to: Date.UTC(2026, 10, 22, 9, 46),
  });
  expect(parseClockRange("clock=20261122T094500Z-")?.from).toBe(Date.UTC(2026, 10, 22, 9, 45));
  for (const wrong of [
    "npt=0-",
    "clock=-",
    "clock=20261122T094600Z-20261122T094500Z",
    "clock=20269922T094500Z-",
  ]) {
    expect(parseClockRange(wrong)).toBeUndefined();
  }
});
