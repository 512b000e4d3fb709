import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseDigest, DigestSession, readChallenges } from "../../../electron/drivers/soap/http-digest.ts";

const body = new Uint8Array();

describe("HTTP authentication challenges", () => {
  test("are read from several headers, several in one, with blanks and quotes anywhere", () => {
    const challenges = readChallenges([
      'Digest realm="a, \\"b\\"" , qop = "auth, auth-int", nonce=abc, algorithm=MD5, Basic realm="x"',
      'digest  REALM="c",nonce="d",algorithm=SHA-256,stale=TRUE',
    ]);
    expect(challenges.map(({ scheme }) => scheme)).toEqual(["digest", "basic", "digest"]);
    expect(challenges[0]?.parameters.get("realm")).toBe('a, "b"');
    expect(challenges[0]?.parameters.get("qop")).toBe("auth, auth-int");
  });

  test("the strongest that we can answer is chosen; unknown hashes and qops are left", () => {
    const choose = (...values: string[]) => chooseDigest(readChallenges(values));
    expect(choose('Digest nonce="1"', 'Digest nonce="2", algorithm=SHA-256')?.nonce).toBe("2");
    expect(choose('Digest nonce="1", algorithm=SHA-3')).toBeUndefined();
    expect(choose('Digest nonce="1", qop="token"')).toBeUndefined();
    expect(choose('Digest nonce="1", algorithm="__proto__"')).toBeUndefined();
    expect(choose('Digest nonce="1", qop="auth-int , auth"')?.qop).toBe("auth");
    expect(choose('Digest nonce="1", stale=true')?.isStale).toBe(true);
    expect(choose('Basic realm="x"')).toBeUndefined();
  });

  test("reading never throws, whatever a device sends", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (values) => {
        chooseDigest(readChallenges(values));
      }),
    );
    expect(readChallenges([",".repeat(10_000), "a".repeat(100_000), '"'.repeat(5_000)]).length).toBeLessThan(
      5,
    );
  });
});

describe("digest answers", () => {
  const session = (header: string, clientNonce: string): DigestSession => {
    const challenge = chooseDigest(readChallenges([header]));
    if (challenge === undefined) throw new Error("no challenge");
    return new DigestSession(challenge, () => clientNonce);
  };
  const part = (header: string, name: string): string =>
    new RegExp(`${name}="?([^",]*)`).exec(header)?.[1] ?? "";

  test("equal the examples of RFC 7616, section 3.9.1", () => {
    const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    const clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    const request = {
      method: "GET",
      uri: "/dir/index.html",
      body,
      username: "Mufasa",
      password: "Circle of Life",
    };
    const answer = (algorithm: string): string =>
      session(
        `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}"`,
        clientNonce,
      ).authorize(request);
    expect(part(answer("MD5"), "response")).toBe("8ca523f5e9506fed4657c9700eebdbec");
    expect(part(answer("SHA-256"), "response")).toBe(
      "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    );
  });

  test("count the uses of a nonce, and hash passwords as UTF-8", () => {
    const own = session('Digest realm="r", nonce="n", qop="auth"', "c");
    const request = { method: "POST", uri: "/x", body, username: "ü", password: "pä" };
    expect(part(own.authorize(request), "nc")).toBe("00000001");
    const second = own.authorize(request);
    expect(part(second, "nc")).toBe("00000002");
    const md5 = (text: string): string => createHash("md5").update(text, "utf8").digest("hex");
    expect(part(second, "response")).toBe(md5(`${md5("ü:r:pä")}:n:00000002:c:auth:${md5("POST:/x")}`));
  });

  test("auth-int covers the body, and no text can break out of the header", () => {
    const own = session('Digest realm="r", nonce="n", qop="auth-int"', "c");
    const with1 = own.authorize({
      method: "POST",
      uri: "/x",
      body: Buffer.from("1"),
      username: "u",
      password: "p",
    });
    const with2 = session('Digest realm="r", nonce="n", qop="auth-int"', "c").authorize({
      method: "POST",
      uri: "/x",
      body: Buffer.from("2"),
      username: "u",
      password: "p",
    });
    expect(part(with1, "response")).not.toBe(part(with2, "response"));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (username) => {
        const header = session('Digest realm="r", nonce="n"', "c").authorize({
          method: "POST",
          uri: "/x",
          body,
          username,
          password: username,
        });
        expect(header).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
