import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FaultInput } from "../../electron/simulator/fault.ts";
import type { AuthSpec, SiteOptions } from "../../electron/simulator/site-options.ts";
import type { AdoptOutcome } from "../../shared/contract/devices.ts";
import { openConsole, type ConsoleBench } from "./console-bench.ts";
import { here } from "../fixtures/address-block.ts";

let bench: ConsoleBench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

async function open(options: SiteOptions): Promise<ConsoleBench> {
  bench = await openConsole({ discovery: { mode: "off" }, ...options });
  return bench;
}

async function adopt(
  { devices, add, site }: ConsoleBench,
  credentials: Parameters<ConsoleBench["devices"]["adopt"]>[1],
  index = 0,
): Promise<AdoptOutcome> {
  const camera = site.cameras[index];
  if (camera === undefined) throw new Error("no such camera");
  const sighting = await add(camera);
  const adopted = await devices.adopt([sighting.id], credentials);
  if (!adopted.ok || adopted.value[0] === undefined) throw new Error("not adopted");
  return adopted.value[0];
}

describe("adopting every kind of camera", () => {
  test("the demo site is adopted in order with exact texts, streams, sound, PTZ and events", async () => {
    const { site, sightings, login, devices } = await open({
      cameras: 9,
      addressBase: here("127.85.30.1"),
      discovery: { mode: "multicast" },
    });
    const right = await login("admin", "watchfloor-demo");
    const seen = await sightings();
    expect(seen).toHaveLength(9);
    const adopted = await devices.adopt(
      seen.map(({ id }) => id),
      [right],
    );
    expect(adopted.ok && adopted.value.filter(({ kind }) => kind === "adopted")).toHaveLength(9);
    const stored = devices.list();
    for (const [index, camera] of site.cameras.entries()) {
      const device = stored.find(({ identity }) => identity.endpointReference === camera.endpointReference);
      expect(device?.identity).toEqual({
        mac: camera.mac,
        serial: camera.serial,
        maker: camera.maker,
        model: camera.model,
        firmware: camera.firmware,
        hardwareId: expect.any(String),
        endpointReference: camera.endpointReference,
      });
      expect(device?.hasEvents).toBe(true);
      expect(device?.channels).toHaveLength(1);
      const [channel] = device?.channels ?? [];
      expect(channel).toMatchObject({ number: index + 1, name: camera.name });
      expect(channel?.streams.find(({ role }) => role === "main")?.uri).toBe(camera.mainUri);
      expect(channel?.streams.find(({ role }) => role === "sub")?.uri).toBe(camera.subUri);
      expect(Math.abs(device?.clockOffsetMs ?? 9_999)).toBeLessThan(300);
      expect(camera.counters.wrongPasswords).toBe(0);
    }
    const by = (name: string) => stored.find((device) => device.name === name);
    expect(by("Loading bay")?.channels[0]?.streams.map(({ codec }) => codec)).toContain("H265");
    expect(by("Lobby")?.channels[0]?.streams[0]?.audioCodec).toBe("AAC");
    expect(by("Car park")?.channels[0]?.ptz).toBe(true);
    expect(by("Gate")?.identity.firmware).toBe("5.50");
    expect(by("Server room")).toMatchObject({ login: "none", credentialId: null });
    expect(by("Perimeter")?.login).toBe("ws-username-token");
    expect(seen.length).toBe(devices.list().length);
  });

  test("MD5, SHA-256, both, qop lists with blanks, tokens with a tight clock: each in one refusal-free login", async () => {
    const digest = { kind: "digest", nonceLifetimeMs: 300_000, alsoUsernameToken: false } as const;
    const auths: readonly AuthSpec[] = [
      { ...digest, algorithms: ["MD5"], qop: "auth" },
      { ...digest, algorithms: ["SHA-256"], qop: "auth" },
      { ...digest, algorithms: ["MD5", "SHA-256"], qop: "auth, auth-int" },
      { kind: "username-token", skewMs: 1_500, replayCheck: true },
    ];
    const board = await open({
      cameras: auths.map((auth) => ({ auth, clockOffsetMs: -3_600_000 })),
      addressBase: here("127.85.31.1"),
      password: "pässwörd & <1>",
    });
    const right = await board.login("admin", "pässwörd & <1>");
    for (const [index, auth] of auths.entries()) {
      expect(await adopt(board, [right], index)).toMatchObject({ kind: "adopted" });
      const counters = board.site.cameras[index]?.counters;
      const outcomes = new Set(counters?.credentials.map(({ outcome }) => outcome));
      outcomes.delete("unasked"); // A known nonce is used at once, also where the camera would not have asked.
      expect([auth.kind, [...outcomes]]).toEqual([auth.kind, ["accepted"]]);
    }
    for (const device of board.devices.list()) {
      expect(Math.abs((device.clockOffsetMs ?? 0) + 3_600_000)).toBeLessThan(300);
    }
  });

  test("an expired nonce is renewed without a refusal", async () => {
    const board = await open({
      cameras: 1,
      addressBase: here("127.85.32.1"),
      auth: {
        kind: "digest",
        algorithms: ["MD5"],
        qop: "auth",
        nonceLifetimeMs: 30,
        alsoUsernameToken: false,
      },
    });
    const right = await board.login("admin", "watchfloor-demo");
    expect(await adopt(board, [right])).toMatchObject({ kind: "adopted" });
    expect(board.site.cameras[0]?.counters.wrongPasswords).toBe(0);
  });

  test("a password is never sent in the clear", async () => {
    const board = await open({ cameras: 1, addressBase: here("127.85.33.1"), auth: { kind: "basic" } });
    const right = await board.login("admin", "watchfloor-demo");
    expect(await adopt(board, [right])).toMatchObject({ kind: "failed", reason: "not-supported" });
    const seen = board.site.cameras[0]?.counters.credentials ?? [];
    expect(seen.filter(({ via }) => via === "http-basic")).toEqual([]);
  });
});

describe("wrong logins", () => {
  test.each(["digest", "username-token"] as const)(
    "%s: one refusal per login, then the right one works",
    async (kind) => {
      const auth: AuthSpec =
        kind === "digest"
          ? { kind, algorithms: ["MD5"], qop: "auth", nonceLifetimeMs: 300_000, alsoUsernameToken: true }
          : { kind, skewMs: 5_000, replayCheck: true };
      const board = await open({
        cameras: 1,
        addressBase: kind === "digest" ? here("127.85.34.1") : here("127.85.35.1"),
        auth,
        lockout: { tries: 3, lockMs: 60_000 },
      });
      const logins = [
        await board.login("admin", "wrong"),
        await board.login("root", "wrong too"),
        await board.login("admin", "watchfloor-demo"),
      ];
      expect(await adopt(board, logins)).toMatchObject({ kind: "adopted" });
      const counters = board.site.cameras[0]?.counters;
      expect(counters?.wrongPasswords).toBe(2);
      expect(counters?.lockouts).toBe(0);
      expect(board.devices.list()[0]?.credentialId).toBe(logins[2]);
    },
  );

  test("many wrong logins never lock the account, and the words say what happened", async () => {
    const board = await open({
      cameras: 1,
      addressBase: here("127.85.36.1"),
      lockout: { tries: 5, lockMs: 60_000 },
    });
    const logins = await Promise.all(Array.from({ length: 8 }, (_, n) => board.login("admin", `wrong ${n}`)));
    expect(await adopt(board, logins)).toMatchObject({
      kind: "failed",
      reason: "unauthorised",
      detail: "none of 3 logins is right; 5 more not tried, so that the account is not locked",
    });
    expect(board.site.cameras[0]?.counters).toMatchObject({ wrongPasswords: 3, lockouts: 0 });
  });

  test("a locked account is told apart from a wrong password and left alone", async () => {
    const board = await open({
      cameras: 1,
      addressBase: here("127.85.37.1"),
      lockout: { tries: 1, lockMs: 60_000 },
    });
    const wrong = await board.login("admin", "wrong");
    await adopt(board, [wrong]);
    const right = await board.login("admin", "watchfloor-demo");
    const outcome = await adopt(board, [right]);
    expect(outcome).toMatchObject({ kind: "failed" });
    expect(outcome.kind === "failed" && ["locked-out", "unauthorised"].includes(outcome.reason)).toBe(true);
    expect(board.devices.list()).toEqual([]);
  });
});

describe("cameras that misbehave", () => {
  const faults: readonly (readonly [FaultInput, readonly string[]])[] = [
    [{ kind: "hang" }, ["timeout"]],
    [{ kind: "drip", intervalMs: 200 }, ["timeout"]],
    [{ kind: "huge", bytes: 20_000_000 }, ["too-large"]],
    [{ kind: "deep-xml" }, ["garbage"]],
    [{ kind: "entity", flavour: "bomb" }, ["garbage"]],
    [{ kind: "entity", flavour: "external" }, ["garbage"]],
    [{ kind: "garbage" }, ["garbage"]],
    [{ kind: "truncated" }, ["closed", "garbage"]],
    [{ kind: "html-error", status: 500 }, ["garbage"]],
    [{ kind: "html-error", status: 404 }, ["not-found"]],
    [{ kind: "redirect", to: `http://${here("127.85.38.200")}:9998/steal` }, ["garbage"]],
    [{ kind: "drop" }, ["closed"]],
  ];
  let board: ConsoleBench;
  beforeEach(async () => {
    board = await open({ cameras: 1, addressBase: here("127.85.38.1") });
  });

  test.each(faults)(
    "%j ends in one outcome in words, within seconds, and the camera can be adopted after",
    async (fault, reasons) => {
      const right = await board.login("admin", "watchfloor-demo");
      const camera = board.site.cameras[0];
      if (camera === undefined) throw new Error("no camera");
      const decoy = await board.site.addDecoy({ host: here("127.85.38.200"), port: 9_998 });
      const sighting = await board.add(camera);
      camera.setFault(fault);
      const startedMs = performance.now();
      const broken = await board.devices.adopt([sighting.id], [right]);
      expect(performance.now() - startedMs).toBeLessThan(12_000);
      const outcome = broken.ok ? broken.value[0] : undefined;
      expect(outcome?.kind === "failed" && reasons.includes(outcome.reason) ? "expected" : outcome).toBe(
        "expected",
      );
      expect(outcome?.kind === "failed" && outcome.detail.length > 5).toBe(true);
      expect(decoy.connections).toBe(0);
      camera.clearFaults();
      const whole = await board.devices.adopt([sighting.id], [right]);
      expect(whole.ok && whole.value[0]?.kind).toBe("adopted");
    },
  );
});
