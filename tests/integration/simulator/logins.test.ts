import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import {
  startSite,
  type SimulatedCamera,
  type Site,
  type SiteOptions,
} from "../../../electron/simulator/site.ts";
import { FakeClock } from "../../fixtures/fake-clock.ts";
import { deviceCall, digestHeader, envelope, post, usernameToken, type RawReply } from "./raw-soap.ts";
import { here } from "../../fixtures/address-block.ts";

let site: Site | undefined;
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

async function oneCamera(options: SiteOptions, clock?: FakeClock): Promise<SimulatedCamera> {
  const base = {
    cameras: 1,
    addressBase: here("127.82.11.1"),
    rtsp: false,
    discovery: { mode: "off" },
  } as const;
  site = await startSite({ ...base, ...options }, clock === undefined ? {} : { clock });
  const [camera] = site.cameras;
  if (camera === undefined) throw new Error("no camera");
  return camera;
}

const question = deviceCall("GetDeviceInformation");
const challengesOf = (reply: RawReply): string[] => {
  const header: unknown = reply.headers["www-authenticate"];
  return typeof header === "string" ? header.split(/, (?=Digest )/) : [];
};

describe("WS-UsernameToken", () => {
  const auth = { kind: "username-token", skewMs: 5_000 } as const;

  it("lets a right token in once and refuses its replay", async () => {
    const camera = await oneCamera({ auth });
    const token = usernameToken(camera);
    expect((await post(camera.deviceUrl, envelope(question, token))).status).toBe(200);
    const again = await post(camera.deviceUrl, envelope(question, token));
    expect(again.text).toContain("ter:NotAuthorized");
    expect(camera.counters.credentials.map((seen) => seen.outcome)).toEqual(["accepted", "replayed"]);
  });

  it("refuses a token whose time is further off than the window, by the camera's own clock", async () => {
    const camera = await oneCamera({ auth });
    camera.skewClock(3_600_000);
    expect((await post(camera.deviceUrl, envelope(question, usernameToken(camera)))).status).toBe(400);
    const dated = usernameToken({ ...credentials(camera), created: new Date(camera.now) });
    expect((await post(camera.deviceUrl, envelope(question, dated))).status).toBe(200);
    expect(camera.counters.credentials.map((seen) => seen.outcome)).toEqual(["skewed", "accepted"]);
    expect(camera.counters.wrongPasswords).toBe(0);
  });

  it("tells its time without any login", async () => {
    const camera = await oneCamera({ auth });
    camera.setFault({ kind: "clock-1970" });
    const reply = await post(camera.deviceUrl, envelope(deviceCall("GetSystemDateAndTime")));
    expect(reply.text).toContain("<tt:Year>1970</tt:Year>");
    camera.clearFault("clock-1970");
    expect(Math.abs(camera.now - Date.now())).toBeLessThan(1_000);
  });

  it("takes names and passwords with markup and other alphabets in them", async () => {
    const camera = await oneCamera({ auth, username: "wächter&<1>", password: "Straße-密码-\"'&" });
    const token = usernameToken({
      username: "wächter&amp;&lt;1&gt;",
      password: camera.password,
      nonce: randomBytes(16),
    });
    expect((await post(camera.deviceUrl, envelope(question, token))).status).toBe(200);
  });
});

describe("HTTP digest", () => {
  it.each([["MD5"], ["SHA-256"]] as const)("%s: asks, then lets the right answer in", async (algorithm) => {
    const camera = await oneCamera({ auth: { kind: "digest", algorithms: [algorithm] } });
    const asked = await post(camera.deviceUrl, envelope(question));
    expect(asked.status).toBe(401);
    const [challenge = ""] = challengesOf(asked);
    expect(challenge).toContain(`algorithm=${algorithm}`);
    const header = digestHeader({ challenge, url: camera.deviceUrl, ...credentials(camera) });
    expect((await post(camera.deviceUrl, envelope(question), { Authorization: header })).status).toBe(200);
    expect(camera.counters.challenges).toBe(1);
    expect(camera.counters.wrongPasswords).toBe(0);
  });

  it("offers both algorithms and checks the body under auth-int", async () => {
    const qop = "auth, auth-int" as const;
    const camera = await oneCamera({ auth: { kind: "digest", algorithms: ["MD5", "SHA-256"], qop } });
    const challenges = challengesOf(await post(camera.deviceUrl, envelope(question)));
    expect(challenges).toHaveLength(2);
    const [, challenge = ""] = challenges;
    const sent = envelope(question);
    const whole = {
      challenge,
      url: camera.deviceUrl,
      ...credentials(camera),
      qop: "auth-int",
      body: sent,
    } as const;
    expect((await post(camera.deviceUrl, sent, { Authorization: digestHeader(whole) })).status).toBe(200);
    const header = digestHeader({ ...whole, nc: "00000002" });
    const changed = envelope(deviceCall("GetUsers"));
    expect((await post(camera.deviceUrl, changed, { Authorization: header })).status).toBe(401);
  });

  it("answers a used count and an old nonce with stale, not with a wrong password", async () => {
    const clock = new FakeClock();
    const camera = await oneCamera({ auth: { kind: "digest", nonceLifetimeMs: 10_000 } }, clock);
    const [challenge = ""] = challengesOf(await post(camera.deviceUrl, envelope(question)));
    const parts = { challenge, url: camera.deviceUrl, ...credentials(camera) };
    const first = digestHeader(parts);
    expect((await post(camera.deviceUrl, envelope(question), { Authorization: first })).status).toBe(200);
    const replayed = await post(camera.deviceUrl, envelope(question), { Authorization: first });
    expect(challengesOf(replayed)[0]).toContain("stale=true");
    await clock.advance(11_000);
    const late = digestHeader({ ...parts, nc: "00000002" });
    const old = await post(camera.deviceUrl, envelope(question), { Authorization: late });
    expect(challengesOf(old)[0]).toContain("stale=true");
    expect(camera.counters.wrongPasswords).toBe(0);
  });
});

describe("a camera that locks accounts", () => {
  it("locks after the third wrong password, keeps the right one out, and opens again in time", async () => {
    const clock = new FakeClock();
    const lockout = { tries: 3, lockMs: 60_000 };
    const camera = await oneCamera({ auth: { kind: "username-token" }, lockout }, clock);
    const ask = (password: string): Promise<RawReply> => {
      const token = usernameToken({ username: camera.username, password, created: new Date(camera.now) });
      return post(camera.deviceUrl, envelope(question, token));
    };
    for (const guess of ["a", "b", "c"]) expect((await ask(guess)).status).toBe(400);
    expect(camera.counters.lockouts).toBe(1);
    const locked = await ask(camera.password);
    expect(locked.text).toContain("locked for another 60 s");
    expect(camera.counters.credentials.at(-1)?.outcome).toBe("locked");
    await clock.advance(60_000);
    expect((await ask(camera.password)).status).toBe(200);
  });

  it("forgets wrong passwords after a right one", async () => {
    const camera = await oneCamera({ auth: { kind: "username-token" }, lockout: { tries: 2 } });
    const ask = (password: string): Promise<RawReply> =>
      post(camera.deviceUrl, envelope(question, usernameToken({ username: camera.username, password })));
    for (const password of ["x", camera.password, "y", camera.password]) await ask(password);
    expect(camera.counters.lockouts).toBe(0);
    expect(camera.counters.wrongPasswords).toBe(2);
  });
});

describe("other ways in", () => {
  it("Basic only: says so, and lets the right login in", async () => {
    const camera = await oneCamera({ auth: { kind: "basic" } });
    const asked = await post(camera.deviceUrl, envelope(question));
    expect(asked.headers["www-authenticate"]).toMatch(/^Basic realm=/);
    const login = Buffer.from(`${camera.username}:${camera.password}`).toString("base64");
    const reply = await post(camera.deviceUrl, envelope(question), { Authorization: `Basic ${login}` });
    expect(reply.status).toBe(200);
  });

  it("none: answers, and notes a login that nobody asked for", async () => {
    const camera = await oneCamera({ auth: { kind: "none" } });
    expect((await post(camera.deviceUrl, envelope(question, usernameToken(camera)))).status).toBe(200);
    expect(camera.counters.credentials.map((seen) => seen.outcome)).toEqual(["unasked"]);
  });

  it("keeps operators from what administrators do", async () => {
    const camera = await oneCamera({ auth: { kind: "username-token" } });
    const users = `<User><Username xmlns="http://www.onvif.org/ver10/schema">guard</Username><Password xmlns="http://www.onvif.org/ver10/schema">pass-word</Password><UserLevel xmlns="http://www.onvif.org/ver10/schema">Operator</UserLevel></User>`;
    const made = await post(
      camera.deviceUrl,
      envelope(deviceCall("CreateUsers", users), usernameToken(camera)),
    );
    expect(made.status).toBe(200);
    const guard = (): string => usernameToken({ username: "guard", password: "pass-word" });
    expect((await post(camera.deviceUrl, envelope(question, guard()))).status).toBe(200);
    const reboot = await post(camera.deviceUrl, envelope(deviceCall("SystemReboot"), guard()));
    expect(reboot.text).toContain("ter:NotAuthorized");
    expect(camera.counters.reboots).toBe(0);
  });
});

function credentials(camera: SimulatedCamera): { username: string; password: string } {
  return { username: camera.username, password: camera.password };
}
