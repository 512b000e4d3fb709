import type { DeviceModel } from "../device-model.ts";
import { namespaces } from "../xml/namespaces.ts";
import { descend, textAt, type XmlElement } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import { ptzConfiguration } from "./media-parts.ts";
import { forOperators, forUsers, open, type OnvifService, type Operation } from "./operation.ts";
import type { PtzHead, PtzPosition } from "./ptz-head.ts";
import { invalidArgument, SoapFault } from "./soap.ts";
import { durationMs, utcText } from "./time-text.ts";

const longestMoveMs = 10_000;
const maxPresets = 32;
const still: PtzPosition = { pan: 0, tilt: 0, zoom: 0 };

const moveOperations: Readonly<Record<string, Operation>> = {
  ContinuousMove: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    const timeoutMs = durationMs(textAt(body, "Timeout") ?? "") ?? longestMoveMs;
    head.moveContinuously(readVector(descend(body, "Velocity"), still), Math.min(timeoutMs, longestMoveMs));
    return undefined;
  }),
  AbsoluteMove: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    head.moveTo(readVector(descend(body, "Position"), head.position), readSpeed(body));
    return undefined;
  }),
  RelativeMove: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    const way = readVector(descend(body, "Translation"), still);
    const { pan, tilt, zoom } = head.position;
    head.moveTo({ pan: pan + way.pan, tilt: tilt + way.tilt, zoom: zoom + way.zoom }, readSpeed(body));
    return undefined;
  }),
  Stop: forOperators(({ device, body }) => {
    headOf(device, body).stop();
    return undefined;
  }),
  GetStatus: forUsers(({ device, body }) => {
    const head = headOf(device, body);
    const { pan, tilt, zoom } = head.position;
    const state = head.isMoving ? "MOVING" : "IDLE";
    return xml`<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="${round(pan)}" y="${round(tilt)}" space="http://www.onvif.org/ver10/tptz/PanTiltSpaces/PositionGenericSpace"/><tt:Zoom x="${round(zoom)}" space="http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionGenericSpace"/></tt:Position><tt:MoveStatus><tt:PanTilt>${state}</tt:PanTilt><tt:Zoom>${state}</tt:Zoom></tt:MoveStatus><tt:UtcTime>${utcText(device.parts.clock.now())}</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>`;
  }),
};

const presetOperations: Readonly<Record<string, Operation>> = {
  GetPresets: forUsers(({ device, body }) => {
    const list = [...headOf(device, body).presets.values()].map(
      ({ token, name, position }) =>
        xml`<tptz:Preset token="${token}"><tt:Name>${name}</tt:Name><tt:PTZPosition><tt:PanTilt x="${round(position.pan)}" y="${round(position.tilt)}"/><tt:Zoom x="${round(position.zoom)}"/></tt:PTZPosition></tptz:Preset>`,
    );
    return xml`<tptz:GetPresetsResponse>${list}</tptz:GetPresetsResponse>`;
  }),
  SetPreset: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    const token = textAt(body, "PresetToken");
    if (token !== undefined && !head.presets.has(token)) throw noPreset();
    if (token === undefined && head.presets.size >= maxPresets) {
      throw new SoapFault(
        ["ter:Action", "ter:TooManyPresets"],
        "Maximum number of presets reached",
        "s:Receiver",
      );
    }
    const name =
      textAt(body, "PresetName") ?? (token === undefined ? "Preset" : head.presets.get(token)?.name);
    const preset = head.setPreset(name ?? "Preset", token);
    return xml`<tptz:SetPresetResponse><tptz:PresetToken>${preset.token}</tptz:PresetToken></tptz:SetPresetResponse>`;
  }),
  GotoPreset: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    const preset = head.presets.get(textAt(body, "PresetToken") ?? "");
    if (preset === undefined) throw noPreset();
    head.moveTo(preset.position, readSpeed(body));
    device.parts.events.raise({
      topic: "tns1:PTZController/PTZPresets/Invoked",
      source: { PTZConfigurationToken: "PtzConfig_1" },
      data: { PresetToken: preset.token, PresetName: preset.name },
    });
    return undefined;
  }),
  RemovePreset: forOperators(({ device, body }) => {
    if (!headOf(device, body).presets.delete(textAt(body, "PresetToken") ?? "")) throw noPreset();
    return undefined;
  }),
  GotoHomePosition: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    head.moveTo(head.home, readSpeed(body));
    return undefined;
  }),
  SetHomePosition: forOperators(({ device, body }) => {
    const head = headOf(device, body);
    head.home = head.position;
    return undefined;
  }),
};

const nodeOperations: Readonly<Record<string, Operation>> = {
  GetServiceCapabilities: open(
    () =>
      xml`<tptz:GetServiceCapabilitiesResponse><tptz:Capabilities EFlip="false" Reverse="false" MoveStatus="true" StatusPosition="true"/></tptz:GetServiceCapabilitiesResponse>`,
  ),
  GetNodes: forUsers(() => xml`<tptz:GetNodesResponse>${node("tptz:PTZNode")}</tptz:GetNodesResponse>`),
  GetNode: forUsers(({ body }) => {
    if (textAt(body, "NodeToken") !== "PtzNode_1") throw invalidArgument("NoEntity", "No such PTZ node");
    return xml`<tptz:GetNodeResponse>${node("tptz:PTZNode")}</tptz:GetNodeResponse>`;
  }),
  GetConfigurations: forUsers(
    () =>
      xml`<tptz:GetConfigurationsResponse>${ptzConfiguration("tptz:PTZConfiguration")}</tptz:GetConfigurationsResponse>`,
  ),
  GetConfiguration: forUsers(
    () =>
      xml`<tptz:GetConfigurationResponse>${ptzConfiguration("tptz:PTZConfiguration")}</tptz:GetConfigurationResponse>`,
  ),
  GetConfigurationOptions: forUsers(
    () =>
      xml`<tptz:GetConfigurationOptionsResponse><tptz:PTZConfigurationOptions><tt:Spaces>${spaces()}</tt:Spaces><tt:PTZTimeout><tt:Min>PT0.1S</tt:Min><tt:Max>PT10S</tt:Max></tt:PTZTimeout></tptz:PTZConfigurationOptions></tptz:GetConfigurationOptionsResponse>`,
  ),
};

/** The PTZ service of a camera with a moving head. */
export const ptzService: OnvifService = {
  name: "ptz",
  prefix: "tptz",
  namespace: namespaces.tptz,
  path: "/onvif/ptz_service",
  version: { major: 2, minor: 6 },
  operations: new Map(Object.entries({ ...nodeOperations, ...moveOperations, ...presetOperations })),
};

function headOf(device: DeviceModel, body: XmlElement): PtzHead {
  device.profile(textAt(body, "ProfileToken"));
  const head = device.parts.ptz;
  if (head === undefined)
    throw new SoapFault(["ter:InvalidArgVal", "ter:NoPTZProfile"], "No PTZ in this profile");
  return head;
}

function noPreset(): SoapFault {
  return invalidArgument("NoToken", "The requested preset token does not exist");
}

function readVector(element: XmlElement | undefined, fallback: PtzPosition): PtzPosition {
  const panTilt = descend(element, "PanTilt")?.attributes;
  const zoom = descend(element, "Zoom")?.attributes;
  return {
    pan: readNumber(panTilt?.get("x"), fallback.pan),
    tilt: readNumber(panTilt?.get("y"), fallback.tilt),
    zoom: readNumber(zoom?.get("x"), fallback.zoom),
  };
}

function readSpeed(body: XmlElement): PtzPosition {
  const speed = readVector(descend(body, "Speed"), { pan: 1, tilt: 1, zoom: 1 });
  // Speed 0 means "as fast as usual" to the cameras we know; it must not mean never.
  return { pan: speed.pan || 1, tilt: speed.tilt || 1, zoom: speed.zoom || 1 };
}

function readNumber(text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw invalidArgument("InvalidPosition", "Not a number");
  return value;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function spaces(): Xml {
  const both = xml`<tt:XRange><tt:Min>-1</tt:Min><tt:Max>1</tt:Max></tt:XRange><tt:YRange><tt:Min>-1</tt:Min><tt:Max>1</tt:Max></tt:YRange>`;
  const base = rawXml("http://www.onvif.org/ver10/tptz");
  return xml`<tt:AbsolutePanTiltPositionSpace><tt:URI>${base}/PanTiltSpaces/PositionGenericSpace</tt:URI>${both}</tt:AbsolutePanTiltPositionSpace><tt:AbsoluteZoomPositionSpace><tt:URI>${base}/ZoomSpaces/PositionGenericSpace</tt:URI>${zoomRange(0)}</tt:AbsoluteZoomPositionSpace><tt:RelativePanTiltTranslationSpace><tt:URI>${base}/PanTiltSpaces/TranslationGenericSpace</tt:URI>${both}</tt:RelativePanTiltTranslationSpace><tt:ContinuousPanTiltVelocitySpace><tt:URI>${base}/PanTiltSpaces/VelocityGenericSpace</tt:URI>${both}</tt:ContinuousPanTiltVelocitySpace><tt:ContinuousZoomVelocitySpace><tt:URI>${base}/ZoomSpaces/VelocityGenericSpace</tt:URI>${zoomRange(-1)}</tt:ContinuousZoomVelocitySpace>`;
}

function zoomRange(min: number): Xml {
  return xml`<tt:XRange><tt:Min>${min}</tt:Min><tt:Max>1</tt:Max></tt:XRange>`;
}

function node(element: string): Xml {
  const name = rawXml(element);
  return xml`<${name} token="PtzNode_1" FixedHomePosition="false"><tt:Name>Head</tt:Name><tt:SupportedPTZSpaces>${spaces()}</tt:SupportedPTZSpaces><tt:MaximumNumberOfPresets>${maxPresets}</tt:MaximumNumberOfPresets><tt:HomeSupported>true</tt:HomeSupported></${name}>`;
}
