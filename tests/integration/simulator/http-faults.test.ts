import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  startSite,
  type FaultInput,
  type SimulatedCamera,
  type Site,
} from "../../../electron/simulator/site.ts";
import { deviceCall, envelope, post, rawExchange } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site;
let camera: SimulatedCamera;
const question = envelope(deviceCall("GetDeviceInformation"));

beforeAll(async () => {
  const options = { cameras: 1, addressBase: here("127.82.12.1"), rtsp: false } as const;
  site = await startSite({ ...options, auth: { kind: "none" }, discovery: { mode: "off" } });
  const [first] = site.cameras;
  if (first === undefined) throw new Error("no camera");
  camera = first;
});
afterEach(() => {
  camera.clearFaults();
  camera.counters.reset();
});
afterAll(() => site.stop());

const exchange = (enough: (received: Buffer, elapsedMs: number) => boolean): ReturnType<typeof rawExchange> =>
  rawExchange({ host: camera.host, port: camera.httpPort }, question, enough);

describe("faults of a camera's web server", () => {
  it("drop: resets the connection", async () => {
    camera.setFault({ kind: "drop" });
    const { received, error } = await exchange(() => false);
    expect(received.length).toBe(0);
    expect(error).toBe("ECONNRESET");
  });

  it("hang: counts the request and sends nothing", async () => {
    camera.setFault({ kind: "hang" });
    const { received } = await exchange((_, elapsedMs) => elapsedMs > 300);
    expect(received.length).toBe(0);
    expect(camera.counters.operation("GetDeviceInformation")).toBe(1);
  });

  it.each(["headers", "body"] as const)("drip: lets the %s through byte by byte", async (part) => {
    camera.setFault({ kind: "drip", part, bytes: 1, intervalMs: 20 });
    let steps = 0;
    let last = 0;
    const { received } = await exchange((bytes, elapsedMs) => {
      if (bytes.length > last) steps += 1;
      last = bytes.length;
      return elapsedMs > 600;
    });
    expect(steps).toBeGreaterThan(5);
    expect(received.includes("\r\n\r\n")).toBe(part === "body");
    expect(received.includes("</s:Envelope>")).toBe(false);
  });

  it("slow: answers well, late", async () => {
    camera.setFault({ kind: "slow", delayMs: 300 });
    const started = performance.now();
    const reply = await post(camera.deviceUrl, question);
    expect(reply.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });

  it("huge: sends as many bytes as asked for", async () => {
    camera.setFault({ kind: "huge", bytes: 3_000_000 });
    const reply = await post(camera.deviceUrl, question);
    expect(reply.body.length).toBeGreaterThan(3_000_000);
    expect(reply.body.length).toBeLessThan(3_010_000);
  });

  it("huge: stops when the caller leaves", async () => {
    camera.setFault({ kind: "huge", bytes: 1_000_000_000 });
    const { received } = await exchange((bytes) => bytes.length > 2_000_000);
    expect(received.length).toBeLessThan(20_000_000);
  });

  it.each<[FaultInput, RegExp]>([
    [{ kind: "deep-xml", depth: 5_000 }, /(<a>){5000}/],
    [{ kind: "entity", flavour: "bomb" }, /<!ENTITY e9 "(&e8;){10}">.*&e9;/s],
    [{ kind: "entity", flavour: "external" }, /SYSTEM "file:\/\/\/etc\/passwd".*&e9;/s],
    [{ kind: "soap-fault", subcode: "ter:ActionNotSupported" }, /ter:ActionNotSupported/],
  ])("%o replaces the reply", async (fault, expected) => {
    camera.setFault(fault);
    expect((await post(camera.deviceUrl, question)).text).toMatch(expected);
  });

  it.each<[FaultInput, number]>([
    [{ kind: "html-error", status: 404 }, 404],
    [{ kind: "html-error" }, 500],
    [{ kind: "bare-401" }, 401],
    [{ kind: "redirect", to: `http://${here("127.82.12.99")}:9/else` }, 302],
  ])("%o has its status", async (fault, status) => {
    camera.setFault(fault);
    const reply = await post(camera.deviceUrl, question);
    expect(reply.status).toBe(status);
    expect(reply.headers["www-authenticate"]).toBeUndefined();
    if (fault.kind === "redirect") expect(reply.headers["location"]).toBe(fault.to);
  });

  it("bad-utf8: the reply holds bytes that are no UTF-8", async () => {
    camera.setFault({ kind: "bad-utf8" });
    const reply = await post(camera.deviceUrl, question);
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(reply.body)).toThrow(TypeError);
  });

  it("garbage: is not XML at all", async () => {
    camera.setFault({ kind: "garbage" });
    expect((await post(camera.deviceUrl, question)).text).not.toContain("Envelope");
  });

  it("truncated: closes in the middle of the reply", async () => {
    camera.setFault({ kind: "truncated" });
    await expect(post(camera.deviceUrl, question)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  it("huge: thousands of pieces wait for a slow reader without leaving a listener behind", async () => {
    camera.setFault({ kind: "huge", bytes: 30_000_000 });
    const warnings: string[] = [];
    const hear = (warning: Error): void => void warnings.push(warning.name);
    process.on("warning", hear);
    try {
      expect((await post(camera.deviceUrl, question)).body.length).toBeGreaterThan(30_000_000);
      // Warnings are told a turn later.
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off("warning", hear);
    }
    expect(warnings).toEqual([]);
  });

  it("a fault for one operation leaves the others alone, and ends after so many times", async () => {
    camera.setFault({ kind: "html-error", operations: ["GetDeviceInformation"], times: 2 });
    const time = envelope(deviceCall("GetSystemDateAndTime"));
    expect((await post(camera.deviceUrl, time)).status).toBe(200);
    const seen: number[] = [];
    for (let tries = 0; tries < 3; tries += 1) seen.push((await post(camera.deviceUrl, question)).status);
    expect(seen).toEqual([500, 500, 200]);
    expect(camera.faults).toEqual([]);
    expect(camera.counters.snapshot().faults).toEqual({ "html-error": 2 });
  });

  it("refuses a fault that does not exist", () => {
    expect(() => camera.setFault({ kind: "html-error", status: 200 })).toThrow(/status/);
    expect(camera.faults).toEqual([]);
  });

  it("survives requests that are no SOAP", async () => {
    for (const body of ["", "<", "<a/>", "GET", `<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`, "\u0000\u0001"]) {
      expect((await post(camera.deviceUrl, body)).status).toBe(400);
    }
    expect((await post(camera.deviceUrl, Buffer.alloc(2_000_000, "x"))).status).toBe(413);
    expect((await post(camera.deviceUrl.replace("device_service", "nowhere"), question)).status).toBe(404);
    expect((await post(camera.deviceUrl, question)).status).toBe(200);
    expect(camera.counters.operation("unreadable")).toBe(6);
  });
});
