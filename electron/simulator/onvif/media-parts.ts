import { urlHost } from "../addresses.ts";
import type { DeviceModel, EncoderSetting, MediaProfile } from "../device-model.ts";
import { tokenOf } from "../device-model.ts";
import { textAt, type XmlElement } from "../xml/read-xml.ts";
import { rawXml, xml, type Xml } from "../xml/write-xml.ts";
import { invalidArgument, notSupported } from "./soap.ts";

/** Resolutions the encoders of a camera may be set to, largest first. */
export const resolutions = [
  { width: 1_920, height: 1_080 },
  { width: 1_280, height: 720 },
  { width: 640, height: 360 },
  { width: 320, height: 180 },
] as const;

/** Ranges that both media services tell and setters hold to. */
export const encoderRanges = {
  quality: { min: 0, max: 10 },
  fps: { min: 1, max: 30 },
  govLength: { min: 1, max: 300 },
  bitrateKbps: { min: 32, max: 16_384 },
} as const;

/** Content of a VideoSourceConfiguration element. */
export function videoSourceConfiguration(device: DeviceModel, index: number): Xml {
  const source = device.parts.sources[index];
  return xml`<tt:Name>Video source ${index + 1}</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>${source?.token}</tt:SourceToken><tt:Bounds x="0" y="0" width="${source?.main.width ?? 0}" height="${source?.main.height ?? 0}"/>`;
}

/** `token` of the video source configuration of that source. */
export const sourceConfigToken = (index: number): string => tokenOf("VideoSourceConfig", index);
export const audioSourceConfigToken = (index: number): string => tokenOf("AudioSourceConfig", index);
export const audioEncoderToken = (index: number): string => tokenOf("AudioEncoder", index);

/** Content of an AudioSourceConfiguration element. */
export function audioSourceConfiguration(index: number): Xml {
  return xml`<tt:Name>Microphone ${index + 1}</tt:Name><tt:UseCount>2</tt:UseCount><tt:SourceToken>AudioSource_${index + 1}</tt:SourceToken>`;
}

/** The PTZ configuration of a camera with a head, as an element of that name. */
export function ptzConfiguration(element: string): Xml {
  const name = rawXml(element);
  return xml`<${name} token="PtzConfig_1"><tt:Name>PTZ</tt:Name><tt:UseCount>2</tt:UseCount><tt:NodeToken>PtzNode_1</tt:NodeToken><tt:DefaultAbsolutePantTiltPositionSpace>http://www.onvif.org/ver10/tptz/PanTiltSpaces/PositionGenericSpace</tt:DefaultAbsolutePantTiltPositionSpace><tt:DefaultAbsoluteZoomPositionSpace>http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionGenericSpace</tt:DefaultAbsoluteZoomPositionSpace><tt:DefaultContinuousPanTiltVelocitySpace>http://www.onvif.org/ver10/tptz/PanTiltSpaces/VelocityGenericSpace</tt:DefaultContinuousPanTiltVelocitySpace><tt:DefaultContinuousZoomVelocitySpace>http://www.onvif.org/ver10/tptz/ZoomSpaces/VelocityGenericSpace</tt:DefaultContinuousZoomVelocitySpace><tt:DefaultPTZTimeout>PT10S</tt:DefaultPTZTimeout></${name}>`;
}

/** The multicast settings that a configuration has to carry though nothing is sent there. */
export const noMulticast: Xml = xml`<tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type><tt:IPv4Address>0.0.0.0</tt:IPv4Address></tt:Address><tt:Port>0</tt:Port><tt:TTL>1</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>`;

/** RTSP address of a profile, without user info. */
export function streamUri(device: DeviceModel, profile: MediaProfile): string {
  const source = device.sourceOf(profile);
  const { host, rtspPort } = device.parts.address;
  const fault = device.parts.faults.find("service-xaddr");
  const path = profile.role === "main" ? source.mainPath : source.subPath;
  return `rtsp://${fault?.host ?? urlHost(host)}:${String(rtspPort)}${path}`;
}

/**
 * HTTP address of a profile's still picture.
 *
 * @throws SoapFault ter:ActionNotSupported when this camera has none
 */
export function snapshotUri(device: DeviceModel, profile: MediaProfile): string {
  if (device.parts.snapshot(profile.sourceIndex) === undefined) throw notSupported();
  return `${device.httpOrigin}/onvif/snapshot/${String(profile.sourceIndex + 1)}.jpg`;
}

/** What a setter asks an encoder to become. */
export interface EncoderWish {
  readonly codec: "H264" | "H265";
  readonly govLength: number | undefined;
  readonly element: XmlElement | undefined;
}

/**
 * The encoder as asked for.
 *
 * @throws SoapFault ter:ConfigModify when a value is out of the ranges this camera tells
 */
export function changedEncoder(old: EncoderSetting, wish: EncoderWish): EncoderSetting {
  const { element } = wish;
  const number = (fallback: number, ...path: readonly string[]): number => {
    const text = textAt(element, ...path);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (text === "" || !Number.isFinite(value))
      throw invalidArgument("ConfigModify", `${path.at(-1) ?? ""} is no number`);
    return value;
  };
  const width = number(old.width, "Resolution", "Width");
  const height = number(old.height, "Resolution", "Height");
  const isKnown = [...resolutions, old].some((size) => size.width === width && size.height === height);
  if (!isKnown) throw invalidArgument("ConfigModify", "Resolution");
  return {
    ...old,
    codec: wish.codec,
    width,
    height,
    name: textAt(element, "Name") ?? old.name,
    quality: inRange("quality", number(old.quality, "Quality")),
    fps: inRange("fps", number(old.fps, "RateControl", "FrameRateLimit")),
    bitrateKbps: inRange("bitrateKbps", number(old.bitrateKbps, "RateControl", "BitrateLimit")),
    govLength: inRange("govLength", wish.govLength ?? old.govLength),
  };
}

function inRange(name: keyof typeof encoderRanges, value: number): number {
  const { min, max } = encoderRanges[name];
  if (!(value >= min && value <= max)) throw invalidArgument("ConfigModify", `${name} is out of range`);
  return value;
}
