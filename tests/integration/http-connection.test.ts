import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterEach, describe, expect, test } from "vitest";
import { HttpConnection } from "../../electron/drivers/soap/http-connection.ts";
import { SoapError } from "../../electron/drivers/soap/soap-error.ts";
import { here } from "../fixtures/address-block.ts";

const host = here("127.85.120.1");
const endings: (() => void)[] = [];
afterEach(() => {
  for (let end = endings.pop(); end !== undefined; end = endings.pop()) end();
});

const certificate = (name: string): { key: string; cert: string } => {
  const read = (kind: string): string =>
    readFileSync(new URL(`../fixtures/certificates/${name}.${kind}.pem`, import.meta.url), "utf8");
  return { key: read("key"), cert: read("cert") };
};

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  endings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function connection(port: number, tls: boolean, fingerprint: string | null = null): HttpConnection {
  const own = new HttpConnection({ host, port, tls, fingerprint });
  endings.push(() => own.close());
  return own;
}

const ask = (own: HttpConnection, deadlineMs = 1_000, maxBytes = 10_000) =>
  own.exchange({
    method: "POST",
    path: "/x",
    headers: { Authorization: "secret" },
    body: Buffer.from("hello"),
    deadlineMs,
    maxBytes,
  });

const reasonOf = async (reply: Promise<unknown>): Promise<string> => {
  try {
    await reply;
    return "answered";
  } catch (error) {
    if (error instanceof SoapError) return error.reason;
    throw error;
  }
};

describe("HTTPS", () => {
  test("the first certificate met is trusted, another one later gets to see nothing", async () => {
    let requests = 0;
    const answer: RequestListener = (_request, response) => {
      requests += 1;
      response.end("ok");
    };
    const first = createTlsServer(certificate("first"), answer);
    const port = await listen(first, 0);
    const own = connection(port, true);
    expect(await reasonOf(ask(own))).toBe("answered");
    const { fingerprint } = own;
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await reasonOf(ask(connection(port, true, fingerprint)))).toBe("answered");
    first.closeAllConnections();
    await new Promise<void>((resolve) => first.close(() => resolve()));
    await listen(createTlsServer(certificate("second"), answer), port);
    const before = requests;
    expect(await reasonOf(ask(own))).toBe("identity-changed");
    expect(await reasonOf(ask(connection(port, true, fingerprint)))).toBe("identity-changed");
    expect(requests).toBe(before);
  });

  test("a plain server behind an https address is said, not hung on", async () => {
    const port = await listen(
      createHttpServer((_request, response) => response.end("ok")),
      0,
    );
    expect(["garbage", "closed"]).toContain(await reasonOf(ask(connection(port, true))));
  });
});

describe("HTTP", () => {
  test("a byte now and then does not extend the deadline", async () => {
    const server = createHttpServer((_request, response) => {
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    });
    const port = await listen(server, 0);
    const startedMs = performance.now();
    expect(await reasonOf(ask(connection(port, false), 400))).toBe("timeout");
    expect(performance.now() - startedMs).toBeLessThan(1_500);
  });

  test("answers are cut at their limit, announced or not", async () => {
    const port = await listen(
      createHttpServer((request, response) => {
        if (request.url === "/x") response.write("x".repeat(20_000));
        response.end();
      }),
      0,
    );
    expect(await reasonOf(ask(connection(port, false)))).toBe("too-large");
  });

  test("a kept-alive socket that died meanwhile is replaced without anybody noticing", async () => {
    let requests = 0;
    const server = createHttpServer((request, response) => {
      requests += 1;
      response.end("ok");
      setImmediate(() => request.socket.destroy());
    });
    const port = await listen(server, 0);
    const own = connection(port, false);
    for (let n = 0; n < 5; n += 1) expect(await reasonOf(ask(own))).toBe("answered");
    expect(requests).toBe(5);
  });

  test("a cancelled call ends at once", async () => {
    const port = await listen(
      createHttpServer(() => undefined),
      0,
    );
    const ends = new AbortController();
    const asked = connection(port, false).exchange({
      method: "GET",
      path: "/",
      headers: {},
      body: new Uint8Array(),
      deadlineMs: 10_000,
      maxBytes: 100,
      signal: ends.signal,
    });
    ends.abort(new Error("over"));
    expect(await reasonOf(asked)).toBe("closed");
  });
});
