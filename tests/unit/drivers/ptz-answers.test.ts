import fc from "fast-check";
import { expect, test } from "vitest";
import { readPresets, readPresetToken, readStatus } from "../../../electron/drivers/onvif/ptz-answers.ts";
import { askThroughCam, PtzWordingError } from "../../../electron/drivers/onvif/ptz-cam.ts";
import { SoapError } from "../../../electron/drivers/soap/soap-error.ts";
import { escapeXml, parseXml } from "../../../electron/drivers/soap/xml.ts";

test("tokens stay text, two presets of one name stay two, one without token is none", () => {
  const reply = parseXml(
    "<r><Preset token='01'><Name>Gate</Name></Preset><Preset token='1'><Name>Gate</Name></Preset>" +
      "<Preset><Name>lost</Name></Preset><Preset token='true'/><Preset token='01'><Name>again</Name></Preset></r>",
  );
  expect(readPresets(reply)).toEqual([
    { token: "01", name: "Gate" },
    { token: "1", name: "Gate" },
    { token: "true", name: "" },
  ]);
});

test("a position that is missing or no number is unknown, not zero", () => {
  const status = readStatus(
    parseXml("<r><PTZStatus><Position><PanTilt x='.5' y='up'/></Position></PTZStatus></r>"),
  );
  expect(status).toEqual({ pan: 0.5, tilt: null, zoom: null, moving: null });
});

test("any XML is read without a throw other than SoapError", () => {
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc
      .tuple(
        fc.constantFrom(
          "Preset",
          "PTZStatus",
          "Position",
          "PanTilt",
          "Zoom",
          "MoveStatus",
          "Name",
          "PresetToken",
        ),
        fc.dictionary(fc.constantFrom("x", "y", "token"), fc.string()),
        fc.oneof(
          { depthSize: "small" },
          fc.string().map(escapeXml),
          fc.array(tie("node")).map((all) => all.join("")),
        ),
      )
      .map(([name, attributes, inner]) => {
        const own = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
        return `<${name}${own.join("")}>${inner}</${name}>`;
      }),
  })).node;
  fc.assert(
    fc.property(tree, (inner) => {
      const reply = parseXml(`<r>${inner}</r>`);
      readPresets(reply);
      readStatus(reply);
      try {
        readPresetToken(reply);
      } catch (error) {
        expect(error).toBeInstanceOf(SoapError);
      }
    }),
  );
});

test("the package words one request and no more, and never gets to the network or a login", async () => {
  const words: string[] = [];
  const carry = async (element: string, operation: string) => {
    words.push(`${operation}: ${element}`);
    return parseXml(element);
  };
  await askThroughCam((cam, ignore) => cam.stop({ profileToken: "P1", panTilt: true }, ignore), carry);
  expect(words).toEqual([
    'Stop: <Stop xmlns="http://www.onvif.org/ver20/ptz/wsdl"><ProfileToken>P1</ProfileToken><PanTilt>true</PanTilt></Stop>',
  ]);
  // Without a profile the package throws before it asks (it has not connected); another service is not ours.
  await expect(askThroughCam((cam, ignore) => cam.getStatus({}, ignore), carry)).rejects.toThrow(
    PtzWordingError,
  );
  await expect(askThroughCam((cam, ignore) => cam.getHostname(ignore), carry)).rejects.toThrow(
    PtzWordingError,
  );
  expect(words).toHaveLength(1);
});
