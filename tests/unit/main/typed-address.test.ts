import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTypedAddress, TypedAddressError } from "../../../electron/main/discovery/typed-address.ts";

const path = "/onvif/device_service";
const one = (typed: string) => readTypedAddress(typed).map(({ host, port, tls }) => ({ host, port, tls }));

describe("an address that a person types", () => {
  it("is taken as it is meant: IPv4, IPv6, name, port, URL", () => {
    expect(one("10.0.0.5:8080")).toEqual([{ host: "10.0.0.5", port: 8080, tls: false }]);
    expect(one("[::1]:8443")).toEqual([{ host: "::1", port: 8443, tls: true }]);
    expect(readTypedAddress("https://camera.local/")).toEqual([
      { host: "camera.local", port: 443, tls: true, path },
    ]);
    expect(readTypedAddress("fe80::1%eth0").every(({ host }) => host === "fe80::1%eth0")).toBe(true);
  });

  it("may be a URL whose link-local address has a zone, as people and as RFC 6874 write it", () => {
    for (const zone of ["%eth0", "%25eth0"])
      expect(readTypedAddress(`http://[fe80::0001${zone}]:8080/x`)).toEqual([
        { host: "fe80::1%eth0", port: 8080, tls: false, path: "/x" },
      ]);
    expect(one("[fe80::1%12]:80")).toEqual([{ host: "fe80::1%12", port: 80, tls: false }]);
  });

  it("is refused in words when it is none, and nothing else is ever thrown", () => {
    for (const typed of ["", "fe80::1%", "http://[fe80::1%]/", "http://a:b@10.0.0.5/", "1.2.3.4:0", "::1:x"])
      expect(() => readTypedAddress(typed)).toThrow(TypedAddressError);
    const text = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.ipV6().map((address) => `http://[${address}%25a]/`),
    );
    fc.assert(
      fc.property(text, (typed) => {
        try {
          for (const { host, port } of readTypedAddress(typed)) {
            expect(host).not.toBe("");
            expect(port).toBeGreaterThan(0);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(TypedAddressError);
        }
      }),
    );
  });
});
