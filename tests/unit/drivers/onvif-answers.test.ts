import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClockFit } from "../../../electron/drivers/onvif/clock-fit.ts";
import { readDeviceTime } from "../../../electron/drivers/onvif/device-calls.ts";
import {
  readMedia2Profiles,
  readMediaProfiles,
  type MediaProfile,
} from "../../../electron/drivers/onvif/media-profiles.ts";
import { readInterfaceMac } from "../../../electron/drivers/onvif/network-calls.ts";
import { chooseRoles } from "../../../electron/drivers/onvif/stream-roles.ts";
import { pinStreamUri } from "../../../electron/drivers/onvif/stream-uri.ts";
import { readEnvelope } from "../../../electron/drivers/soap/envelope.ts";
import { faultError, SoapError } from "../../../electron/drivers/soap/soap-error.ts";
import { usernameTokenHeader } from "../../../electron/drivers/soap/username-token.ts";
import { parseXml, textAt } from "../../../electron/drivers/soap/xml.ts";
import { Stream } from "../../../shared/model/stream.ts";

describe("clock", () => {
  const reply = (date: string, time: string): number | undefined =>
    readDeviceTime(
      parseXml(
        `<R><SystemDateAndTime><UTCDateTime><Time>${time}</Time><Date>${date}</Date></UTCDateTime></SystemDateAndTime></R>`,
      ),
    );
  const date = "<Year>1970</Year><Month>1</Month><Day>2</Day>";

  test("is read from the UTC fields; nonsense is no time", () => {
    expect(reply(date, "<Hour>1</Hour><Minute>2</Minute><Second>3</Second>")).toBe(86_400_000 + 3_723_000);
    expect(reply(date, "<Hour>25</Hour><Minute>2</Minute><Second>3</Second>")).toBeUndefined();
    expect(reply(date, "<Hour>x</Hour>")).toBeUndefined();
    expect(readDeviceTime(parseXml("<R/>"))).toBeUndefined();
  });

  test("whole seconds narrow down to the true offset, and a jump starts anew", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 15, maxLength: 30 }),
        (offset, steps) => {
          const fit = new ClockFit();
          let at = 1_700_000_000_000;
          const ask = (by: number): ReturnType<ClockFit["add"]> => {
            at += by;
            return fit.add({
              deviceAt: Math.floor((at + 5 + offset) / 1_000) * 1_000,
              sentAt: at,
              receivedAt: at + 10,
            });
          };
          let time = ask(0);
          for (const step of steps) time = ask(step);
          expect(Math.abs(time.offsetMs - offset)).toBeLessThanOrEqual(time.uncertaintyMs + 1);
          at += 1_000;
          const jumped = fit.add({ deviceAt: at + offset + 90_000, sentAt: at, receivedAt: at + 10 });
          expect(Math.abs(jumped.offsetMs - offset - 90_000)).toBeLessThan(1_100);
        },
      ),
    );
  });
});

describe("profiles", () => {
  const media1 = `<R><Profiles token="1" fixed="true"><Name>Main</Name>
    <VideoSourceConfiguration token="v"><SourceToken>src</SourceToken></VideoSourceConfiguration>
    <VideoEncoderConfiguration token="e"><Encoding>H264</Encoding><Resolution><Width>1920</Width><Height>1080</Height></Resolution>
    <RateControl><FrameRateLimit>25</FrameRateLimit><BitrateLimit>4096</BitrateLimit></RateControl><H264><GovLength>50</GovLength></H264></VideoEncoderConfiguration>
    <AudioEncoderConfiguration token="a"><Encoding>G711</Encoding></AudioEncoderConfiguration><PTZConfiguration token="p"/></Profiles>
    <Profiles token="audio-only"><Name>x</Name></Profiles></R>`;
  const media2 = `<R><Profiles token="007"><Name>Sub</Name><Configurations><VideoSource token="v"><SourceToken>src</SourceToken></VideoSource>
    <VideoEncoder token="e" GovLength="40" Profile="Main"><Encoding>H265</Encoding><Resolution><Width>640</Width><Height>360</Height></Resolution>
    <RateControl ConstantBitRate="false"><FrameRateLimit>12.5</FrameRateLimit><BitrateLimit>512</BitrateLimit></RateControl></VideoEncoder>
    <AudioEncoder token="a"><Encoding>MP4A-LATM</Encoding></AudioEncoder></Configurations></Profiles></R>`;

  test("of both media services are read with size, rate, sound and PTZ, tokens as text", () => {
    expect(readMediaProfiles(parseXml(media1))).toEqual([
      {
        token: "1",
        name: "Main",
        sourceToken: "src",
        hasPtz: true,
        codec: "H264",
        width: 1920,
        height: 1080,
        fps: 25,
        bitrateKbps: 4096,
        govLength: 50,
        audioCodec: "PCMU",
      },
    ]);
    expect(readMedia2Profiles(parseXml(media2))).toEqual([
      {
        token: "007",
        name: "Sub",
        sourceToken: "src",
        hasPtz: false,
        codec: "H265",
        width: 640,
        height: 360,
        fps: 12.5,
        bitrateKbps: 512,
        govLength: 40,
        audioCodec: "AAC",
      },
    ]);
  });

  test("odd figures never leave the stream model", () => {
    const figure = fc.oneof(fc.string(), fc.constantFrom("-1", "1e9", "NaN", "", "99999999999", "30.5"));
    fc.assert(
      fc.property(figure, figure, figure, (width, rate, gov) => {
        const escape = (text: string): string => text.replaceAll(/[^\w.-]/g, "");
        const xml = media1
          .replace("1920", escape(width))
          .replace("25", escape(rate))
          .replace("50", escape(gov));
        for (const profile of readMediaProfiles(parseXml(xml))) {
          const { token, name, sourceToken: _source, hasPtz: _ptz, ...facts } = profile;
          const stream = Stream.safeParse({
            ...facts,
            role: "main",
            profileToken: token,
            profileName: name,
            uri: "",
          });
          expect(stream.error).toBeUndefined();
        }
      }),
    );
  });

  const profile = (
    token: string,
    width: number,
    height: number,
    codec: MediaProfile["codec"] = "H264",
  ): MediaProfile => ({
    token,
    name: "",
    sourceToken: "s",
    hasPtz: false,
    codec,
    width,
    height,
    fps: 25,
    bitrateKbps: 1,
    govLength: 1,
    audioCodec: null,
  });

  test("the largest is main, the one nearest to a tile is sub, the rest other", () => {
    const roles = chooseRoles([
      profile("tiny", 176, 144),
      profile("4k", 3840, 2160, "H265"),
      profile("jpeg", 640, 360, "JPEG"),
      profile("sub", 704, 576),
    ]);
    expect(Object.fromEntries(roles)).toEqual({ tiny: "other", "4k": "main", jpeg: "other", sub: "sub" });
    expect(chooseRoles([profile("one", 640, 480)]).get("one")).toBe("main");
    expect(chooseRoles([profile("j", 640, 480, "JPEG")]).get("j")).toBe("main");
    expect(chooseRoles([]).size).toBe(0);
  });
});

describe("stream addresses", () => {
  test("keep path and port, lose logins, and stay at the device's own host", () => {
    expect(pinStreamUri("rtsp://u:p@10.0.0.9:8554/a?b=c", "10.0.0.5")).toEqual({
      uri: "rtsp://10.0.0.5:8554/a?b=c",
      foreignHost: "10.0.0.9",
    });
    expect(pinStreamUri(" RTSP://10.0.0.5/main ", "10.0.0.5")).toEqual({
      uri: "rtsp://10.0.0.5/main",
      foreignHost: null,
    });
    expect(pinStreamUri("rtsp://[fe80::1]:554/x", "fe80::1")).toEqual({
      uri: "rtsp://[fe80::1]:554/x",
      foreignHost: null,
    });
    expect(pinStreamUri("http://10.0.0.5/x", "10.0.0.5")).toBeUndefined();
    expect(pinStreamUri("rtsp://10.0.0.5/main\ufffd", "10.0.0.5")).toBeUndefined();
    expect(pinStreamUri("rtsp://10.0.0.5:99999/x", "10.0.0.5")).toBeUndefined();
  });

  test("nothing a device says leads to another host", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const pinned = pinStreamUri(`rtsp://${text}`, "10.0.0.5");
        expect(pinned?.uri ?? "rtsp://10.0.0.5/").toMatch(/^rtsp:\/\/10\.0\.0\.5[:/?]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("SOAP answers", () => {
  const soap = (body: string): Buffer =>
    Buffer.from(`<E:Envelope xmlns:E="x"><E:Body>${body}</E:Body></E:Envelope>`);

  test("faults of SOAP 1.1 and 1.2 tell why, with the device's words", () => {
    const reasonOf = (body: string): readonly [string, string] => {
      const content = readEnvelope(soap(body));
      if (content.kind !== "fault") throw new Error("no fault");
      const error = faultError(content.fault, 400, false);
      return [error.reason, error.message];
    };
    const fault = (sub: string, text: string): string =>
      `<E:Fault><E:Code><E:Value>E:Sender</E:Value><E:Subcode><E:Value>${sub}</E:Value></E:Subcode></E:Code><E:Reason><E:Text>${text}</E:Text></E:Reason></E:Fault>`;
    expect(reasonOf(fault("ter:NotAuthorized", "x"))).toEqual([
      "unauthorised",
      "the device asks for a login",
    ]);
    expect(reasonOf(fault("ter:ActionNotSupported", "no such thing"))).toEqual([
      "not-supported",
      "the device cannot do this: no such thing",
    ]);
    expect(reasonOf(fault("ter:NotAuthorized", "Account is locked"))[0]).toBe("locked-out");
    expect(
      reasonOf(
        "<E:Fault><faultcode>wsse:FailedAuthentication</faultcode><faultstring>no</faultstring></E:Fault>",
      )[0],
    ).toBe("unauthorised");
  });

  test("whatever comes, it is a value or a SoapError", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string().map((text) => soap(text)),
        ),
        (bytes) => {
          try {
            readEnvelope(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(SoapError);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("the hardware address is that of the first enabled card", () => {
    const card = (enabled: string, mac: string): string =>
      `<NetworkInterfaces><Enabled>${enabled}</Enabled><Info><HwAddress>${mac}</HwAddress></Info></NetworkInterfaces>`;
    expect(
      readInterfaceMac(
        parseXml(`<R>${card("false", "00:00:00:00:00:02")}${card("true", "00-11-22-33-44-55")}</R>`),
      ),
    ).toBe("00:11:22:33:44:55");
    expect(readInterfaceMac(parseXml(`<R>${card("true", "none")}</R>`))).toBeNull();
  });

  test("a token is dated by the device's time and survives any user name", () => {
    const header = usernameTokenHeader({
      username: 'a&b<"',
      password: "ü",
      deviceTime: 0,
      nonce: new Uint8Array([1, 2, 3]),
    });
    const token = parseXml(`<x xmlns:s="y">${header}</x>`);
    expect(textAt(token, "Security", "UsernameToken", "Username")).toBe('a&b<"');
    expect(textAt(token, "Security", "UsernameToken", "Created")).toBe("1970-01-01T00:00:00.000Z");
  });
});
