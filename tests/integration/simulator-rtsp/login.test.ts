import { describe, expect, it } from "vitest";
import type { RtspAuth } from "../../../electron/simulator/rtsp/rtsp-auth.ts";
import { cameraShowing } from "./camera-under-test.ts";
import { digest, RawClient } from "./raw-client.ts";
import { here } from "../../fixtures/address-block.ts";

const login = { username: "admin", password: "watchfloor-demo" };
const passwordOf = (username: string): string | undefined =>
  username === login.username ? login.password : undefined;

async function asked(auth: RtspAuth, host: string, use: (client: RawClient, uri: string) => Promise<void>) {
  await using camera = await cameraShowing("gate", { host, auth });
  const client = await RawClient.open(camera.host, camera.server.port);
  await use(client, `${camera.base}/main`);
  client.close();
  return camera.server.counters;
}

describe("logins of the simulated RTSP server", () => {
  it.each([
    ["MD5 without qop", { kind: "digest", algorithms: ["MD5"], passwordOf }],
    ["MD5 with qop", { kind: "digest", algorithms: ["MD5"], qop: "auth", passwordOf }],
    ["SHA-256", { kind: "digest", algorithms: ["SHA-256"], qop: "auth", passwordOf }],
  ] as const)("takes digest %s and refuses a wrong password", async (_, auth) => {
    const counters = await asked(auth, here("127.83.2.1"), async (client, uri) => {
      const refused = await client.request("DESCRIBE", uri);
      expect(refused.status).toBe(401);
      const challenge = refused.headers.get("www-authenticate") ?? "";
      const wrong = { ...login, password: "wrong" };
      const again = await client.request("DESCRIBE", uri, {
        Authorization: digest(challenge, wrong, "DESCRIBE", uri),
      });
      expect(again.status).toBe(401);
      const fresh = again.headers.get("www-authenticate") ?? "";
      const accepted = await client.request("DESCRIBE", uri, {
        Authorization: digest(fresh, login, "DESCRIBE", uri),
      });
      expect(accepted.status).toBe(200);
      expect(accepted.body).toContain("sprop-parameter-sets=");
    });
    expect(counters.refusedLogins).toBe(1);
  });

  it("says stale when only the nonce is too old", async () => {
    const auth: RtspAuth = { kind: "digest", algorithms: ["MD5"], nonceLifetimeMs: 0, passwordOf };
    const counters = await asked(auth, here("127.83.2.2"), async (client, uri) => {
      const first = await client.request("DESCRIBE", uri);
      const challenge = first.headers.get("www-authenticate") ?? "";
      const second = await client.request("DESCRIBE", uri, {
        Authorization: digest(challenge, login, "DESCRIBE", uri),
      });
      expect(second.status).toBe(401);
      expect(second.headers.get("www-authenticate")).toContain("stale=true");
    });
    expect(counters.refusedLogins).toBe(0);
  });

  it("takes Basic only where it is set so", async () => {
    const basic = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    await asked({ kind: "basic", passwordOf }, here("127.83.2.3"), async (client, uri) => {
      expect((await client.request("DESCRIBE", uri)).headers.get("www-authenticate")).toMatch(/^Basic /);
      expect((await client.request("DESCRIBE", uri, { Authorization: basic })).status).toBe(200);
    });
    await asked(
      { kind: "digest", algorithms: ["MD5"], passwordOf },
      here("127.83.2.3"),
      async (client, uri) => {
        expect((await client.request("DESCRIBE", uri, { Authorization: basic })).status).toBe(401);
      },
    );
  });
});
