import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressAfter } from "../../../electron/simulator/addresses.ts";
import { demoSite } from "../../../electron/simulator/demo-site.ts";
import { DeviceClock } from "../../../electron/simulator/device-clock.ts";
import { PullPoint } from "../../../electron/simulator/events/pull-point.ts";
import { cameraIdentity } from "../../../electron/simulator/identity.ts";
import { PtzHead } from "../../../electron/simulator/onvif/ptz-head.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";

describe("a device's clock", () => {
  it("drifts, jumps, is set, and keeps true durations", async () => {
    const clock = new FakeClock();
    const device = new DeviceClock({ clock, offsetMs: 5_000 });
    device.drift(1_000);
    await clock.advance(100_000);
    expect(device.offsetMs).toBe(5_100);
    device.drift(0);
    device.jump(-5_100);
    expect(device.now()).toBe(clock.now());
    device.set(60_000);
    expect(device.now()).toBe(60_000);
    expect(device.monotonicMs()).toBe(100_000);
  });
});

describe("a PTZ head", () => {
  it("moves at its speed, stops at its limits and after the timeout", async () => {
    const clock = new FakeClock();
    const head = new PtzHead({ clock });
    head.moveContinuously({ pan: 1, tilt: -0.5, zoom: 0 }, 1_000);
    await clock.advance(500);
    expect(head.position).toEqual({ pan: 0.25, tilt: -0.125, zoom: 0 });
    expect(head.isMoving).toBe(true);
    await clock.advance(5_000);
    expect(head.position.pan).toBe(0.5);
    expect(head.isMoving).toBe(false);
    head.moveContinuously({ pan: 1, tilt: 0, zoom: 0 }, 10_000);
    await clock.advance(10_000);
    expect(head.position.pan).toBe(1);
  });

  it("never leaves its range, whatever it is told", async () => {
    const clock = new FakeClock();
    const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
    const vector = fc.record({ pan: number, tilt: number, zoom: number });
    const order = fc.record({ way: fc.constantFrom("speed", "target"), vector, waitMs: fc.nat(20_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(order, { maxLength: 8 }), async (orders) => {
        const head = new PtzHead({ clock });
        for (const { way, vector: to, waitMs } of orders) {
          if (way === "speed") head.moveContinuously(to, 5_000);
          else head.moveTo(to);
          await clock.advance(waitMs);
          const { pan, tilt, zoom } = head.position;
          expect(Math.abs(pan) <= 1 && Math.abs(tilt) <= 1 && zoom >= 0 && zoom <= 1).toBe(true);
        }
        head.stop();
        expect(head.isMoving).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a pull point", () => {
  const event = { topic: "tns1:VideoSource/MotionAlarm" };

  it("answers empty after its timeout, at once with a message, and never after its term", async () => {
    const clock = new FakeClock();
    const point = new PullPoint({ id: "1", clock, termMs: 60_000, filter: [] });
    const { signal } = new AbortController();
    const empty = point.pull(10, 5_000, signal);
    await clock.advance(5_000);
    expect(await empty).toEqual([]);
    const waiting = point.pull(10, 50_000, signal);
    point.push({ event, at: 1, operation: undefined });
    expect(await waiting).toHaveLength(1);
    const last = point.pull(10, 600_000, signal);
    await clock.advance(55_000);
    expect(await last).toEqual([]);
    expect(point.isOver).toBe(true);
    expect(clock.sleeping).toBe(0);
  });

  it("keeps the newest five hundred when nobody asks", async () => {
    const point = new PullPoint({ id: "1", clock: new FakeClock(), termMs: 1_000, filter: [] });
    for (let at = 0; at < 700; at += 1) point.push({ event, at, operation: undefined });
    const all = await point.pull(1_000, 0, new AbortController().signal);
    expect(all).toHaveLength(500);
    expect(all[0]?.at).toBe(200);
  });
});

describe("identities", () => {
  it("of a thousand cameras differ, and are the same each time", () => {
    const identities = demoSite(1_000).map((spec, index) => cameraIdentity("site", index, spec));
    for (const field of ["serial", "mac", "endpointReference"] as const) {
      expect(new Set(identities.map((identity) => identity[field])).size).toBe(1_000);
    }
    expect(cameraIdentity("site", 7, {})).toEqual(cameraIdentity("site", 7, {}));
    expect(cameraIdentity("other", 7, {}).serial).not.toBe(cameraIdentity("site", 7, {}).serial);
    for (const { serial, mac, endpointReference } of identities) {
      expect(serial).toMatch(/^\d{18}$/);
      expect(mac).toMatch(/^02(:[0-9a-f]{2}){5}$/);
      expect(endpointReference).toMatch(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  it("addresses go on after .254 with .1", () => {
    expect(addressAfter("127.77.0.1", 0)).toBe("127.77.0.1");
    expect(addressAfter("127.77.0.1", 253)).toBe("127.77.0.254");
    expect(addressAfter("127.77.0.1", 254)).toBe("127.77.1.1");
    expect(addressAfter("127.77.255.254", 1)).toBe("127.78.0.1");
    expect(() => addressAfter("255.255.255.254", 1)).toThrow(RangeError);
  });
});
